"""The slider under the live views: back to any step that was kept, as a film, or on from there as another run."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QToolButton, QWidget

from nnviz.core.project import ProjectFile
from nnviz.gui.style.icons import icon
from nnviz.gui.style.theme import Theme
from nnviz.gui.window_context import WindowContext

FRAME_MS = 250
"""Shortest time of one picture of the film."""


class RewindBar(QWidget):
    """Takes all live views back to an earlier step of the run; its right end is now. Training goes on meanwhile.

    A film shows every step that was kept: it waits for views that are not yet drawn.

    Args:
        context: What the window shares.
        is_drawing: Whether views that have news are not yet drawn.
        parent: Its owner.

    Signals:
        branch_requested(ProjectFile): Somebody wants to go on from this state, as a run of its own.
    """

    branch_requested = Signal(object)

    def __init__(
        self, context: WindowContext, is_drawing: Callable[[], bool] = lambda: False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._is_drawing = is_drawing
        self._shown = 0
        self._steps: tuple[int, ...] = ()
        self._asked = 0
        self.setObjectName("rewind_bar")
        self._play = QToolButton()
        self._play.setObjectName("film_button")
        self._play.setCheckable(True)
        self._play.setAccessibleName(self.tr("Play the training as a film"))
        self._play.setToolTip(self.tr("Show how everything became what it is, from the first step on."))
        self._play.toggled.connect(self._on_play_toggled)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("rewind_slider")
        self.slider.setAccessibleName(self.tr("Step that the views show"))
        self.slider.setToolTip(
            self.tr("Drag back: every view shows the network as it was then. Training goes on meanwhile.")
        )
        self.slider.valueChanged.connect(self._on_moved)
        self.slider.sliderPressed.connect(self._stop_film)
        self._where = QLabel()
        self._where.setObjectName("rewind_label")
        self._now = QPushButton(self.tr("Now"))
        self._now.setObjectName("now_button")
        self._now.setToolTip(self.tr("Show the network as it is now."))
        self._now.clicked.connect(self._on_now)
        self._branch = QPushButton(self.tr("Go on from here"))
        self._branch.setObjectName("branch_button")
        self._branch.setToolTip(
            self.tr("Continue from this step as a run of its own, with other settings if you like. This one is kept.")
        )
        self._branch.clicked.connect(self._on_branch)
        self._row = QHBoxLayout(self)
        for widget in (self._play, self.slider, self._where, self._now, self._branch):
            self._row.addWidget(widget, 1 if widget is self.slider else 0)
        self._film = QTimer(self, interval=FRAME_MS)
        self._film.timeout.connect(self._on_frame)
        session = context.session
        session.steps_kept.connect(self._on_steps_kept)
        session.rewound.connect(self._on_rewound)
        session.run_started.connect(self._on_run_started)
        session.state_found.connect(self._on_state_found)
        self.set_theme(context.theme)
        self._on_steps_kept(())

    @property
    def step(self) -> int:
        """The step that is shown; 0 is now."""
        place = self.slider.value()
        return self._steps[place] if place < len(self._steps) else 0

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._row.setContentsMargins(0, theme.space // 2, 0, 0)
        self._row.setSpacing(theme.space)
        self._play.setIconSize(QSize(theme.icon_px, theme.icon_px))
        self._show_play()
        # As wide as it will ever be, so that nothing moves while a film plays.
        self._where.setMinimumWidth(self.fontMetrics().horizontalAdvance(self.tr("Step {0}").format("0,000,000")))

    @Slot(object)
    def _on_steps_kept(self, steps: tuple[int, ...]) -> None:
        shown = self.step
        self._steps = tuple(steps)
        self.slider.blockSignals(True)
        self.slider.setRange(0, len(self._steps))
        # The place of what is shown moves when steps are added or given up; it stays what it is.
        place = self._steps.index(shown) if shown in self._steps else len(self._steps)
        self.slider.setValue(place)
        self.slider.blockSignals(False)
        self.setVisible(bool(self._steps))
        if shown and shown not in self._steps:
            self._tell()
        self._show()

    @Slot()
    def _on_moved(self) -> None:
        self._tell()
        self._show()

    @Slot()
    def _on_now(self) -> None:
        self._stop_film()
        self.slider.setValue(len(self._steps))

    @Slot()
    def _on_branch(self) -> None:
        self._stop_film()
        self._asked = self.step
        self._context.session.find_state(self._asked)

    @Slot(int, object)
    def _on_state_found(self, step: int, state: ProjectFile) -> None:
        if step == self._asked:
            self._asked = 0
            self.branch_requested.emit(state)

    @Slot(bool)
    def _on_play_toggled(self, on: bool) -> None:
        if on:
            if not self.step:
                self.slider.setValue(0)
            self._film.start()
        else:
            self._film.stop()
        self._show_play()

    @Slot()
    def _on_frame(self) -> None:
        if self._shown != self.step or self._is_drawing():
            return
        if self.step:
            self.slider.setValue(self.slider.value() + 1)
        if not self.step:
            self._stop_film()

    @Slot()
    def _stop_film(self) -> None:
        self._play.setChecked(False)

    @Slot(object)
    def _on_run_started(self, project: object) -> None:
        self._shown = 0
        self._stop_film()
        self.slider.setValue(len(self._steps))

    @Slot(int)
    def _on_rewound(self, step: int) -> None:
        self._shown = step
        # A step that could not be read any more: what is shown is now.
        if step != self.step and not step:
            self.slider.blockSignals(True)
            self.slider.setValue(len(self._steps))
            self.slider.blockSignals(False)
            self._stop_film()
        self._show()

    def _tell(self) -> None:
        self._context.session.rewind(self.step)

    def _show(self) -> None:
        step = self.step
        self._where.setText(self.tr("Step {0}").format(f"{step:,}") if step else self.tr("Now"))
        self._now.setEnabled(bool(step))
        self._branch.setEnabled(bool(step))

    def _show_play(self) -> None:
        on = self._play.isChecked()
        self._play.setIcon(icon("pause" if on else "train", self._context.theme, "text"))
