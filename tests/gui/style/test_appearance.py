from __future__ import annotations

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.theme import DARK, LIGHT, Scheme


def test_follows_the_system_at_first(qapp: QApplication, appearance: Appearance) -> None:
    dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert appearance.scheme is Scheme.SYSTEM
    assert appearance.theme == (DARK if dark else LIGHT)


def test_a_choice_is_told_once_and_reaches_the_application(
    qtbot: QtBot, qapp: QApplication, appearance: Appearance
) -> None:
    appearance.set_scheme(Scheme.LIGHT)
    with qtbot.waitSignal(appearance.theme_changed) as told:
        appearance.set_scheme(Scheme.DARK)
    assert told.args == [DARK]
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    with qtbot.assertNotEmitted(appearance.theme_changed):
        appearance.set_scheme(Scheme.DARK)


def test_toggling_goes_there_and_back(appearance: Appearance) -> None:
    appearance.set_scheme(Scheme.LIGHT)
    appearance.toggle_dark()
    assert appearance.theme == DARK
    appearance.toggle_dark()
    assert appearance.theme == LIGHT


def test_choices_are_remembered(qapp: QApplication, settings: QSettings, appearance: Appearance) -> None:
    appearance.set_scheme(Scheme.DARK)
    appearance.set_projector(True)
    settings.sync()
    # Read from the file, where every value is a text.
    again = Appearance(qapp, QSettings(settings.fileName(), QSettings.Format.IniFormat))
    assert again.theme == DARK.for_projector()
    again.set_projector(False)
    settings.sync()
    third = Appearance(qapp, QSettings(settings.fileName(), QSettings.Format.IniFormat))
    assert third.theme == DARK


def test_nonsense_in_the_settings_means_the_system(qapp: QApplication, settings: QSettings) -> None:
    settings.setValue("appearance/scheme", "purple")
    assert Appearance(qapp, settings).scheme is Scheme.SYSTEM
