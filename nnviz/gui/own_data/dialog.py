"""The dialog in which data of one's own is opened: how it is read at the left, what was found in it at the right."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QThread, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nnviz.core.datasets.own_data import OwnData, own_data
from nnviz.gui.editors import ComboBox
from nnviz.gui.forms import SpecForm
from nnviz.gui.own_data.examiner import Examiner, Finding, Question
from nnviz.gui.own_data.files import suffixes
from nnviz.gui.own_data.preview import PreviewPanel
from nnviz.gui.path_line import PathLine, first_path
from nnviz.gui.spec_text import spec_text
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.icons import icon

ASK_AFTER_MS = 250
"""How long a setting must stand before the file is looked into again: a number that is typed has several digits."""

WAIT_BEFORE_PROGRESS_MS = 150
"""What is there sooner needs no bar."""


class ImportDialog(QDialog):
    """Shows what is in a file before it is used, and lets one say how it is to be read.

    It never waits for the file: an examiner looks into it on a thread of the dialog's own, which ends with the dialog.

    Attributes:
        spec: The data set that was found, with everything that was set; None while there is none that can be used.

    Signals:
        examined: A file was looked into, with success or without.
    """

    examined = Signal()

    _asked = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_dialog")
        self.setWindowTitle(self.tr("Open your own data"))
        self.setAcceptDrops(True)
        self._appearance = appearance
        self.spec: OwnData | None = None
        self._path: Path | None = None
        self._kind: type[OwnData] | None = None
        self._settings: dict[str, Any] = {}
        self._form: SpecForm | None = None
        self._form_layout: tuple[object, ...] = ()
        self._number = 0
        self._examiner: Examiner | None = None
        self._thread: QThread | None = None
        self._ask_timer = QTimer(self, singleShot=True, interval=ASK_AFTER_MS)
        self._progress_timer = QTimer(self, singleShot=True, interval=WAIT_BEFORE_PROGRESS_MS)
        self._make_widgets()
        self._lay_out()
        self._ask_timer.timeout.connect(self._ask)
        self._progress_timer.timeout.connect(self._on_still_reading)
        self._line.path_edited.connect(self._on_path_edited)
        self._kinds.activated.connect(self._on_kind_chosen)
        self._stop.clicked.connect(self._on_stop)
        self._use.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._show_nothing()

    def look_into(self, path: Path) -> None:
        """Show what is in a file or folder, as the kind of data that it seems to be."""
        self._path = path
        self._kind = None
        self._settings = {}
        self._line.set_path(str(path))
        self._ask()

    def look_again(self, spec: OwnData) -> None:
        """Show data that was opened before, read as it was then."""
        self._path = Path(spec.path)
        self._kind = type(spec)
        self._settings = _settings(spec)
        self._line.set_path(spec.path)
        self._show_form(spec, ())
        self._ask()

    @property
    def is_reading(self) -> bool:
        """Whether an answer is awaited."""
        return self._reading

    def _make_widgets(self) -> None:
        self._line = PathLine("either", suffixes())
        self._line.line.setObjectName("data_path")
        self._line.line.setAccessibleName(self.tr("File or folder"))
        self._line.browse.setObjectName("browse_file_button")
        self._line.browse_folder.setObjectName("browse_folder_button")
        self._kinds = ComboBox()
        self._kinds.setObjectName("data_kind")
        self._kinds.setAccessibleName(self.tr("Kind of data"))
        self._kinds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._about = QLabel()
        self._about.setObjectName("data_kind_text")
        self._about.setProperty("kind", "muted")
        self._about.setWordWrap(True)
        self._preview = PreviewPanel(self._appearance)
        self._error = QFrame()
        self._error.setObjectName("import_error")
        self._error.setProperty("kind", "error")
        self._error_text = QLabel()
        self._error_text.setObjectName("import_error_text")
        self._error_text.setWordWrap(True)
        self._error_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._reading = False
        self._doing = QLabel()
        self._doing.setObjectName("import_progress_text")
        self._doing.setProperty("kind", "muted")
        self._bar = QProgressBar()
        self._bar.setObjectName("import_progress")
        self._bar.setProperty("kind", "thin")
        self._bar.setTextVisible(False)
        self._stop = QPushButton(self.tr("Stop"))
        self._stop.setObjectName("stop_reading_button")
        self._stop.setAutoDefault(False)
        self._use = QPushButton(self.tr("Use this data"))
        self._use.setObjectName("use_data_button")
        self._use.setProperty("kind", "primary")
        self._use.setDefault(True)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setObjectName("cancel_data_button")
        self._cancel.setAutoDefault(False)

    def _lay_out(self) -> None:
        self._left = QWidget()
        self._form_page = QWidget()
        self._form_page.setProperty("kind", "page")
        self._form_column = QVBoxLayout(self._form_page)
        self._form_column.addStretch()
        self._form_area = QScrollArea()
        self._form_area.setObjectName("import_form")
        self._form_area.setWidgetResizable(True)
        self._form_area.setFrameShape(QFrame.Shape.NoFrame)
        self._form_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._form_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._form_area.setWidget(self._form_page)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self._kinds)
        left.addWidget(self._about)
        left.addWidget(self._form_area, 1)
        error = QHBoxLayout(self._error)
        error.addWidget(self._error_text, 1)
        self._progress = QWidget()
        self._progress.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        progress = QHBoxLayout(self._progress)
        progress.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.addWidget(self._doing)
        words.addWidget(self._bar)
        progress.addLayout(words, 1)
        progress.addWidget(self._stop)
        right = QVBoxLayout()
        right.addWidget(self._error)
        right.addWidget(self._preview, 1)
        self._middle = QHBoxLayout()
        self._middle.addWidget(self._left)
        self._middle.addLayout(right, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._progress, 1)
        buttons.addStretch()
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._use)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._line)
        self._column.addLayout(self._middle, 1)
        self._column.addLayout(buttons)
        self._layouts = (left, right, self._middle, buttons, self._column, progress)

    def _show_nothing(self) -> None:
        self._set_reading(False)
        self._use.setEnabled(False)
        self._error.hide()
        self._left.hide()
        self._preview.show_kinds(own_data())

    @Slot(str)
    def _on_path_edited(self, path: str) -> None:
        if path:
            self.look_into(Path(path).expanduser())
            return
        self._give_up()
        self._path = None
        self.spec = None
        self._show_nothing()

    @Slot(int)
    def _on_kind_chosen(self, row: int) -> None:
        kind = self._kinds.itemData(row)
        if kind is not self._kind:
            self._kind = kind
            self._settings = {}
            self._ask()

    @Slot(object, str)
    def _on_spec_changed(self, spec: OwnData, path: str) -> None:
        self._settings = _settings(spec)
        # What is shown is not what would be used any more.
        self._give_up()
        self.spec = None
        self._use.setEnabled(False)
        self._ask_timer.start()

    @Slot()
    def _ask(self) -> None:
        """Have the file looked into, on the other thread; an answer to anything asked before is dropped."""
        self._ask_timer.stop()
        if self._path is None:
            return
        self.spec = None
        self._use.setEnabled(False)
        self._number += 1
        examiner = self._running_examiner()
        examiner.newest = self._number
        self._set_reading(True)
        self._asked.emit(Question(self._number, self._path, self._kind, tuple(self._settings.items())))

    def _running_examiner(self) -> Examiner:
        if self._examiner is None:
            self._examiner = Examiner()
            # No parent: an object with one cannot go to another thread.
            self._thread = QThread(self)
            self._thread.setObjectName("examining")
            self._examiner.moveToThread(self._thread)
            self._asked.connect(self._examiner.examine)
            self._examiner.answered.connect(self._on_answered)
            self._examiner.progressed.connect(self._on_progressed)
            self._thread.start()
        return self._examiner

    def _give_up(self) -> None:
        self._ask_timer.stop()
        self._number += 1
        if self._examiner is not None:
            self._examiner.newest = self._number
        self._set_reading(False)

    @Slot(object, object)
    def _on_answered(self, question: Question, finding: Finding) -> None:
        if question.number != self._number:
            return
        self._set_reading(False)
        self._show_kinds(finding.kinds)
        if finding.failure is not None:
            self._show_failure(finding)
        elif finding.spec is not None and finding.preview is not None:
            self.spec = finding.spec
            self._kind = type(finding.spec)
            self._error.hide()
            self._line.set_path(finding.spec.path)
            self._show_form(finding.spec, finding.preview.options)
            self._preview.show_preview(finding.spec, finding.preview)
            self._use.setEnabled(True)
        self.examined.emit()

    def _show_failure(self, finding: Finding) -> None:
        assert finding.failure is not None
        self._error_text.setText(finding.failure.sentence)
        self._error_text.setToolTip(finding.failure.details)
        self._error.setAccessibleName(finding.failure.sentence)
        self._error.show()
        self._preview.show_nothing()
        if finding.kinds and self._form is None:
            # How it is read can be changed, which may be what is wrong.
            self._show_form(finding.kinds[0]().replace(path=str(self._path)), ())

    def _show_kinds(self, kinds: tuple[type[OwnData], ...]) -> None:
        self._left.setVisible(bool(kinds))
        if not kinds:
            self._clear_form()
            return
        self._kinds.clear()
        for kind in sorted(kinds, key=lambda kind: kind.title):
            self._kinds.addItem(spec_text(kind.title), kind)
        self._kinds.setCurrentIndex(self._kinds.findData(kinds[0]))
        # One kind is no choice.
        self._kinds.setVisible(len(kinds) > 1)
        title, summary = escape(spec_text(kinds[0].title)), escape(spec_text(kinds[0].summary()))
        # Marked up in both cases: a label shows what was escaped as it is if there is no tag.
        self._about.setText(f"<span>{summary}</span>" if len(kinds) > 1 else f"<b>{title}</b><br>{summary}")

    def _show_form(self, spec: OwnData, options: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        form = self._form
        without = ("path", "standardise_targets") if spec.class_names else ("path",)
        layout = (type(spec), options, without)
        if form is not None and layout == self._form_layout:
            form.set_spec(spec)
            return
        self._clear_form()
        self._form_layout = layout
        self._form = form = SpecForm(spec, options=dict(options), first=_own_settings(spec), without=without)
        form.spec_changed.connect(self._on_spec_changed)
        self._form_column.insertWidget(0, form)
        self._fit_left()

    def _clear_form(self) -> None:
        if self._form is not None:
            # Later: its own signal may be what is being answered.
            self._form.hide()
            self._form_column.removeWidget(self._form)
            self._form.deleteLater()
            self._form = None

    def _set_reading(self, reading: bool) -> None:
        self._reading = reading
        self._progress_timer.stop()
        self._progress.hide()
        if reading:
            self._doing.setText("")
            self._bar.setRange(0, 0)
            self._progress_timer.start()

    @Slot()
    def _on_still_reading(self) -> None:
        if not self._doing.text() and self._path is not None:
            self._doing.setText(self.tr("Reading {0}").format(self._path.name))
        self._progress.setVisible(self._reading)

    @Slot(object, str, object, object)
    def _on_progressed(self, question: Question, what: str, done: int, total: int) -> None:
        if question.number != self._number:
            return
        self._doing.setText(spec_text(what))
        # In thousandths: bytes of a large file are more than a bar can count.
        self._bar.setRange(0, 1000 if total else 0)
        self._bar.setValue(round(1000 * min(done, total) / total) if total else 0)

    @Slot()
    def _on_stop(self) -> None:
        self._give_up()
        self._error_text.setText(self.tr("Reading was stopped. Change a setting or choose a file to go on."))
        self._error_text.setToolTip("")
        self._error.show()
        self._line.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file or folder wherever it is dropped."""
        if first_path(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look into what was dropped."""
        path = first_path(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.look_into(path)

    def done(self, result: int) -> None:
        """End the thread, which gives up what it reads, and close."""
        self._give_up_silently()
        super().done(result)

    def _give_up_silently(self) -> None:
        found = self.spec
        self._give_up()
        self.spec = found
        if self._thread is not None:
            self._thread.quit()
            self._thread.wait()
            self._thread = None
            self._examiner = None

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._appearance.theme
        for layout in self._layouts:
            layout.setSpacing(theme.space)
        self._middle.setSpacing(theme.space * 3)
        self._column.setSpacing(theme.space * 2)
        margin = theme.space * 2
        self._column.setContentsMargins(margin, margin, margin, margin)
        for button in (self._line.browse, self._line.browse_folder):
            button.setIconSize(QSize(theme.icon_px, theme.icon_px))
        self._line.set_icons(icon("data", theme, "muted"), icon("open", theme, "muted"))
        self._fit_left()
        room = self.screen().availableSize()
        self.resize(min(80 * theme.font_px, room.width() - 40), min(52 * theme.font_px, room.height() - 60))

    def _fit_left(self) -> None:
        bar = self._form_area.verticalScrollBar().sizeHint().width()
        self._form_column.setContentsMargins(0, 0, self._appearance.theme.space // 2, 0)
        self._left.setFixedWidth(
            max(26 * self._appearance.theme.font_px, self._form_page.minimumSizeHint().width() + bar)
        )


def _settings(spec: OwnData) -> dict[str, Any]:
    return {info.name: getattr(spec, info.name) for info in spec.params() if info.editable and info.name != "path"}


def _own_settings(spec: OwnData) -> tuple[str, ...]:
    """What only this kind of data has: how the file is read stands above how the samples are split."""
    shared = {info.name for info in OwnData.params()}
    return tuple(info.name for info in spec.params() if info.name not in shared)
