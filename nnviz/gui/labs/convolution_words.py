"""What the convolution lab says: what it is, what can be done, what the last step was, and each size's formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from nnviz.core.labs.convolution.route import Spot
from nnviz.core.labs.convolution.stage import Stage, reach
from nnviz.gui.labs.numbers import MINUS, short, signed

if TYPE_CHECKING:
    from nnviz.gui.labs.convolution import ConvolutionLab

_TIMES = "\N{MIDDLE DOT}"


def conv_size(side: int, stage: Stage) -> str:
    """The side of the feature map, by its formula with the numbers in it."""
    recipe = stage.recipe
    k, s, p, d = len(recipe.kernel), recipe.stride, recipe.padding, recipe.dilation
    result = (side + 2 * p - d * (k - 1) - 1) // s + 1
    inner = f"{side} + 2{_TIMES}{p} {MINUS} {d}{_TIMES}({k} {MINUS} 1) {MINUS} 1"
    return f"floor(({inner}) / {s}) + 1 = {signed(result, 0)}"


def pool_size(side: int, stage: Stage) -> str:
    """The side of the pooled map, by its formula with the numbers in it."""
    window, s = stage.recipe.window, stage.recipe.pooling_stride
    return f"floor(({side} {MINUS} {window}) / {s}) + 1 = {signed((side - window) // s + 1, 0)}"


def size_text(shape: tuple[int, ...]) -> str:
    """A size as it stands beside a map: 8 × 8."""
    return f"{shape[0]} \N{MULTIPLICATION SIGN} {shape[1]}"


class ConvolutionWords(QObject):
    """The texts of the lab."""

    def __init__(self, lab: ConvolutionLab) -> None:
        super().__init__(lab)
        self._lab = lab

    def what(self) -> str:
        """The three operations."""
        return self.tr(
            "A small <b>kernel</b> of weights slides over the image. At each place every weight is multiplied with "
            "the pixel under it; the sum of the products plus a <b>bias</b> is one cell of the <b>feature map</b>: "
            "large where the image looks like the kernel. The same few weights serve the whole image. Networks "
            "learn them: the kernels learned 1 to 8 are of the network that reads your drawings. <b>Padding</b> is "
            "a border of zeros (dashed), <b>stride</b> how far the kernel goes on, <b>dilation</b> how far apart "
            "the pixels are that it looks at. A side of n becomes floor((n + 2p - d(k - 1) - 1) / s) + "
            "1.<br><b>ReLU</b> makes what is below 0 a 0. <b>Pooling</b> keeps one number of each window: the "
            "largest (max), the mean (average) or the root of the sum of squares (L2 norm). The map shrinks, and a "
            "pattern that moves a little changes little.<br>Orange is below 0, blue above; a stage has one scale. "
            "Pale cells are still to be computed."
        )

    def todo(self) -> str:
        """Draw, edit, point, step."""
        settings = self.tr("<b>Choose</b> image, kernel, stride, padding, dilation and pooling in the settings below.")
        rest = self.tr(
            "<b>Draw</b> on the image (starting on ink, you erase; right button: always erase), or drop a picture "
            "on it. <b>Click</b> a weight or the bias and type, or <b>drag</b> it up or down, or turn the wheel; "
            "with keys: up, down, +, -, Enter. <b>Point</b> at any cell to see its arithmetic, click to go there. "
            "<b>Step</b> or <b>run</b> by cells, rows, maps or stages. If there is a second stage, the tabs above "
            "the picture (keys 1 and 2) lead from one to the other.<br><b>Try this:</b> which kernel leaves an even "
            "surface at 0, and which keeps it? What must the padding be so that a 5 x 5 kernel keeps the size? Draw "
            "a line, then the same one pixel further: what does max pooling make of both?"
        )
        return f"{settings} {rest}"

    def weight_set(self, row: int, column: int, value: float) -> str:
        """A weight was set by hand."""
        stage = self._lab.stage
        text = self.tr("You set the weight in row {0}, column {1} to <b>{2}</b>.").format(
            row + 1, column + 1, short(value)
        )
        if stage.convolved is None:
            return text
        seen = self.tr("The feature map goes from {0} to {1} now.")
        return f"{text} {seen.format(signed(float(stage.convolved.min())), signed(float(stage.convolved.max())))}"

    def problem(self, stage: Stage) -> str:
        """Why a stage cannot be computed to its end, and what to do; empty if it can."""
        recipe = stage.recipe
        if stage.convolved is None:
            span, side = reach(len(recipe.kernel), recipe.dilation), min(stage.padded.shape)
            return self.tr(
                "The kernel does not fit: it spans {0} pixels, and the padded image has {1}. More padding, or a "
                "smaller kernel or dilation, helps."
            ).format(span, side)
        if stage.pooled is None:
            return self.tr("The window of {0} × {0} is larger than the map of {1}. Make it smaller.").format(
                recipe.window, size_text(stage.convolved.shape)
            )
        return ""

    def last_step(self) -> str:
        """What the last step has made."""
        lab = self._lab
        spot = lab.route.spot(lab.step)
        if spot is None:
            stage = lab.stages[0]
            problem = self.problem(stage)
            if problem and stage.convolved is None:
                return problem
            return self.tr(
                "Nothing is computed yet. The kernel lies on its first place; step, and its {0} products become the "
                "first cell. The feature map will have {1} rows."
            ).format(stage.recipe.kernel.size, conv_size(stage.x.shape[0], stage))
        return self._of_spot(spot)

    def _of_spot(self, spot: Spot) -> str:
        stage, part = self._lab.stages[spot.part.stage], spot.part
        terms = stage.terms(part.operation, spot.row, spot.column)
        recipe = stage.recipe
        value, total, count = f"<b>{signed(terms.value)}</b>", signed(terms.total), terms.inputs.size
        row, column = spot.row + 1, spot.column + 1
        if part.operation == "ReLU":
            assert stage.convolved is not None
            below = int((stage.convolved < 0).sum())
            text = self.tr("ReLU: <b>{0}</b> of {1} cells were below 0 and are 0 now; the others stay as they are.")
            text = text.format(below, stage.convolved.size)
        elif part.operation == "convolution":
            text = self.tr(
                "Row {0}, column {1} of the feature map: the {2} products add up to {3}, plus bias {4}: {5}."
            )
            text = text.format(row, column, count, total, signed(recipe.bias), value)
        else:
            text = {
                "max": self.tr("Row {0}, column {1} of the pooled map: the largest of {2} numbers is {4}."),
                "average": self.tr(
                    "Row {0}, column {1} of the pooled map: {2} numbers add up to {3}; the mean is {4}."
                ),
                "L2 norm": self.tr(
                    "Row {0}, column {1} of the pooled map: {2} squares add up to {3}; the square root is {4}."
                ),
            }[recipe.pooling].format(row, column, count, total, value)
        if (spot.row + 1, spot.column + 1) != (part.rows, part.columns):
            return text
        if part.operation != "ReLU":
            done = self.tr("The map is complete, {0}.").format(size_text((part.rows, part.columns)))
            text = f"{text} {done}"
        problem = self.problem(stage) if part is self._lab.route.parts[-1] else ""
        return f"{text} {problem}".strip()

    def position(self) -> str:
        """Stage, map and cell of the last step."""
        lab = self._lab
        spot = lab.route.spot(lab.step)
        if spot is None:
            return self.tr("Before the first cell")
        name = self.operation_name(spot.part.operation)
        if spot.part.operation != "ReLU":
            name = self.tr("{0} {1}, {2}").format(name, spot.row + 1, spot.column + 1)
        if len(lab.stages) > 1:
            name = self.tr("Stage {0}: {1}").format(spot.part.stage + 1, name)
        return name

    def operation_name(self, operation: str) -> str:
        """Convolution, ReLU or pooling."""
        return {"convolution": self.tr("Convolution"), "ReLU": "ReLU", "pooling": self.tr("Pooling")}[operation]

    def sizes(self, stage: Stage) -> tuple[str, str]:
        """How the sizes of feature map and pooled map come about, one line each."""
        height, width = stage.x.shape
        convolved = self.tr("Feature map: {0}").format(conv_size(height, stage))
        if stage.convolved is None:
            return convolved, ""
        rows, columns = stage.convolved.shape
        pooled = self.tr("Pooling: {0}").format(pool_size(rows, stage))
        if height != width:
            convolved = self.tr("{0} rows; {1} columns").format(convolved, columns)
            if stage.pooled is not None:
                pooled = self.tr("{0} rows; {1} columns").format(pooled, stage.pooled.shape[1])
        return convolved, pooled
