"""The look of pyqtgraph's plots. The only module of this package that loads pyqtgraph: import it from views alone."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPen

from nnviz.gui.style.theme import Theme

GRID_ALPHA = 0.8
"""Opacity of the grid's lines, which have the colour of the edges of cards."""


def style_plot(plot: pg.PlotItem, theme: Theme) -> None:
    """Give a plot the theme's colours and type; call it again when the theme changes.

    Curves are thinned and clipped to what is seen. Both are set on the plot, for pyqtgraph overwrites them where they
    are set on single curves.
    """
    muted = theme.colour("muted")
    type_ = QFont()
    type_.setPixelSize(theme.caption_px)
    for name in ("left", "bottom", "right", "top"):
        axis = plot.getAxis(name)
        axis.setPen(QPen(theme.colour("border_strong"), 1))
        axis.setTextPen(QPen(muted))
        axis.setTickPen(QPen(theme.colour("border"), 1))
        axis.setTickFont(type_)
        axis.setStyle(tickLength=-4, tickTextOffset=theme.space // 2)
        axis.label.setDefaultTextColor(muted)
        axis.label.setFont(type_)
        style = {"color": muted.name(), "font-size": f"{theme.caption_px}px"}
        if axis.labelText:
            axis.setLabel(axis.labelText, **style)
        else:
            axis.labelStyle = style
    # Below the curves; the ground is the canvas's.
    for name in ("left", "bottom"):
        plot.getAxis(name).setZValue(-1)
    plot.getViewBox().setBackgroundColor(None)
    plot.titleLabel.setAttr("color", theme.text)
    plot.titleLabel.setAttr("size", f"{theme.heading_px}px")
    if plot.legend is not None:
        plot.legend.setLabelTextColor(theme.colour("text"))
        plot.legend.setLabelTextSize(f"{theme.caption_px}px")
    plot.hideButtons()
    plot.showGrid(x=False, y=True, alpha=GRID_ALPHA)
    plot.setDownsampling(auto=True, mode="peak")
    plot.setClipToView(True)


def style_canvas(widget: pg.GraphicsView, theme: Theme) -> None:
    """Give the widget that plots and pictures stand in the theme's ground."""
    widget.setBackground(theme.colour("surface"))
    widget.setFrameShape(widget.Shape.NoFrame)
    # It fills its whole surface: what lies behind it need not be painted each time.
    widget.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)


def label_axis(plot: pg.PlotItem, axis: str, text: str, unit: str = "") -> None:
    """Say what an axis shows, the unit in brackets: "Time (s)". No prefix is ever put before the unit.

    Args:
        plot: The plot.
        axis: "left", "bottom", "right" or "top".
        text: What is shown, for people.
        unit: Its unit, or empty for plain numbers.
    """
    item = plot.getAxis(axis)
    item.enableAutoSIPrefix(False)
    item.setLabel(f"{text} ({unit})" if unit else text)


def curve_pen(colour: QColor, *, dashed: bool = False, width: float = 1.0) -> QPen:
    """The pen of a curve, of the same width at every scale.

    Args:
        colour: From `nnviz.gui.style.colours`.
        dashed: For the second curve of a pair: validation beside training.
        width: In pixels. More than one is for curves of a few hundred points: wide lines are drawn ten times slower.
    """
    pen = QPen(colour, width, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)
    # Else the width would count in the plot's own units and be scaled with it.
    pen.setCosmetic(True)
    return pen
