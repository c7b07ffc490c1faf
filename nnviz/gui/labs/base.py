"""What every lab is, and the registry that finds them.

A lab is one file in this folder: its settings (a frozen spec), its picture (a canvas), its steps and its words. The
frame around it (back, transport, settings, saving, projector) is the same for all and belongs to `page.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from nnviz.core.labs.state import LabState, LabStateError
from nnviz.core.registry import Registry
from nnviz.core.spec import Spec, SpecError
from nnviz.gui.style.theme import Theme


@dataclass(frozen=True, kw_only=True)
class NoSettings(Spec):
    """The settings of a lab that has none."""


@dataclass(frozen=True)
class Stride:
    """How far one step goes: one multiplication, one neuron, one layer ...

    Attributes:
        name: What the code and the file call it.
        english: What people call it, in English, marked with QT_TRANSLATE_NOOP("Lab", ...).
    """

    name: str
    english: str

    @property
    def title(self) -> str:
        """The name in the user's language."""
        return QCoreApplication.translate("Lab", self.english)


STEP = Stride("step", "step")


class Lab(QWidget):
    """One lesson: a picture that is touched, steps that are made, and three texts that explain it.

    A subclass builds its picture in the constructor (in well under 100 ms: what takes longer is handed to
    `nnviz.gui.background.Background`), and overrides what it needs of the methods below.

    Attributes:
        name: Registry name; also its objectName.
        title: Heading, in English; translated by `heading()`.
        learns: What one learns from it, in one line, in English.
        order: Place in the gallery, small ones first.
        settings_type: The spec of what can be set; sliders and boxes are made from its fields.
        strides: How far one step can go; empty if nothing moves by itself.
        speed: Steps per second while it runs, before anybody moves the slider.
        uses_seed: Whether another seed gives another beginning.
        settings: The settings now.
        seed: Where the random numbers begin.
        step: Number of steps that were made.
        paint_s: Seconds that the last frame took.

    Signals:
        told: Texts, step or possible moves have changed: the frame reads them again.
        about_to_edit: Somebody begins to change something by hand; the frame keeps the state of now for undo.
        settings_wanted(Spec): The lab itself wants other settings, for example after a drag.
    """

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    learns: ClassVar[str] = ""
    order: ClassVar[int] = 100
    settings_type: ClassVar[type[Spec]] = NoSettings
    strides: ClassVar[tuple[Stride, ...]] = ()
    speed: ClassVar[float] = 4.0
    uses_seed: ClassVar[bool] = False
    paint_s: float = 0.0

    told = Signal()
    about_to_edit = Signal()
    settings_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.settings: Any = self.settings_type()
        self.seed = 0
        self.step = 0
        self.setObjectName(self.name)
        self.setAccessibleName(self.heading())

    # What people read

    @classmethod
    def heading(cls) -> str:
        """The title in the user's language."""
        return QCoreApplication.translate("Lab", cls.title)

    @classmethod
    def lesson(cls) -> str:
        """What one learns, in the user's language."""
        return QCoreApplication.translate("Lab", cls.learns)

    @classmethod
    def paint_sketch(cls, painter: QPainter, box: QRectF, theme: Theme) -> None:
        """Paint the small picture of the gallery into `box`."""
        raise NotImplementedError

    def what(self) -> str:
        """What is this? A paragraph of rich text; it may depend on the settings."""
        raise NotImplementedError

    def todo(self) -> str:
        """What can I do? A paragraph of rich text that names what can be dragged, pressed and typed."""
        raise NotImplementedError

    def happened(self) -> str:
        """What just happened? One to three sentences with the numbers of the last step or edit in them."""
        raise NotImplementedError

    def position(self) -> str:
        """Where it stands, for the transport: "Step 12"."""
        return self.tr("Step {0}").format(self.step)

    # What moves

    def advance(self, stride: str) -> bool:
        """Make one step; returns False, and changes nothing, if there is none to make."""
        return False

    def pieces(self, stride: str) -> tuple[str, int]:
        """What a stride is made of while the lab runs: the name of a shorter one, and how many of it.

        A stride that takes longer than a frame may is spread over several.
        """
        return stride, 1

    def retreat(self, stride: str) -> bool:
        """Take one step back exactly; returns False, and changes nothing, at the beginning."""
        return False

    def restart(self) -> None:
        """Go back to the beginning with the same settings and seed."""
        self.step = 0

    def can_advance(self) -> bool:
        """Whether there is a step to make."""
        return True

    def can_retreat(self) -> bool:
        """Whether there is a step to take back."""
        return self.step > 0

    def show_between(self, share: float) -> None:
        """Paint the time between two steps while it runs, from 0 (just stepped) to 1; for what glides."""

    # What is set

    def apply(self, settings: Any) -> None:
        """Take other settings. The default begins again with them."""
        self.settings = settings
        self.restart()

    def set_seed(self, seed: int) -> None:
        """Begin again with other random numbers."""
        self.seed = seed
        self.restart()

    def content(self) -> dict[str, Any]:
        """What else belongs to the state, as JSON; see `take_content()`."""
        return {}

    def take_content(self, content: Mapping[str, Any], step: int) -> None:
        """Stand where `content()` was written; settings and seed are set already, and `restart()` was called.

        The default makes the steps again.

        Raises:
            LabStateError: If it does not fit; the frame then puts back what was there before.
        """
        stride = self.strides[0].name if self.strides else ""
        while self.step < step and self.advance(stride):
            pass

    def state(self) -> LabState:
        """Everything that is needed to stand here again."""
        return LabState(self.name, self.settings.to_json(), self.seed, self.step, self.content())

    def take_state(self, state: LabState) -> None:
        """Stand where `state()` was taken.

        Raises:
            LabStateError: If the state is of another lab or does not fit; nothing has changed then.
        """
        if state.lab != self.name:
            raise LabStateError(f"The file is for the lab {state.lab!r}, not for {self.name!r}.")
        try:
            settings = self.settings_type.from_json(state.settings)
        except (SpecError, KeyError) as error:
            raise LabStateError(f"The file does not fit this lab: {error}") from error
        before = self.state()
        try:
            self._stand(settings, state.seed, state.content, state.step)
        except LabStateError:
            self._stand(self.settings_type.from_json(before.settings), before.seed, before.content, before.step)
            raise

    def _stand(self, settings: Spec, seed: int, content: Mapping[str, Any], step: int) -> None:
        self.seed = seed
        self.apply(settings)
        self.restart()
        self.take_content(content, step)

    # What is seen

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self.theme = theme

    def left(self) -> None:
        """Called when the lab is not seen any more: what runs in the background ends here."""


LABS: Registry[type[Lab]] = Registry("lab", "nnviz.gui.labs")
