"""Lab: convolution. An image, a kernel that slides over it, ReLU and pooling, cell by cell; two stages if wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.core.errors import NnvizError
from nnviz.core.labs.convolution import images, kernels
from nnviz.core.labs.convolution.images import IMAGES, drawn, make_image, read_picture
from nnviz.core.labs.convolution.kernels import PRESETS, resized
from nnviz.core.labs.convolution.route import CELL, MAP, ROW, STAGE, Route
from nnviz.core.labs.convolution.stage import (
    MOST_DILATION,
    MOST_PADDING,
    MOST_STRIDE,
    MOST_WINDOW,
    POOLINGS,
    Array,
    Operation,
    Recipe,
    Stage,
)
from nnviz.core.labs.state import LabStateError, numbers
from nnviz.core.spec import Spec, param
from nnviz.gui.background import Background
from nnviz.gui.labs.base import LABS, Lab, Stride
from nnviz.gui.labs.convolution_canvas import ConvolutionCanvas
from nnviz.gui.labs.convolution_words import ConvolutionWords
from nnviz.gui.labs.numbers import short
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

OWN = "my own"
REACH = 10.0
"""Weights and biases go from -REACH to REACH."""

_IMAGES = (*IMAGES, OWN)
_KERNELS = (*PRESETS, OWN)
_TWO = ("second_stage", (True,))


@dataclass(frozen=True, kw_only=True)
class ConvolutionSettings(Spec):
    """What can be set in the lab on convolution."""

    title = "Convolution lab"

    image: str = param("digit 7", "What the kernel slides over.", choices=_IMAGES)
    kernel: str = param("edges, vertical", "What the image is compared with at every place.", choices=_KERNELS)
    kernel_size: int = param(3, "Side of the kernel: k.", ge=1, le=kernels.MOST_SIDE, unit="pixels")
    stride: int = param(1, "How far the kernel goes on at a time: s.", ge=1, le=MOST_STRIDE, unit="pixels")
    padding: int = param(1, "Width of the border of zeros: p.", ge=0, le=MOST_PADDING, unit="pixels")
    dilation: int = param(
        1, "How far apart the pixels are that the kernel looks at: d.", ge=1, le=MOST_DILATION, unit="pixels"
    )
    pooling: str = param("max", "What is kept of each window.", choices=POOLINGS)
    window: int = param(2, "Side of the window of the pooling.", ge=1, le=MOST_WINDOW, unit="cells")
    pooling_stride: int = param(
        2, "How far the window of the pooling goes on at a time.", ge=1, le=MOST_STRIDE, unit="cells"
    )
    second_stage: bool = param(False, "Whether the pooled map goes through a second kernel, ReLU and pooling.")
    second_kernel: str = param(
        "edges, horizontal", "What the pooled map is compared with.", choices=_KERNELS, only_if=_TWO
    )
    second_kernel_size: int = param(
        3, "Side of the second kernel.", ge=1, le=kernels.MOST_SIDE, unit="cells", only_if=_TWO
    )
    second_stride: int = param(
        1, "How far the second kernel goes on at a time.", ge=1, le=MOST_STRIDE, unit="cells", only_if=_TWO
    )
    second_padding: int = param(
        1, "Width of the second border of zeros.", ge=0, le=MOST_PADDING, unit="cells", only_if=_TWO
    )
    second_dilation: int = param(
        1, "How far apart the cells are that the second kernel looks at.", ge=1, le=MOST_DILATION, unit="cells",
        only_if=_TWO,
    )  # fmt: skip
    second_pooling: str = param(
        "max", "What is kept of each window in the second stage.", choices=POOLINGS, only_if=_TWO
    )
    second_window: int = param(
        2, "Side of the second window of pooling.", ge=1, le=MOST_WINDOW, unit="cells", only_if=_TWO
    )
    second_pooling_stride: int = param(
        2, "How far the second window goes on at a time.", ge=1, le=MOST_STRIDE, unit="cells", only_if=_TWO
    )

    def of(self, stage: int, name: str) -> Any:
        """A value of a stage, from 0: `of(1, "stride")` is `second_stride`."""
        return getattr(self, name_of(stage, name))


def name_of(stage: int, name: str) -> str:
    """What a field is called in a stage, from 0."""
    return f"second_{name}" if stage else name


@LABS.register
class ConvolutionLab(Lab):
    """Convolution, ReLU and pooling of one channel, with every product in view."""

    title = str(QT_TRANSLATE_NOOP("Lab", "Convolution and pooling"))
    learns = str(
        QT_TRANSLATE_NOOP(
            "Lab", "How a kernel slides over an image, what stride, padding and dilation do, and what pooling keeps."
        )
    )
    order = 60
    settings_type = ConvolutionSettings
    strides: ClassVar[tuple[Stride, ...]] = (
        Stride(CELL, str(QT_TRANSLATE_NOOP("Lab", "one cell"))),
        Stride(ROW, str(QT_TRANSLATE_NOOP("Lab", "one row"))),
        Stride(MAP, str(QT_TRANSLATE_NOOP("Lab", "one map"))),
        Stride(STAGE, str(QT_TRANSLATE_NOOP("Lab", "one stage"))),
    )
    speed = 4.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.image: Array = make_image(self.settings.image)
        self.kernels: list[Array] = [
            PRESETS[name].make(3) for name in (self.settings.kernel, self.settings.second_kernel)
        ]
        self.biases = [0.0, 0.0]
        self.shown = 0
        self.between = 0.0
        self.version = 0
        self.stages: list[Stage] = []
        self.route = Route(())
        self._note = ""
        self._words = ConvolutionWords(self)
        self._background = Background()
        self._background.done.connect(self._on_picture_read)
        self._background.failed.connect(self._on_picture_failed)
        self._compute()
        self.canvas = ConvolutionCanvas(self, theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self.canvas.edit_began.connect(self.about_to_edit)

    # The numbers

    @property
    def stage(self) -> Stage:
        """The stage that is shown."""
        return self.stages[self.shown]

    def recipe(self, stage: int) -> Recipe:
        """What a stage does, as it is set."""
        of = partial(self.settings.of, stage)
        return Recipe(
            self.kernels[stage],
            self.biases[stage],
            of("stride"),
            of("padding"),
            of("dilation"),
            of("pooling"),
            of("window"),
            of("pooling_stride"),
        )

    def _compute(self) -> None:
        """Everything from the image on; the walk stays where it was if every map has its shape still."""
        before = self.route
        self.stages = [Stage(self.image, self.recipe(0))]
        if self.settings.second_stage and self.stages[0].pooled is not None:
            self.stages.append(Stage(self.stages[0].pooled, self.recipe(1)))
        self.route = Route(self.stages)
        self.version += 1
        if before.parts != self.route.parts:
            # What was seen whole is seen whole again.
            self.step = self.route.total if before.total and self.step == before.total else 0
        self.shown = min(self.shown, len(self.stages) - 1)

    def _show(self) -> None:
        self.between = 0.0
        self.canvas.show_lab()

    # Moving

    def _go(self, step: int) -> None:
        self.step = step
        spot = self.route.spot(step)
        self.shown = spot.part.stage if spot is not None else 0
        self._note = ""
        self._show()

    def advance(self, stride: str) -> bool:
        """One cell, one row, one map or one stage further."""
        after = self.route.after(self.step, stride)
        if after == self.step:
            return False
        self._go(after)
        return True

    def retreat(self, stride: str) -> bool:
        """Back to the stop before."""
        if not self.step:
            return False
        self._go(self.route.before(self.step, stride))
        return True

    def can_advance(self) -> bool:
        """Until the last pooled cell."""
        return self.step < self.route.total

    def restart(self) -> None:
        """Before the first product; image and kernels stay."""
        self._go(0)

    def show_between(self, share: float) -> None:
        """The kernel glides to its next place."""
        self.between = share
        self.canvas.update()

    def go_to(self, operation: Operation, row: int, column: int) -> None:
        """Make all steps up to a cell of the stage that is shown, or take those behind it back."""
        self._go(self.route.step_of(self.shown, operation, row, column))
        self.told.emit()

    def show_stage(self, stage: int) -> None:
        """Look at another stage, from 0; the walk stays where it is."""
        if 0 <= stage < len(self.stages):
            self.shown = stage
            self._show()
            self.told.emit()

    # Changing by hand

    def set_weight(self, row: int, column: int, value: float) -> None:
        """Set a weight of the kernel that is shown."""
        kernel = self.kernels[self.shown].copy()
        kernel[row, column] = _bounded(value)
        self.kernels[self.shown] = kernel
        self._edited(name_of(self.shown, "kernel"))
        self._note = self._words.weight_set(row, column, float(kernel[row, column]))
        self.told.emit()

    def set_bias(self, value: float) -> None:
        """Set what is added to every sum of the stage that is shown."""
        self.biases[self.shown] = _bounded(value)
        self._edited()
        self._note = self.tr("You set the bias to <b>{0}</b>: every cell of the feature map moved by as much.").format(
            short(self.biases[self.shown])
        )
        self.told.emit()

    def draw(self, start: tuple[float, float], end: tuple[float, float], *, erase: bool) -> None:
        """Draw on the image, or erase, from one place to another: x and y in pixels."""
        self.image = drawn(self.image, start, end, erase=erase)
        self._edited("image")
        self._note = self.tr("You drew on the image: every cell whose window sees the stroke has changed.")
        self.told.emit()

    def clear_image(self) -> None:
        """Take all ink off the image, to draw on it."""
        self.image = np.zeros_like(self.image)
        self._edited("image")
        self._note = self.tr("The image is empty: draw on it with the mouse.")
        self.told.emit()

    def open_picture(self, path: Path) -> None:
        """Let the kernel slide over a picture; it is read in the background."""
        self._background.start(path.name, partial(read_picture, path))

    @Slot(str)
    def open_file(self, name: str) -> None:
        """The same for the name of a file."""
        self.open_picture(Path(name))

    @Slot(str, object)
    def _on_picture_read(self, name: str, image: Array) -> None:
        self.about_to_edit.emit()
        self.image = image
        self._edited("image")
        rows, columns = image.shape
        self._note = self.tr("{0} is an image of {1} × {2} now: 0 is black, 1 is white.").format(name, rows, columns)
        self.told.emit()

    @Slot(str, object)
    def _on_picture_failed(self, name: str, failure: Any) -> None:
        self._note = f"<b>{failure.sentence}</b>"
        self.told.emit()

    def _edited(self, field: str = "") -> None:
        """Compute again; the field whose choice does not hold any more says that it is one's own."""
        self._compute()
        if field and getattr(self.settings, field) != OWN:
            self.settings = self.settings.replace(**{field: OWN})
            self.settings_wanted.emit(self.settings)
        self._show()

    # What is set

    def apply(self, settings: Any) -> None:
        """Take other settings; image and kernels that were made by hand stay until others are chosen."""
        before, self.settings = self.settings, settings
        self._note = ""
        if settings.image not in (OWN, before.image):
            self.image = make_image(settings.image)
        for stage in (0, 1):
            try:
                self._take_kernel(stage, before)
            except NnvizError as error:
                self._note = f"<b>{error}</b>"
                self.settings = before
        self._compute()
        self._show()

    def _take_kernel(self, stage: int, before: ConvolutionSettings) -> None:
        name, side = self.settings.of(stage, "kernel"), self.settings.of(stage, "kernel_size")
        if name == OWN:
            self.kernels[stage] = resized(self.kernels[stage], side)
            return
        sides = PRESETS[name].sizes
        if side in sides:
            self.kernels[stage] = PRESETS[name].make(side)
        elif name != before.of(stage, "kernel"):
            self.kernels[stage] = PRESETS[name].make(sides[0])
            self.settings = self.settings.replace(**{name_of(stage, "kernel_size"): sides[0]})
        else:
            self.kernels[stage] = resized(self.kernels[stage], side)
            self.settings = self.settings.replace(**{name_of(stage, "kernel"): OWN})

    def content(self) -> dict[str, Any]:
        """Biases, and the image and kernels that were made by hand."""
        content: dict[str, Any] = {"biases": list(self.biases)}
        if self.settings.image == OWN:
            content["image"] = self.image.tolist()
        for stage in (0, 1):
            name = name_of(stage, "kernel")
            if getattr(self.settings, name) == OWN:
                content[name] = self.kernels[stage].tolist()
        return content

    def take_content(self, content: Mapping[str, Any], step: int) -> None:
        """Stand where `content()` was written."""
        biases = numbers(content, "biases", (2,), limit=REACH) or [0.0, 0.0]
        made = list(self.kernels)
        for stage in (0, 1):
            name, side = name_of(stage, "kernel"), self.settings.of(stage, "kernel_size")
            if getattr(self.settings, name) == OWN:
                kernel = numbers(content, name, (side, side), limit=REACH)
                if kernel is None:
                    raise LabStateError(f"The file is damaged: it lacks the {name.replace('_', ' ')} made by hand.")
                made[stage] = np.array(kernel)
        if self.settings.image == OWN:
            self.image = _image_of(content)
        self.biases, self.kernels = biases, made
        self._compute()
        self._go(min(step, self.route.total))

    # Words

    def what(self) -> str:
        """Convolution, ReLU and pooling, and how large each map is."""
        return self._words.what()

    def todo(self) -> str:
        """Draw, edit, point, step; and what to try."""
        return self._words.todo()

    def happened(self) -> str:
        """The last edit, else the last step."""
        return self._note or self._words.last_step()

    def position(self) -> str:
        """Stage, map and cell."""
        return self._words.position()

    def problem(self, stage: Stage) -> str:
        """Why a stage cannot be computed to its end; empty if it can."""
        return self._words.problem(stage)

    def sizes(self, stage: Stage) -> tuple[str, str]:
        """How the sizes of its maps come about, one line each."""
        return self._words.sizes(stage)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        self.canvas.set_theme(theme)

    @classmethod
    def paint_sketch(cls, painter: QPainter, box: QRectF, theme: Theme) -> None:
        """A digit, and its vertical edges."""
        image = make_image("digit 7")
        edges = Stage(image, Recipe(PRESETS["edges, vertical"].make(3), padding=1)).convolved
        assert edges is not None
        side = min((box.width() - 24) / 2, box.height() - 4)
        top = box.center().y() - side / 2
        for left, values, limit in (
            (box.center().x() - side - 10, image, 1.0),
            (box.center().x() + 10, edges, float(np.abs(edges).max())),
        ):
            cell = side / 8
            painter.setPen(Qt.PenStyle.NoPen)
            for row, column in np.ndindex(values.shape):
                painter.setBrush(colours.diverging_colour(theme, float(values[row, column]), limit))
                painter.drawRect(QRectF(left + column * cell, top + row * cell, cell + 0.5, cell + 0.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent"), 2))
        cell = side / 8
        painter.drawRect(QRectF(box.center().x() - side - 10 + 3 * cell, top + 2 * cell, 3 * cell, 3 * cell))
        painter.drawRect(QRectF(box.center().x() + 10 + 4 * cell, top + 3 * cell, cell, cell))


def _bounded(value: float) -> float:
    return round(min(REACH, max(-REACH, value)), 4)


def _image_of(content: Mapping[str, Any]) -> Array:
    rows = content.get("image")
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], list) or not rows[0]:
        raise LabStateError("The file is damaged: it lacks the image made by hand.")
    shape = (len(rows), len(rows[0]))
    if max(shape) > images.LARGEST_SIDE:
        raise LabStateError(f"The file is damaged: an image has at most {images.LARGEST_SIDE} pixels a side.")
    image = np.array(numbers(content, "image", shape, limit=1.0))
    if image.min() < 0:
        raise LabStateError("The file is damaged: pixels go from 0 to 1.")
    return image
