"""Run, slow motion, step and back: the same bar under every lab that moves."""

from __future__ import annotations

import time

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from nnviz.gui.commands import tip_with_shortcut
from nnviz.gui.editors import ComboBox
from nnviz.gui.elided_label import ElidedLabel
from nnviz.gui.labs.base import Lab
from nnviz.gui.style.icons import icon
from nnviz.gui.style.theme import Theme

FRAME_MS = 16
SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 240.0)
"""Steps per second that the slider offers."""
SLOW_MOTION = 8.0
"""How many times slower slow motion is."""
FRAME_WORK_S = 0.0075
"""A frame makes no more steps than fit into this time beside its painting: trainings want to go on meanwhile."""
LONGEST_STEPS_S = 0.005
"""Nor more than fit into this time, however soon it is painted."""


class Transport(QFrame):
    """Moves a lab: by hand, or by the one timer of the labs while it runs.

    Keys are handled by the page: Space runs, the arrows step, Home begins again, S is slow motion.

    Attributes:
        running: Whether it runs by itself.
        slow: Whether in slow motion.

    Signals:
        moved: A step was made or taken back.
    """

    moved = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lab_transport")
        self.running = False
        self.slow = False
        self._lab: Lab | None = None
        self._theme = theme
        self._owed = 0.0
        self._last = 0.0
        self._painting_s = 0.0
        self._stepped: float | None = None
        self._timer = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_frame)
        self._restart = self._button("restart", self.tr("From the beginning"), self.tr("Go back to the start."), "Home")
        self._back = self._button("back", self.tr("Step back"), self.tr("Take the last step back, exactly."), "Left")
        self._run = self._button("run", self.tr("Run"), self.tr("Let it run by itself, or halt it."), "Space")
        self._step = self._button("step", self.tr("Step"), self.tr("Make one step."), "Right")
        self._slow = self._button("slow", self.tr("Slow motion"), self.tr("Run eight times slower."), "S")
        self._slow.setText(self.tr("Slow motion"))
        self._slow.setCheckable(True)
        self._stride_label = QLabel(self.tr("One step is"))
        self._stride: QComboBox = ComboBox()
        self._stride.setObjectName("lab_stride")
        self._stride.setAccessibleName(self.tr("How far one step goes"))
        self._stride.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._speed_label = QLabel(self.tr("Speed"))
        self._speed = QSlider(Qt.Orientation.Horizontal)
        self._speed.setObjectName("lab_speed")
        self._speed.setAccessibleName(self.tr("Speed"))
        self._speed.setRange(0, len(SPEEDS) - 1)
        self._speed.setPageStep(1)
        self._speed_text = QLabel()
        self._speed_text.setProperty("kind", "caption")
        self._position = ElidedLabel()
        self._position.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._position.setObjectName("lab_position")
        self._position.setProperty("kind", "muted")
        self._row = QHBoxLayout(self)
        for widget in (
            self._restart,
            self._back,
            self._run,
            self._step,
            self._slow,
            self._stride_label,
            self._stride,
            self._speed_label,
            self._speed,
            self._speed_text,
        ):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self._position)
        self._restart.clicked.connect(self.restart)
        self._back.clicked.connect(self.step_back)
        self._run.clicked.connect(self.toggle_run)
        self._step.clicked.connect(self.step)
        self._slow.clicked.connect(self.set_slow)
        self._speed.valueChanged.connect(self._on_speed_changed)
        self.set_theme(theme)

    @property
    def stride(self) -> str:
        """How far one step goes now."""
        return str(self._stride.currentData() or "")

    @property
    def speed(self) -> float:
        """Steps per second while it runs."""
        return SPEEDS[self._speed.value()] / (SLOW_MOTION if self.slow else 1.0)

    def take(self, lab: Lab) -> None:
        """Move this lab from now on."""
        self.halt()
        self._lab = lab
        self._position.setText("")
        self._stride.clear()
        for stride in lab.strides:
            self._stride.addItem(stride.title, stride.name)
        # Its layout would go on with the width of the last lab's longest stride.
        self._stride.updateGeometry()
        several = len(lab.strides) > 1
        self._stride.setVisible(several)
        self._stride_label.setVisible(several and not self._theme.projector)
        self.set_speed(lab.speed)
        self.set_slow(False)
        self.refresh()

    def drop(self) -> None:
        """Let go of the lab: it is closed."""
        self.halt()
        self._lab = None

    def set_speed(self, speed: float) -> None:
        """Choose the nearest speed that is offered."""
        nearest = min(range(len(SPEEDS)), key=lambda place: abs(SPEEDS[place] - speed))
        self._speed.setValue(nearest)
        self._on_speed_changed()

    def choose_stride(self, name: str) -> None:
        """Let one step be as long as the stride of this name; unknown ones change nothing."""
        place = self._stride.findData(name)
        if place >= 0:
            self._stride.setCurrentIndex(place)

    def refresh(self) -> None:
        """Show where the lab stands and what can be pressed."""
        lab = self._lab
        if lab is None:
            return
        self._position.setText(lab.position())
        forwards, backwards = lab.can_advance(), lab.can_retreat()
        self._step.setEnabled(forwards)
        self._run.setEnabled(forwards or self.running)
        self._back.setEnabled(backwards)
        self._restart.setEnabled(backwards)

    @Slot()
    def step(self) -> None:
        """Halt, and make one step."""
        self.halt()
        if self._lab is not None and self._lab.advance(self.stride):
            self.moved.emit()

    @Slot()
    def step_back(self) -> None:
        """Halt, and take one step back."""
        self.halt()
        if self._lab is not None and self._lab.retreat(self.stride):
            self.moved.emit()

    @Slot()
    def restart(self) -> None:
        """Halt, and go back to the beginning."""
        self.halt()
        if self._lab is not None and self._lab.can_retreat():
            self._lab.restart()
            self.moved.emit()

    @Slot()
    def toggle_run(self) -> None:
        """Run, or halt."""
        if self.running:
            self.halt()
        elif self._lab is not None and self._lab.can_advance():
            self.running = True
            self._owed = 1.0
            self._last = time.perf_counter()
            self._stepped = None
            self._timer.start()
            self._show_running()

    @Slot(bool)
    def set_slow(self, slow: bool) -> None:
        """Run in slow motion or not."""
        self.slow = slow
        self._slow.setChecked(slow)
        self._on_speed_changed()

    def halt(self) -> None:
        """Stop running; what was made stays."""
        if self.running:
            self.running = False
            self._timer.stop()
            if self._lab is not None:
                self._lab.show_between(0.0)
            self._show_running()

    @Slot()
    def _on_frame(self) -> None:
        lab = self._lab
        if lab is None:
            return
        now, began = time.perf_counter(), time.thread_time()
        if self._stepped is not None:
            # All that this thread did since the last steps: texts and painting. Slow machines make fewer steps then.
            self._painting_s += 0.3 * (began - self._stepped - self._painting_s)
        # A window that was busy for a second does not make up for it with a leap.
        stride, pieces = lab.pieces(self.stride)
        self._owed += min(0.25, now - self._last) * self.speed * pieces
        self._last = now
        moved = False
        longest = min(LONGEST_STEPS_S, FRAME_WORK_S - self._painting_s)
        while self._owed >= 1.0:
            self._owed -= 1.0
            if not lab.advance(stride):
                self.halt()
                break
            moved = True
            if time.perf_counter() - now > longest:
                self._owed = min(self._owed, 1.0)
                break
        self._stepped = time.thread_time() if moved else None
        if self.running:
            lab.show_between(min(1.0, self._owed))
        if moved:
            self.moved.emit()

    @Slot()
    def _on_speed_changed(self) -> None:
        speed = self.speed
        if speed >= 1:
            text = self.tr("{0} steps a second").format(f"{speed:g}")
        else:
            text = self.tr("one step in {0} s").format(f"{1 / speed:g}")
        self._speed_text.setText(text)
        self._speed.setToolTip(text)

    def _show_running(self) -> None:
        text = self.tr("Halt") if self.running else self.tr("Run")
        self._run.setText(text)
        self._run.setAccessibleName(text)
        self._run.setIcon(icon("pause" if self.running else "train", self._theme, "on_accent"))
        self.refresh()

    def _button(self, name: str, title: str, tip: str, key: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"lab_{name}")
        button.setAccessibleName(title)
        button.setAccessibleDescription(tip)
        button.setToolTip(tip_with_shortcut(title, tip, QKeySequence(key)))
        button.setProperty("kind", "primary" if name == "run" else "outlined")
        text = name in ("run", "slow")
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if text else Qt.ToolButtonStyle.ToolButtonIconOnly
        button.setToolButtonStyle(style)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._theme = theme
        self._row.setContentsMargins(0, 0, theme.space, 0)
        self._row.setSpacing(theme.space)
        self._position.set_ground(theme.colour("window"))
        for button, name in ((self._restart, "reset"), (self._back, "step_back"), (self._step, "step")):
            button.setIcon(icon(name, theme))
        self._slow.setIcon(icon("slow_motion", theme, "text", on="accent_text"))
        for button in (self._restart, self._back, self._run, self._step, self._slow):
            button.setIconSize(QSize(theme.icon_px, theme.icon_px))
        # In large type the words would take the room of the picture.
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        self._slow.setToolButtonStyle(alone if theme.projector else beside)
        self._speed_text.setVisible(not theme.projector)
        self._stride_label.setVisible(self._stride.count() > 1 and not theme.projector)
        # The widest text, so that nothing moves when the slider does.
        widest = self.fontMetrics().horizontalAdvance(self.tr("{0} steps a second").format("240"))
        self._speed_text.setFixedWidth(widest)
        self._speed.setFixedWidth((6 if theme.projector else 8) * theme.font_px)
        self._show_running()
