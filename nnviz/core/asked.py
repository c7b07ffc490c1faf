"""A network that drawings are asked of: its copy of the weights, its answers, its layers, and its reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.ink import InkRecipe, Preparation
from nnviz.core.layer_picture import layer_picture
from nnviz.core.network import NetworkSpec
from nnviz.core.no_chance import no_chance
from nnviz.core.predictor import Predictor
from nnviz.core.project import ProjectFile
from nnviz.core.reader import readers_recipe
from nnviz.core.reading import Answer, LayerOutput, Question, is_number
from nnviz.core.sequence_network import through
from nnviz.core.snapshot import read_only

if TYPE_CHECKING:
    import torch

LARGEST_LAYER = 65_536
"""Values of a layer's output beyond which only the first ones are kept: nobody could tell more apart."""


@dataclass(frozen=True)
class Weights:
    """A network's weights on their way from the thread that trains.

    Attributes:
        step: Number of steps that it was trained for.
        arrays: Parameters and buffers by name, read-only.
    """

    step: int
    arrays: Mapping[str, NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Reply:
    """What a network reads, at once; and what led to it, for who has the time.

    Attributes:
        answer: The answer, without layers and saliency.
    """

    answer: Answer
    _explain: Callable[[], Answer] = field(repr=False)

    def explained(self) -> Answer:
        """The same answer with the layers' outputs and the saliency that the question wants; takes a while.

        To be called before the network gets other weights.
        """
        return self._explain()


class AskedNetwork:
    """A network with weights of its own, so that it can be asked while another copy of it is being trained.

    Args:
        project: Its description and its weights.
        bundled: Whether it came with the application.

    Attributes:
        recipe: How drawings must be prepared for it.
        title: Its name for people.

    Raises:
        PredictionError: If it reads no drawings, or was never trained.
    """

    def __init__(self, project: ProjectFile, *, bundled: bool = False) -> None:
        self.recipe: InkRecipe = readers_recipe(project)
        self.title = project.title
        self.bundled = bundled
        self._network: NetworkSpec = project.network
        self._classes = project.dataset.classes
        with no_chance():
            self._model = project.network.build(initialise=False).eval()
        self._predictor = Predictor(self._model, project.network.input_shape, project.training.loss)
        self._titles = {
            name: layer.title for name, layer in zip(project.network.layer_names(), project.network.layers, strict=True)
        }
        self.take(Weights(int(project.numbers.get("step", 0)), project.weights))

    def take(self, weights: Weights) -> None:
        """Answer with these weights from now on.

        Raises:
            TrainingError: If they belong to another network.
        """
        from nnviz.core.training.checkpoint import load_weights

        load_weights(self._model, dict(weights.arrays))
        self._steps = weights.step

    def ask(self, question: Question, whole: Preparation, parts: list[Preparation]) -> Reply:
        """What it reads.

        Args:
            question: What is wanted.
            whole: The drawing as one digit, prepared by `recipe`; not blank.
            parts: Its digits if it may be several.

        Raises:
            PredictionError: If the weights are no finite numbers any more.
        """
        shown = [whole, *(part for part in parts if not part.blank)]
        images = np.stack([preparation.image for preparation in shown])[:, None]
        outputs, values = self._run(images, keep=question.layers)
        first, *others = (read_only(row) for row in self._predictor.shares(outputs))
        several = is_number(first, others)
        digits = tuple(others) if several else (first,)
        chosen = 1 if several else 0
        answer = Answer(self.title, self.bundled, self._steps, self._classes, digits)

        def explain() -> Answer:
            saliency = None
            if question.saliency:
                saliency = self._saliency(images[chosen : chosen + 1], int(np.argmax(digits[0])))
            return replace(answer, layers=self._layers(values, chosen), saliency=saliency)

        return Reply(answer, explain)

    def _run(self, images: NDArray[np.float32], *, keep: bool) -> tuple[NDArray[np.float32], dict[str, torch.Tensor]]:
        """Outputs for all images, and what every layer made of them if that is to be kept."""
        import torch

        kept: dict[str, torch.Tensor] = {}
        with torch.no_grad():
            # A copy: prepared images are read-only, which torch warns of.
            value = torch.from_numpy(np.array(images, np.float32, order="C"))
            for name, output in through(self._model, value):
                value = output
                if keep:
                    kept[name] = output
        return value.float().numpy(), kept

    def _layers(self, values: dict[str, torch.Tensor], chosen: int) -> tuple[LayerOutput, ...]:
        outputs = []
        for name, value in values.items():
            array = value[chosen].float().numpy()
            if array.size > LARGEST_LAYER:
                array = array[: max(1, LARGEST_LAYER // max(1, array[0].size))]
            outputs.append(LayerOutput(name, self._titles[name], read_only(array), layer_picture(array)))
        return tuple(outputs)

    def _saliency(self, x: NDArray[np.float32], target: int) -> NDArray[np.float32] | None:
        """Gradient times input of the class's output against the mean of all outputs, (frame, frame).

        To first order it is what each pixel's ink added to the answer; paper, which is 0, adds nothing.

        Source: Shrikumar et al. 2016, Not Just a Black Box, arXiv:1605.01713, section 2.
        """
        import torch

        image = torch.from_numpy(np.array(x, np.float32, order="C")).requires_grad_()
        with torch.enable_grad():
            outputs = self._model(image)[0]
            score = outputs[target] - outputs.mean()
            if not score.requires_grad:
                return None
            (gradient,) = torch.autograd.grad(score, image, allow_unused=True)
        if gradient is None:
            return None
        return read_only((gradient * image).detach()[0, 0].numpy())
