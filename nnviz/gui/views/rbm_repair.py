"""Live view: damage a sample with the mouse, and watch the RBM of the run repair it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QSignalBlocker, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QMenu, QPushButton, QWidget

from nnviz.core.probes import ProbeContext
from nnviz.core.rbm.copied import CopiedMachine
from nnviz.core.rbm.repair import SAMPLES, Repair, Side, to_be_repaired
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.spin_box import SpinBox
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas_view import CanvasView, ControlRow
from nnviz.gui.views.chain_buttons import ChainButtons
from nnviz.gui.views.rbm_pictures import picture_shape, trains_rbms
from nnviz.gui.views.rbm_repair_canvas import RepairCanvas

FAST_MS, SLOW_MS = 80, 800
MOST_STEPS = 5_000
"""Steps after which a repair that runs stops by itself."""

LARGEST_BRUSH = 12


def _machine(context: ProbeContext) -> dict[str, NDArray[Any]]:
    return to_be_repaired(context)


@VIEWS.register
class RbmRepair(CanvasView):
    """A sample is damaged, and what the machine has learned of such samples puts it right again, or does not."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Repair"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "Damage a sample with the mouse (or arrow keys and Space). The machine fills in what is probable beside "
            "what is still whole: hidden units from all pixels, damaged pixels from the hidden units, again and again.",
        )
    )
    order = 48
    probe = staticmethod(_machine)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.pictures = RepairCanvas(theme)
        super().__init__(theme, self.pictures, parent)
        self._project: Project | None = None
        self._samples: NDArray[Any] | None = None
        self.pictures.brushed.connect(self._on_brushed)
        self._make_movement()
        self._second = ControlRow(self.tr("Damage"))
        self._second.title.setProperty("kind", "caption")
        self._layout.insertWidget(1, self._second)
        self._make_damage()
        self._make_ways()
        RbmRepair.set_theme(self, theme)

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only where RBMs learn."""
        return trains_rbms(project)

    @property
    def repair(self) -> Repair | None:
        """The sample and its repair; None before anything was seen."""
        return self.pictures.repair

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run."""
        self._chain.halt()
        self._project = project
        self._samples = None
        self.pictures.clear()
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Go on with the newest weights."""
        if not snapshot.arrays:
            return
        machine, samples = CopiedMachine.from_arrays(snapshot.arrays), snapshot.arrays["samples"]
        self._samples = samples
        with QSignalBlocker(self._sample):
            self._sample.setRange(1, len(samples))
        repair = self.repair
        if repair is None:
            repair = Repair(machine, samples[self._sample.value() - 1])
        else:
            repair.take(machine)
        self.pictures.sample = self._sample.value()
        self.pictures.show_repair(repair, picture_shape(samples.shape[1], self._project), samples)
        super().show_snapshot(snapshot)

    def follow_sample(self, sample: int) -> None:
        """Repair this sample, if it is among the first."""
        if 0 <= sample < self._sample.maximum():
            self._sample.setValue(sample + 1)

    def table(self) -> list[Sequence[object]]:
        """Energies, and how far the damaged pixels are from the original, for each step."""
        rows: list[Sequence[object]] = [("step", "energy", "free energy", "mean absolute error of damaged pixels")]
        if self.repair is not None:
            rows += [(i, found.energy, found.free, found.wrong) for i, found in enumerate(self.repair.course)]
        return rows

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        if hasattr(self, "_second"):
            self._second.row.setContentsMargins(0, 0, 0, 0)
            self._second.row.setSpacing(theme.space)

    def hideEvent(self, event: QHideEvent) -> None:
        # A hidden view costs nothing.
        self._chain.halt()
        super().hideEvent(event)

    def _make_movement(self) -> None:
        self._sample = SpinBox()
        self._sample.setObjectName("repair_sample")
        self._sample.setAccessibleName(self.tr("Sample"))
        self._sample.setPrefix(self.tr("Sample "))
        self._sample.setToolTip(self.tr("Which sample is damaged."))
        self._sample.setRange(1, SAMPLES)
        self._sample.valueChanged.connect(self._on_sample_changed)
        self.add_control(self._sample)
        self._chain = ChainButtons(
            "repair",
            (self.tr("Run"), self.tr("Slow"), self.tr("Step"), self.tr("Restart")),
            (
                self.tr("A step of the repair twelve times a second."),
                self.tr("A step of the repair at a time."),
                self.tr("One step: to the hidden units and back."),
                self.tr("Back to the damaged sample."),
            ),
            fast_ms=FAST_MS,
            slow_ms=SLOW_MS,
            parent=self,
        )
        self._chain.moved.connect(self._move)
        self._chain.restarted.connect(self._on_again)
        for button in self._chain.buttons:
            self.add_control(button)

    def _make_damage(self) -> None:
        self._kind = QComboBox()
        self._kind.setObjectName("repair_brush")
        self._kind.setAccessibleName(self.tr("Brush"))
        self._kind.setToolTip(self.tr("What the brush leaves: paper, or noise."))
        self._kind.addItem(self.tr("Erase"), "erase")
        self._kind.addItem(self.tr("Noise"), "noise")
        self._size = SpinBox()
        self._size.setObjectName("repair_size")
        self._size.setAccessibleName(self.tr("Size of the brush"))
        self._size.setPrefix(self.tr("Brush "))
        self._size.setSuffix(self.tr(" px"))
        self._size.setToolTip(self.tr("Diameter of the brush, in pixels of the picture."))
        self._size.setRange(1, LARGEST_BRUSH)
        self._size.setValue(self.pictures.size_of_brush)
        self._size.valueChanged.connect(self._on_size_changed)
        self._cover = QPushButton(self.tr("Cover half"))
        self._cover.setObjectName("repair_cover")
        self._cover.setAccessibleName(self._cover.text())
        self._cover.setToolTip(self.tr("Erase one half of the picture."))
        menu = QMenu(self._cover)
        for side, text in (
            ("left", self.tr("Left half")),
            ("right", self.tr("Right half")),
            ("top", self.tr("Upper half")),
            ("bottom", self.tr("Lower half")),
        ):
            action = menu.addAction(text)
            action.setObjectName(f"repair_cover_{side}")
            action.setData(side)
        menu.triggered.connect(self._on_covered)
        self._cover.setMenu(menu)
        self._whole = QPushButton(self.tr("Whole again"))
        self._whole.setObjectName("repair_whole")
        self._whole.setAccessibleName(self._whole.text())
        self._whole.setToolTip(self.tr("Take all damage back."))
        self._whole.clicked.connect(self._on_whole)
        for control in (self._kind, self._size, self._cover, self._whole):
            self._second.add(control)

    def _make_ways(self) -> None:
        self._way = QComboBox()
        self._way.setObjectName("repair_way")
        self._way.setAccessibleName(self.tr("Way of repairing"))
        self._way.setToolTip(
            self.tr("Whether units take their probabilities as values (mean field), or are drawn (a Gibbs chain).")
        )
        self._way.addItem(self.tr("Mean field"), False)
        self._way.addItem(self.tr("Stochastic"), True)
        self._way.currentIndexChanged.connect(self._on_way_changed)
        self._hold = QCheckBox(self.tr("Clamp whole pixels"))
        self._hold.setObjectName("repair_clamp")
        self._hold.setAccessibleName(self._hold.text())
        self._hold.setToolTip(
            self.tr("Hold undamaged pixels at the data; else all change, and the machine drifts to what it likes best.")
        )
        self._hold.setChecked(True)
        self._second.add(self._way)
        self._second.add(self._hold)

    @Slot()
    def _move(self) -> None:
        if self.repair is None:
            return
        if self.repair.steps >= MOST_STEPS:
            self._chain.halt()
            return
        self.repair.step(stochastic=bool(self._way.currentData()), hold=self._hold.isChecked())
        self.pictures.update()

    @Slot()
    def _on_again(self) -> None:
        if self.repair is not None:
            self.repair.restart()
            self.pictures.update()

    @Slot(int)
    def _on_sample_changed(self, number: int) -> None:
        self.pictures.sample = number
        if self.repair is not None and self._samples is not None:
            self.repair.choose(self._samples[number - 1])
            self.pictures.update()

    @Slot(int)
    def _on_size_changed(self, size: int) -> None:
        self.pictures.size_of_brush = size
        self.pictures.update()

    @Slot(object)
    def _on_brushed(self, units: NDArray[Any]) -> None:
        if self.repair is not None:
            self.repair.damage(units, self._kind.currentData())
            self.pictures.update()

    @Slot(object)
    def _on_covered(self, action: Any) -> None:
        if self.repair is not None:
            side: Side = action.data()
            self.repair.cover(side, *picture_shape(len(self.repair.mask), self._project))
            self.pictures.update()

    @Slot()
    def _on_whole(self) -> None:
        if self.repair is not None:
            self.repair.heal()
            self.pictures.update()

    @Slot()
    def _on_way_changed(self) -> None:
        self.pictures.stochastic = bool(self._way.currentData())
        self.pictures.update()
