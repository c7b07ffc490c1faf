"""Teach it: say what a drawing was, keep it in My digits, and let the network learn from what was kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QWidget,
)

from nnviz.core.errors import NnvizError
from nnviz.core.ink import MNIST, Preparation
from nnviz.core.my_digits import MyDigits
from nnviz.core.project import ProjectFile
from nnviz.core.reader import ink_recipe
from nnviz.core.snapshot import Failure
from nnviz.core.strokes import Drawing
from nnviz.gui.background import Background
from nnviz.gui.document import Project
from nnviz.gui.draw.pad import DrawingPad
from nnviz.gui.session import SessionState
from nnviz.gui.spec_text import spec_text
from nnviz.gui.style.icons import icon
from nnviz.gui.style.theme import LIGHT, Theme
from nnviz.gui.window_context import WindowContext

_COLLECT = "teach"
_LEARN, _MERGE, _STROKES, _PICTURES, _OPEN = "learn", "merge", "strokes", "pictures", "open"


class TeachPanel(QWidget):
    """Ten buttons that say what the drawing was, and what can be done with all drawings that were named.

    Attributes:
        store: Where the drawings are kept.

    Signals:
        said(str): One sentence on what has just happened.
        refused(str): Something could not be done; the sentence says why.
        preview_requested(DatasetSpec): The drawings are to be looked at as a data set.
    """

    said = Signal(str)
    refused = Signal(str)
    preview_requested = Signal(object)
    _progressed = Signal(float)

    def __init__(self, context: WindowContext, pad: DrawingPad, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("teach_panel")
        self._context = context
        self._pad = pad
        self._theme = LIGHT
        self.store = MyDigits()
        self._preparation: Preparation | None = None
        self._kept: Path | None = None
        """The picture of what is on the pad, if it was named already."""
        self._last: Path | None = None
        self._learning: ProjectFile | None = None
        self._give_up = threading.Event()
        self._background = Background(self)
        self._background.done.connect(self._on_done)
        self._background.failed.connect(self._on_failed)
        self._progressed.connect(self._on_progressed)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._naming_page())
        self._stack.addWidget(self._learning_page())
        self._stack.addWidget(self._result_page())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        pad.drawing_changed.connect(self._on_drawing_changed)
        context.session.collected.connect(self._on_collected)
        context.session.state_changed.connect(self._on_state_changed)
        QCoreApplication.instance().aboutToQuit.connect(self._give_up.set)  # type: ignore[union-attr]
        self.show_count()
        self._on_drawing_changed()

    def set_theme(self, theme: Theme) -> None:
        """Use the sizes of another theme."""
        self._theme = theme
        side = round(theme.font_px * 1.6)
        for button in self._digits.buttons():
            button.setMinimumWidth(side)
        self._more.setIcon(icon("menu", theme, "text"))
        for row in self._rows:
            row.setSpacing(theme.space // 2)
        self._lines.setSpacing(theme.space)
        self._fold()

    def show_preparation(self, preparation: Preparation | None) -> None:
        """Know how the picture on the pad was prepared."""
        self._preparation = preparation

    @Slot()
    def show_count(self) -> None:
        """Say how many drawings are kept."""
        count = len(self.store)
        self._count.setText(self.tr("My digits: %n", "", count))
        counts = self.store.counts()
        self._count.setToolTip("  ".join(f"{digit}: {number}" for digit, number in enumerate(counts)))
        self._follow(count)

    def _fold(self) -> None:
        """Two lines where one is too narrow."""
        wanted = self._naming.sizeHint().width() + self._rest.sizeHint().width() + self._theme.space
        folded = wanted > self.width()
        self._lines.setDirection(QBoxLayout.Direction.TopToBottom if folded else QBoxLayout.Direction.LeftToRight)
        height = self._theme.control_px * (2 if folded else 1) + (self._theme.space if folded else 0)
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    # Building

    def _naming_page(self) -> QWidget:
        page = QWidget(self)
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._lines.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self._naming = row
        row.addWidget(QLabel(self.tr("It is a"), page))
        self._digits = QButtonGroup(page)
        self._digits.setExclusive(False)
        for digit in range(10):
            button = QToolButton(page)
            button.setText(str(digit))
            button.setObjectName(f"teach_{digit}")
            button.setProperty("kind", "outlined")
            button.setCheckable(True)
            button.setToolTip(self.tr("Keep this drawing in My digits as a {0}.").format(digit))
            button.setAccessibleName(self.tr("It is a {0}").format(digit))
            self._digits.addButton(button, digit)
            row.addWidget(button)
        self._digits.idClicked.connect(self._on_named)
        row.addStretch(1)
        self._lines.addLayout(row, 1)
        row = QHBoxLayout()
        self._rest = row
        self._rows = [self._naming, row]
        self._count = QLabel(page)
        self._count.setObjectName("my_digits_count")
        self._count.setProperty("kind", "caption")
        row.addWidget(self._count)
        self._learn = QPushButton(self.tr("Learn"), page)
        self._learn.setObjectName("learn_button")
        self._learn.setAccessibleName(self._learn.text())
        self._learn.clicked.connect(self._on_learn)
        row.addWidget(self._learn)
        self._more = QToolButton(page)
        self._more.setObjectName("my_digits_menu")
        self._more.setAccessibleName(self.tr("My digits"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._menu(page))
        row.addWidget(self._more)
        self._lines.addLayout(row)
        return page

    def _menu(self, page: QWidget) -> QMenu:
        menu = QMenu(page)
        entries: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("take_back_drawing", self.tr("Take the last one back"), self._on_take_back),
            ("export_strokes", self.tr("Export the strokes..."), self._on_export_strokes),
            ("export_pictures", self.tr("Export the pictures..."), self._on_export_pictures),
            ("merge_digits", self.tr("Add the drawings of others..."), self._on_merge),
            ("open_my_digits", self.tr("Use as a data set..."), self._on_open),
        )
        self._actions: dict[str, QAction] = {}
        for name, text, do in entries:
            action = menu.addAction(text)
            action.setObjectName(name)
            action.triggered.connect(do)
            self._actions[name] = action
        return menu

    def _learning_page(self) -> QWidget:
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        self._rows.append(row)
        self._doing = QLabel(self.tr("Learning your digits"), page)
        row.addWidget(self._doing)
        self._bar = QProgressBar(page)
        self._bar.setObjectName("learning_progress")
        self._bar.setTextVisible(False)
        row.addWidget(self._bar, 1)
        cancel = QPushButton(self.tr("Cancel"), page)
        cancel.setObjectName("cancel_learning")
        cancel.setAccessibleName(cancel.text())
        cancel.clicked.connect(self._on_cancel)
        row.addWidget(cancel)
        return page

    def _result_page(self) -> QWidget:
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        self._rows.append(row)
        self._result = QLabel(page)
        self._result.setObjectName("learning_result")
        self._result.setWordWrap(True)
        row.addWidget(self._result, 1)
        self._use = QPushButton(self.tr("Use it"), page)
        self._use.setObjectName("use_taught")
        self._use.setAccessibleName(self._use.text())
        self._use.setProperty("kind", "primary")
        self._use.clicked.connect(self._on_use)
        row.addWidget(self._use)
        drop = QPushButton(self.tr("Discard"), page)
        drop.setObjectName("discard_taught")
        drop.setAccessibleName(drop.text())
        drop.clicked.connect(self._on_discard)
        row.addWidget(drop)
        return page

    # Naming

    @Slot()
    def _on_drawing_changed(self) -> None:
        self._kept = None
        for button in self._digits.buttons():
            button.setChecked(False)
            button.setEnabled(not self._pad.is_blank)

    @Slot(int)
    def _on_named(self, digit: int) -> None:
        self._pad.finish()
        sketch = self._pad.sketch
        button = self._digits.button(digit)
        taken_back = not button.isChecked()
        try:
            if self._kept is not None:
                # Named differently, or by mistake.
                self.store.forget(self._kept)
                self._kept = None
            if taken_back:
                self.said.emit(self.tr("It is no longer in My digits."))
            elif sketch.picture is None:
                self._kept = self.store.keep(Drawing(sketch.strokes, digit))
            elif self._preparation is not None and self._preparation.image.shape == (MNIST.frame, MNIST.frame):
                self._kept = self.store.keep_picture(self._preparation.image, digit)
        except NnvizError as error:
            button.setChecked(False)
            self.refused.emit(str(error))
            return
        for other in self._digits.buttons():
            other.setChecked(other is button and not taken_back)
        self._last = self._kept or self._last
        self.show_count()
        if self._kept is not None:
            self.said.emit(self.tr("Kept as a {0} in My digits.").format(digit))
        elif not taken_back:
            self.said.emit(self.tr("It is in My digits already."))

    @Slot()
    def _on_take_back(self) -> None:
        if self._last is None:
            return
        try:
            self.store.forget(self._last)
        except NnvizError as error:
            self.refused.emit(str(error))
            return
        self._last = None
        self._on_drawing_changed()
        self.show_count()
        self.said.emit(self.tr("The last drawing is no longer in My digits."))

    # Files

    @Slot()
    def _on_export_strokes(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the strokes"), "my-digits.jsonl", self.tr("Strokes") + " (*.jsonl *.jsonl.gz)"
        )
        if name:
            self.export_strokes(Path(name))

    def export_strokes(self, path: Path) -> None:
        """Write all drawings as JSON lines, in the background."""
        self._background.start(_STROKES, lambda: self.store.export_strokes(path))

    @Slot()
    def _on_export_pictures(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder for the pictures"))
        if folder:
            self.export_pictures(Path(folder))

    def export_pictures(self, folder: Path) -> None:
        """Copy all pictures into a folder, in the background."""
        self._background.start(_PICTURES, lambda: self.store.export_pictures(folder))

    @Slot()
    def _on_merge(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Drawings of others"), "", self.tr("Strokes") + " (*.jsonl *.jsonl.gz *.gz)"
        )
        if name:
            self.merge(Path(name))

    def merge(self, path: Path) -> None:
        """Add the drawings of a file, in the background."""
        self._background.start(_MERGE, lambda: self.store.merge(path))

    @Slot()
    def _on_open(self) -> None:
        from nnviz.core.datasets.my_digits import MyDigits as MyDigitsData

        self._background.start(_OPEN, lambda: MyDigitsData.inspect(self.store.folder))

    # Learning

    @Slot()
    def _on_learn(self) -> None:
        self._give_up.clear()
        self._bar.setRange(0, 0)
        self._stack.setCurrentIndex(1)
        project = self._context.session.run_project
        reads = project is not None and ink_recipe(project.network, project.dataset, project.training) == MNIST
        if reads:
            self._context.session.collect(_COLLECT)
        else:
            self._start(None)

    @Slot(str, object)
    def _on_collected(self, token: str, file: ProjectFile | None) -> None:
        if token == _COLLECT and self._stack.currentIndex() == 1:
            self._start(file)

    def _start(self, file: ProjectFile | None) -> None:
        """Begin to learn on a thread of its own, with the bundled network if there is no other."""
        data_dir = self._context.session.data_dir
        store = self.store

        def learn() -> object:
            from nnviz.core.datasets.base import LoadContext
            from nnviz.core.datasets.mnist import Mnist
            from nnviz.core.fine_tune import fine_tune
            from nnviz.core.reader import bundled_project

            cancelled = self._give_up.is_set
            mnist = Mnist().load(LoadContext(data_dir=data_dir, cancelled=cancelled))
            drawings, pictures = store.drawings(), store.pictures()
            return fine_tune(
                file or bundled_project(),
                drawings,
                pictures,
                mnist,
                progress=self._progressed.emit,
                cancelled=cancelled,
            )

        self._background.start(_LEARN, learn)

    @Slot(float)
    def _on_progressed(self, share: float) -> None:
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(1000 * share))

    @Slot()
    def _on_cancel(self) -> None:
        self._give_up.set()
        self._stack.setCurrentIndex(0)

    @Slot()
    def _on_discard(self) -> None:
        self._learning = None
        self._stack.setCurrentIndex(0)

    @Slot()
    def _on_use(self) -> None:
        file, self._learning = self._learning, None
        self._stack.setCurrentIndex(0)
        if file is None:
            return
        project = Project(file.title, file.network, file.dataset, file.training)
        self._context.document.replace(project, self.tr("Teach {0}").format(spec_text(file.title)))
        self._context.session.resume(file)
        self.said.emit(
            self.tr("{0} reads your digits now. Save it to keep what it learned.").format(spec_text(file.title))
        )

    # Answers

    @Slot(str, object)
    def _on_done(self, name: str, answer: object) -> None:
        if name == _LEARN:
            self._show_taught(answer)
        elif name == _MERGE:
            self.show_count()
            self.said.emit(self.tr("%n new drawing(s) in My digits.", "", _count(answer)))
        elif name == _OPEN:
            self.preview_requested.emit(answer)
        else:
            self.said.emit(self.tr("%n drawing(s) exported.", "", _count(answer)))

    def _show_taught(self, answer: object) -> None:
        from dataclasses import replace

        from nnviz.core.fine_tune import FineTuned

        if self._give_up.is_set() or not isinstance(answer, FineTuned):
            return
        title = spec_text(answer.file.title)
        taught = self.tr("{0}, taught").format(title) if not title.endswith(self.tr("taught")) else title
        self._learning = replace(answer.file, title=taught)
        own, mnist = ([self._percent(share) for share in pair] for pair in (answer.own, answer.mnist))
        self._result.setText(
            self.tr("Your digits: {0} read rightly before, {1} now. MNIST's test: {2} before, {3} now.").format(
                *own, *mnist
            )
        )
        self._stack.setCurrentIndex(2)

    def _percent(self, share: float) -> str:
        return self.tr("{0} %").format(self.locale().toString(100 * share, "f", 1))

    @Slot(str, object)
    def _on_failed(self, name: str, failure: Failure) -> None:
        if name == _LEARN:
            self._stack.setCurrentIndex(0)
            if self._give_up.is_set():
                return
        self.refused.emit(failure.sentence)

    @Slot(object)
    def _on_state_changed(self, state: SessionState) -> None:
        self._follow(len(self.store))

    def _follow(self, count: int) -> None:
        busy = self._context.session.state in (SessionState.TRAINING, SessionState.LOADING, SessionState.STARTING)
        self._learn.setEnabled(count > 0 and not busy)
        if busy:
            tip = self.tr("Wait until the training is over, or pause it.")
        elif not count:
            tip = self.tr("Draw a digit and say what it is: then it can be learned.")
        else:
            tip = self.tr("Let the network learn My digits, mixed with MNIST, so that it forgets nothing.")
        self._learn.setToolTip(tip)
        for name, action in self._actions.items():
            action.setEnabled(count > 0 if name.startswith(("export", "open")) else True)
        self._actions["take_back_drawing"].setEnabled(self._last is not None)

    def minimumSizeHint(self) -> QSize:
        return QSize(max(self._naming.sizeHint().width(), self._rest.sizeHint().width()), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fold()
        super().resizeEvent(event)


def _count(answer: object) -> int:
    return answer if isinstance(answer, int) else 0
