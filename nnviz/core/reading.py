"""What a network is asked of a drawing, and what it answers: frozen, so that it may cross between threads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nnviz.core.ink import ALL_STEPS, MNIST, InkRecipe, InkSteps, Picture, Preparation, prepare_strokes
from nnviz.core.number import MOST_DIGITS, digit_groups, stroke_boxes
from nnviz.core.strokes import Drawing

if TYPE_CHECKING:
    from nnviz.core.rbm.memory import Memory


@dataclass(frozen=True, eq=False)
class Question:
    """A drawing and what is to be known of it.

    Attributes:
        strokes: Points of each stroke, (n, 2), in units of the canvas.
        picture: A picture in place of strokes, in grey, (H, W), 0 black to 1 white; or None.
        canvas: Width and height of the canvas.
        pen: Width of the pen, in units of the canvas.
        steps: Which steps of the preparation are done.
        several: Whether several digits side by side are read as a number.
        layers: Whether the outputs of every layer are wanted.
        stages: Whether the stages of the preparation are wanted.
        saliency: Whether it is wanted which pixels spoke for the answer.
    """

    strokes: tuple[NDArray[np.float64], ...] = ()
    picture: Picture | None = None
    canvas: tuple[float, float] = (400.0, 400.0)
    pen: float = 18.0
    steps: InkSteps = ALL_STEPS
    several: bool = True
    layers: bool = False
    stages: bool = False
    saliency: bool = False

    def is_of_same_drawing(self, other: Question) -> bool:
        """Whether both are about the very same strokes or picture, prepared in the same way."""
        alike = (self.canvas, self.pen, self.steps, self.several) == (
            other.canvas,
            other.pen,
            other.steps,
            other.several,
        )
        same = self.picture is other.picture and len(self.strokes) == len(other.strokes)
        return alike and same and all(a is b for a, b in zip(self.strokes, other.strokes, strict=True))


@dataclass(frozen=True)
class LayerOutput:
    """What one layer made of a drawing.

    Attributes:
        name: Name of its module: "conv2d_1".
        title: Its name for people.
        values: Its output, read-only, without the batch's axis: (C, H, W), (T, F) or (F,).
        picture: The output as `layer_picture` shows it.
    """

    name: str
    title: str
    values: NDArray[np.float32]
    picture: NDArray[np.uint8]


@dataclass(frozen=True)
class Answer:
    """What one network reads.

    Attributes:
        network: Its title.
        bundled: Whether it came with the application.
        steps: Number of steps that it was trained for.
        classes: Names of the classes.
        digits: Probabilities of the classes, read-only, one array for each digit from left to right; none if blank.
        layers: Outputs of its layers for the first digit, if they were asked for.
        saliency: Contribution of each pixel of the first digit to its class, (frame, frame): positive for, negative
            against; None if it was not asked for or the network has no gradient.
    """

    network: str
    bundled: bool
    steps: int
    classes: tuple[str, ...]
    digits: tuple[NDArray[np.float64], ...]
    layers: tuple[LayerOutput, ...] = ()
    saliency: NDArray[np.float32] | None = None

    @property
    def best(self) -> int:
        """Index of the first digit's most probable class."""
        return int(np.argmax(self.digits[0]))


@dataclass(frozen=True)
class Reading:
    """The answer to a question.

    Attributes:
        request: Number of the question.
        preparation: What the network was shown of the first digit.
        answers: What each network reads, the first one first; empty if there is nothing to be read.
        places: Middle of each digit on the canvas, from 0 at its left to 1 at its right; for strokes only.
        milliseconds: How long it took, for those who wonder.
        memory: What the run's RBMs make of it, if its network begins with them and the stages were asked for.
        complete: Whether all that was asked for is in it. The answer alone comes first, so that nobody waits for
            pictures to read it.
    """

    request: int
    preparation: Preparation
    answers: tuple[Answer, ...] = ()
    places: tuple[float, ...] = ()
    milliseconds: float = 0.0
    memory: Memory | None = None
    complete: bool = True


def preparations(question: Question, recipe: InkRecipe = MNIST) -> tuple[list[Preparation], list[Preparation]]:
    """The whole drawing as one digit, and its parts if it may be several: each a list, the second perhaps empty."""
    if question.picture is not None:
        # Pillow is loaded when the first picture comes.
        from nnviz.core.pictures import prepare_pictures

        return prepare_pictures(question.picture, recipe, question.steps, several=question.several)
    drawing = Drawing(question.strokes)
    whole = prepare_strokes(drawing, recipe, question.steps, canvas=question.canvas, pen=question.pen)
    groups = _groups(question)
    parts = [
        prepare_strokes(
            [question.strokes[i] for i in group], recipe, question.steps, canvas=question.canvas, pen=question.pen
        )
        for group in groups
    ]
    return [whole], parts


def places(question: Question) -> tuple[float, ...]:
    """Middle of each digit of several, as a share of the canvas's width."""
    boxes = stroke_boxes(question.strokes)
    return tuple(
        float((boxes[group, 0].min() + boxes[group, 2].max()) / 2 / question.canvas[0]) for group in _groups(question)
    )


def is_number(whole: NDArray[np.float64], parts: Sequence[NDArray[np.float64]]) -> bool:
    """Whether a drawing is rather several digits than one, by the probabilities that a network gives to either."""
    if not parts:
        return False
    return float(np.mean([part.max() for part in parts])) >= min(0.6, float(whole.max()))


def _groups(question: Question) -> list[list[int]]:
    if not question.several or len(question.strokes) < 2:
        return []
    groups = digit_groups(stroke_boxes(question.strokes), question.pen)
    return groups if 1 < len(groups) <= MOST_DIGITS else []
