"""How everything looks: tokens, colours, the style sheet, icons and the defaults of plots."""
