"""Themes: every colour and size of the window, as frozen tokens.

Knows nothing of widgets; `stylesheet.py` and `appearance.py` bring the tokens to the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from PySide6.QtGui import QColor


@lru_cache(maxsize=256)
def _colour(text: str) -> QColor:
    # Reading the text takes several times as long as copying the colour.
    return QColor(text)


class Scheme(Enum):
    """Which theme is wanted."""

    SYSTEM = "system"
    """Whatever the desktop uses at the moment."""
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Theme:
    """Colours as "#rrggbb" and sizes in device-independent pixels.

    Orange and blue are absent on purpose: they mean negative and positive (`colours.py`), so the accent is violet.

    Attributes:
        name: "light" or "dark".
        window: Ground of the window.
        rail: Ground of the rail of workspaces and of the status line.
        surface: Ground of bars, cards, plots and tables, on top of the window.
        raised: Ground of inputs, buttons and menus, on top of a surface.
        hover: Ground of a flat control under the mouse.
        pressed: Ground of a control that is held down, and of groups in a table.
        border: Lines between areas, edges of cards.
        border_strong: Edges of inputs and buttons.
        text: Ordinary text.
        muted: Captions, units, what is said in passing.
        disabled: Text and icons of what cannot be used now.
        accent: Ground of the one most important button, of progress and of what is switched on.
        accent_hover: The same under the mouse.
        accent_pressed: The same held down.
        on_accent: Text on an accent ground.
        accent_text: Links and selected names on a surface.
        accent_soft: Ground of what is selected.
        focus: Ring around what has the keyboard.
        danger: Text and icons of errors.
        danger_soft: Ground of an error's message.
        warning: Icons of warnings.
        warning_soft: Ground of a warning's message.
        tooltip: Ground of tooltips.
        on_tooltip: Text of tooltips.
        font_px: Height of ordinary type.
        caption_px: Height of captions and of the rail's labels.
        heading_px: Height of headings of groups and cards.
        title_px: Height of a page's title.
        icon_px: Side of an icon in a bar.
        rail_icon_px: Side of an icon in the rail.
        rail_px: Width of the rail.
        control_px: Height of buttons and inputs.
        space: The unit of all distances.
        radius: Radius of the corners of controls.
        card_radius: Radius of the corners of cards.
        projector: Whether sizes are those of the projector mode.
    """

    name: str
    window: str
    rail: str
    surface: str
    raised: str
    hover: str
    pressed: str
    border: str
    border_strong: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_text: str
    accent_soft: str
    focus: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    tooltip: str
    on_tooltip: str
    font_px: int = 13
    caption_px: int = 11
    heading_px: int = 14
    title_px: int = 20
    icon_px: int = 18
    rail_icon_px: int = 22
    rail_px: int = 80
    control_px: int = 32
    space: int = 8
    radius: int = 6
    card_radius: int = 10
    projector: bool = False

    @property
    def is_dark(self) -> bool:
        """Whether light type stands on a dark ground."""
        return self.name == "dark"

    def __hash__(self) -> int:
        # Painters look colours up by theme, a thousand times a frame: two fields tell the few themes apart.
        return hash((self.name, self.font_px))

    def colour(self, token: str) -> QColor:
        """The colour of a token, for painters: `theme.colour("accent")`."""
        return QColor(_colour(getattr(self, token)))

    def for_projector(self) -> Theme:
        """The same colours with type that the last row of a classroom can read."""
        return replace(
            self,
            font_px=18,
            caption_px=15,
            heading_px=20,
            title_px=28,
            icon_px=24,
            rail_icon_px=30,
            rail_px=108,
            control_px=42,
            space=10,
            radius=8,
            card_radius=12,
            projector=True,
        )


LIGHT = Theme(
    name="light",
    window="#f5f5f8",
    rail="#ececf1",
    surface="#ffffff",
    raised="#ffffff",
    hover="#ededf2",
    pressed="#e1e1e9",
    border="#e1e1e8",
    border_strong="#c8c8d2",
    text="#1c1c22",
    muted="#5b5b68",
    disabled="#a5a5b0",
    accent="#6650c8",
    accent_hover="#5843b8",
    accent_pressed="#4a379f",
    on_accent="#ffffff",
    accent_text="#5640b8",
    accent_soft="#e6e1f7",
    focus="#7a64dc",
    danger="#b4234f",
    danger_soft="#fbe9ee",
    warning="#876200",
    warning_soft="#faf1d2",
    tooltip="#26262d",
    on_tooltip="#f4f4f7",
)

DARK = Theme(
    name="dark",
    window="#17171b",
    rail="#121215",
    surface="#1e1e23",
    raised="#28282f",
    hover="#2c2c34",
    pressed="#363640",
    border="#2e2e36",
    border_strong="#43434e",
    text="#ececf1",
    muted="#a3a3b0",
    disabled="#63636f",
    accent="#6f5bd6",
    accent_hover="#7662db",
    accent_pressed="#5f4cc4",
    on_accent="#ffffff",
    accent_text="#b3a5ff",
    accent_soft="#322c52",
    focus="#9d8cf5",
    danger="#ff8aa8",
    danger_soft="#3c1f29",
    warning="#e6c453",
    warning_soft="#37301a",
    tooltip="#3a3a44",
    on_tooltip="#f4f4f7",
)


def theme_for(dark: bool, projector: bool) -> Theme:
    """The theme for a ground and a size."""
    theme = DARK if dark else LIGHT
    return theme.for_projector() if projector else theme
