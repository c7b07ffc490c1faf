from __future__ import annotations

import gc
import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.presets import PRESETS
from nnviz.gui.app import Application
from nnviz.gui.document import Document, Project
from nnviz.gui.frame_clock import FrameClock
from nnviz.gui.session import Session
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.window_context import WindowContext
from tests.gui.fake_session import FakeSession
from tests.gui.patient_bot import PatientBot
from tests.gui.training import Notes, NotingClock

ALL_EVERY = 20
"""Tests after which everything is looked through for garbage, and not only what is young."""

_tests = itertools.count(1)


@pytest.fixture(autouse=True)
def garbage_is_collected_on_this_thread_alone() -> Iterator[None]:
    """As the application has it: on the training thread, Python would finalise Qt objects of earlier tests there."""
    gc.disable()
    # Before and not after, for pytest-qt comes last. Outside of an event loop, Qt deletes later for ever, and whatever
    # is alive makes the next style sheet dearer: a thousand tests took an hour.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect(2 if next(_tests) % ALL_EVERY == 0 else 1)
    yield
    gc.disable()


@pytest.fixture(autouse=True)
def every_thread_adds_in_the_same_order() -> None:
    """Runs that are compared bit for bit train on different threads, and torch rounds differently with more helpers."""
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(1)


@pytest.fixture(autouse=True)
def no_recovery_of_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a real nnviz keeps for the case of a crash is neither offered nor changed here."""
    monkeypatch.setattr("nnviz.gui.app.recovery_folder", lambda: tmp_path / "recovery")


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


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
def application(qtbot: QtBot, qapp: QApplication, settings: QSettings) -> Iterator[Application]:
    """The whole application, with its window on the screen."""
    application = Application(qapp, settings)
    with qtbot.waitExposed(application.window):
        application.show()
    application.window.activateWindow()
    qtbot.waitUntil(application.window.isActiveWindow)
    yield application
    application.window.close()
    application.shut_down()
    application.window.deleteLater()
    qapp.setStyleSheet("")


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


@pytest.fixture
def places_of() -> Callable[[QWidget, QColor], np.ndarray]:
    """Where a widget shows a colour, as rows of (x, y); lines of the grid may tint it."""

    def find(widget: QWidget, colour: QColor) -> np.ndarray:
        image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1]
        wanted = np.array([colour.red(), colour.green(), colour.blue()])
        near = np.abs(pixels.astype(int) - wanted).max(axis=2) <= 12
        return np.argwhere(near)[:, ::-1]

    return find


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    """One with its real threads."""
    session = Session()
    yield session
    session.shut_down()


@pytest.fixture
def notes(session: Session) -> Notes:
    return Notes(session)


@pytest.fixture
def clock(session: Session) -> NotingClock:
    return NotingClock(session)
