from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.stylesheet import stylesheet
from nnviz.gui.style.theme import DARK, LIGHT, Scheme, Theme


@pytest.mark.parametrize("theme", [LIGHT, DARK, LIGHT.for_projector()], ids=["light", "dark", "projector"])
def test_sheet_is_complete(theme: Theme) -> None:
    sheet = stylesheet(theme)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    for path in re.findall(r'url\("([^"]+)"\)', sheet):
        assert Path(path).is_file()


def test_buttons_are_as_high_as_the_theme_says(qtbot: QtBot, appearance: Appearance) -> None:
    button = QPushButton("Train")
    button.setProperty("kind", "primary")
    qtbot.addWidget(button)
    button.ensurePolished()
    assert button.sizeHint().height() == LIGHT.control_px
    appearance.set_projector(True)
    button.ensurePolished()
    assert button.sizeHint().height() == LIGHT.for_projector().control_px


def test_kinds_take_the_colours_of_the_theme(qtbot: QtBot, appearance: Appearance) -> None:
    button = QPushButton()
    button.setProperty("kind", "primary")
    qtbot.addWidget(button)
    button.resize(80, 32)
    for scheme, theme in ((Scheme.LIGHT, LIGHT), (Scheme.DARK, DARK)):
        appearance.set_scheme(scheme)
        assert button.grab().toImage().pixelColor(20, 16).name() == theme.accent


def test_titles_are_large(qtbot: QtBot, appearance: Appearance) -> None:
    title = QLabel("Runs")
    title.setProperty("kind", "title")
    qtbot.addWidget(title)
    title.ensurePolished()
    assert title.font().pixelSize() == LIGHT.title_px
