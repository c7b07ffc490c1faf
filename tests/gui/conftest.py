from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from nnviz.core.presets import PRESETS
from nnviz.gui.document import Document, Project
from nnviz.gui.frame_clock import FrameClock
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.window_context import WindowContext
from tests.gui.fake_session import FakeSession


@pytest.fixture(autouse=True)
def no_recovery_of_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a real nnviz keeps for the case of a crash is neither offered nor changed here."""
    monkeypatch.setattr("nnviz.gui.app.recovery_folder", lambda: tmp_path / "recovery")


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """Settings of this test alone; the user's own are never touched."""
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def appearance(qapp: QApplication, settings: QSettings) -> Iterator[Appearance]:
    look = Appearance(qapp, settings)
    yield look
    look.deleteLater()
    qapp.setStyleSheet("")
    qapp.setPalette(QPalette())


@pytest.fixture
def fake_session(qapp: QApplication) -> FakeSession:
    return FakeSession()


@pytest.fixture
def document(qapp: QApplication) -> Document:
    preset = PRESETS["fast_cnn"]
    return Document(Project(preset.title, preset.network, preset.dataset, preset.training))


@pytest.fixture
def context(
    appearance: Appearance, settings: QSettings, fake_session: FakeSession, document: Document
) -> WindowContext:
    return WindowContext(document, fake_session, FrameClock(fake_session), appearance, settings)
