"""Run, slow, step and restart: the buttons that move a Gibbs chain."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget


class ChainButtons(QObject):
    """Four buttons and the clock behind them.

    Signals:
        moved(bool): The chain is to move on; whether it runs, else it takes a single step.
        restarted(): It is to begin again.

    Args:
        name: Before the buttons' object names: "repair" makes "repair_run".
        texts: What stands on the buttons, in their order.
        tips: Their tooltips.
        fast_ms: Time between two moves of a chain that runs.
        slow_ms: The same of one that goes slowly.
        parent: Its owner.
    """

    moved = Signal(bool)
    restarted = Signal()

    def __init__(
        self,
        name: str,
        texts: tuple[str, str, str, str],
        tips: tuple[str, str, str, str],
        *,
        fast_ms: int,
        slow_ms: int,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._fast_ms, self._slow_ms = fast_ms, slow_ms
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)
        slots = (self._on_run, self._on_slow, self._on_step, self.restarted)
        self.buttons: list[QPushButton] = []
        for kind, text, tip, slot in zip(("run", "slow", "step", "again"), texts, tips, slots, strict=True):
            button = QPushButton(text)
            button.setObjectName(f"{name}_{kind}")
            button.setAccessibleName(text)
            button.setToolTip(tip)
            button.setCheckable(kind in ("run", "slow"))
            button.clicked.connect(slot)
            self.buttons.append(button)

    @Slot()
    def halt(self) -> None:
        """Let the chain stand still."""
        self._timer.stop()
        for button in self.buttons:
            button.setChecked(False)

    def _start(self, button: QPushButton, delay_ms: int) -> None:
        wanted = button.isChecked()
        self.halt()
        if wanted:
            button.setChecked(True)
            self._timer.start(delay_ms)

    @Slot()
    def _on_timeout(self) -> None:
        self.moved.emit(self._timer.interval() == self._fast_ms)

    @Slot()
    def _on_run(self) -> None:
        self._start(self.buttons[0], self._fast_ms)

    @Slot()
    def _on_slow(self) -> None:
        self._start(self.buttons[1], self._slow_ms)

    @Slot()
    def _on_step(self) -> None:
        self.halt()
        self.moved.emit(False)
