"""The application: from the start to the first window, and to a clean end."""

from __future__ import annotations

import signal
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLibraryInfo,
    QLocale,
    QObject,
    QSettings,
    QTimer,
    QTranslator,
    Signal,
    Slot,
)
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from nnviz import __version__
from nnviz.allocator import keep_freed_memory
from nnviz.core.labs.state import SUFFIX as LAB_SUFFIX
from nnviz.core.presets.fast_cnn import FastCnn
from nnviz.core.runs import runs_folder
from nnviz.core.snapshot import Failure
from nnviz.gui.background import wait_for_background
from nnviz.gui.document import Document, Project
from nnviz.gui.files.drop import FileDrop
from nnviz.gui.files.recovery import Recovery, recovery_folder
from nnviz.gui.frame_clock import FrameClock
from nnviz.gui.garbage import GarbageCollector
from nnviz.gui.main_window import MainWindow
from nnviz.gui.runs.keeping import kept_settings
from nnviz.gui.session import Session
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.window_context import WindowContext
from nnviz.resource_path import resource_path

SWITCH_S = 0.001
"""Longest time that one thread keeps Python to itself while another waits for it: a drawing is read between the lines
that paint the one before. With Python's own 5 ms, an answer came a fifth later (`benchmarks/latency.py`)."""

SIGNAL_LOOK_MS = 500
"""Python runs signal handlers only between its own instructions, of which an idle event loop has none."""

WARM_UP_AFTER_MS = 1000
"""Torch is loaded after this time even if the window has not been painted: it may be minimised."""


class Application(QObject):
    """Everything that lives as long as the window, made in order and ended in reverse.

    Args:
        settings: What is remembered; the user's own by default.
        data_dir: A folder that is searched for data sets first.
        file: A project, or a lab's file, to open.
        recovery_dir: Where unsaved work is kept; the user's own folder by default.
        runs_dir: Where runs are kept; they are not by default.
    """

    def __init__(
        self,
        qt: QApplication,
        settings: QSettings | None = None,
        data_dir: Path | None = None,
        file: Path | None = None,
        recovery_dir: Path | None = None,
        runs_dir: Path | None = None,
    ) -> None:
        super().__init__()
        self.settings = settings if settings is not None else QSettings()
        self.garbage = GarbageCollector(self)
        self.appearance = Appearance(qt, self.settings, self)
        preset = FastCnn
        self.document = Document(Project(preset.title, preset.network, preset.dataset, preset.training), self)
        self.session = Session(self)
        remembered = str(self.settings.value("data/dir", ""))
        self.session.set_data_dir(data_dir or (Path(remembered) if remembered else None))
        self.frame_clock = FrameClock(self.session, self)
        keep, steps, megabytes = kept_settings(self.settings)
        self.session.keep_runs(runs_dir, steps, megabytes, keep=keep)
        context = WindowContext(self.document, self.session, self.frame_clock, self.appearance, self.settings)
        self.window = MainWindow(context)
        self.recovery = Recovery(recovery_dir or recovery_folder(), context, self.window.files)
        self.window.closing.connect(self.recovery.discard)
        self._file = file
        self._lesson_drop = FileDrop(self.window, LAB_SUFFIX)
        self._lesson_drop.dropped.connect(self.open_file)
        if isinstance(qt, QtApplication):
            qt.file_opened.connect(self.open_file)
        # Torch is loaded then, and nothing is under way yet.
        self.session.devices_changed.connect(self.garbage.forgive_the_past)
        qt.aboutToQuit.connect(self.shut_down)
        self._warm = False
        self._ended = False

    def show(self) -> None:
        """Bring the window to the screen; torch is loaded when it has been painted."""
        self.window.installEventFilter(self)
        self.window.show()
        QTimer.singleShot(WARM_UP_AFTER_MS, self._warm_up)

    @Slot()
    def shut_down(self) -> None:
        """End the threads and wait for them; safe to call twice."""
        if not self._ended:
            self._ended = True
            self.recovery.release()
            self.session.shut_down()
            self.garbage.stop()
            wait_for_background()

    @Slot(object)
    def open_file(self, path: Path) -> None:
        """Open a project, or what was saved in a lab."""
        if path.suffix.lower() == LAB_SUFFIX:
            self.window.open_workspace("labs")
            self.window.workspace.open_file(path)
        else:
            self.window.files.open_path(path)

    @Slot()
    def _warm_up(self) -> None:
        if not self._warm and not self._ended:
            self._warm = True
            self.session.warm_up()
            self.recovery.start()
            if self._file is not None:
                self.open_file(self._file)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of the first painting."""
        if event.type() == QEvent.Type.Paint:
            self.window.removeEventFilter(self)
            # The window is painted before its children; the timer comes when all of them are on the screen.
            QTimer.singleShot(0, self._warm_up)
        return False


def main(data_dir: Path | None = None, file: Path | None = None) -> int:
    """Open the window, with a project if there is one, and serve it until it is closed; returns the exit code."""
    qt = make_qt_application()
    application = Application(qt, data_dir=data_dir, file=file, runs_dir=runs_folder())
    hook = _ExceptionHook(application.window)
    sys.excepthook = hook.on_exception
    # Not quit(): that asks the window, which may ask its user. What is unsaved is offered at the next start.
    signal.signal(signal.SIGINT, lambda *_: qt.exit())
    ticker = QTimer()
    ticker.timeout.connect(_nothing)
    ticker.start(SIGNAL_LOOK_MS)
    application.show()
    code = qt.exec()
    application.shut_down()
    return code


class QtApplication(QApplication):
    """Qt's application, which hears of files that macOS hands to it.

    Signals:
        file_opened(Path): This file was opened in the system's file manager.
    """

    file_opened = Signal(object)

    def event(self, event: QEvent) -> bool:
        """Pass files on."""
        if isinstance(event, QFileOpenEvent):
            self.file_opened.emit(Path(event.file()))
            return True
        return super().event(event)


def make_qt_application() -> QApplication:
    """The QApplication with its names, icon and translation; the existing one if there is one."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    keep_freed_memory()
    sys.setswitchinterval(SWITCH_S)
    QCoreApplication.setOrganizationName("nnviz")
    QCoreApplication.setApplicationName("nnviz")
    QCoreApplication.setApplicationVersion(__version__)
    qt = QtApplication(sys.argv[:1])
    qt.setApplicationDisplayName("nnviz")
    qt.setDesktopFileName("nnviz")
    qt.setWindowIcon(QIcon(str(resource_path("icons", "nnviz.svg"))))
    # Qt's own texts ("Close", "Cancel", the menu of a text field) come with Qt.
    qts_own = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (("qtbase", qts_own), ("nnviz", str(resource_path("i18n")))):
        translator = QTranslator(qt)
        if translator.load(QLocale(), name, "_", folder):
            qt.installTranslator(translator)
    return qt


class _ExceptionHook(QObject):
    """An exception that nobody caught is shown and written to standard error; the application goes on.

    Signals:
        caught(Failure): It happened, on whichever thread.
    """

    caught = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.caught.connect(window.show_failure)

    def on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Show what happened."""
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        print(details, file=sys.stderr)
        sentence = QCoreApplication.translate("Application", "Something unexpected went wrong: {0}").format(error)
        self.caught.emit(Failure(sentence, details))


def _nothing() -> None:
    """Let Python look at its signals."""
