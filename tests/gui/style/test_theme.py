from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest
from PySide6.QtGui import QColor

from nnviz.gui.style.colours import contrast
from nnviz.gui.style.theme import DARK, LIGHT, Theme, theme_for

GROUNDS = ("window", "rail", "surface", "raised", "hover", "pressed", "accent_soft")
PAIRS = [
    *[("text", ground) for ground in (*GROUNDS, "danger_soft", "warning_soft")],
    *[("muted", ground) for ground in GROUNDS],
    *[("accent_text", ground) for ground in (*GROUNDS, "danger_soft", "warning_soft")],
    *[("danger", ground) for ground in ("window", "surface", "raised", "danger_soft")],
    *[("warning", ground) for ground in ("surface", "warning_soft")],
    *[("on_accent", ground) for ground in ("accent", "accent_hover", "accent_pressed")],
    ("on_tooltip", "tooltip"),
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["window", "rail", "surface", "raised"])
def test_the_focus_ring_can_be_seen(theme: Theme, ground: str) -> None:
    assert contrast(theme.focus, getattr(theme, ground)) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_colour_is_one(theme: Theme) -> None:
    texts = {field.name: getattr(theme, field.name) for field in fields(Theme) if field.type == "str"}
    del texts["name"]
    assert [name for name, text in texts.items() if not QColor.isValidColorName(text)] == []


def test_projector_mode_has_larger_type_in_the_same_colours() -> None:
    large = LIGHT.for_projector()
    for field in fields(Theme):
        if field.name.endswith("_px") or field.name == "space":
            assert getattr(large, field.name) > getattr(LIGHT, field.name)
    assert large.text == LIGHT.text
    assert large.projector


def test_theme_is_chosen_by_ground_and_size() -> None:
    assert theme_for(dark=False, projector=False) is LIGHT
    assert theme_for(dark=True, projector=True) == DARK.for_projector()


def test_themes_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        LIGHT.text = "#000000"  # type: ignore[misc]
