"""Asking a model: probabilities of the classes for pictures that are prepared already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nnviz.core.errors import NnvizError
from nnviz.core.shape import Shape

if TYPE_CHECKING:
    import torch

    from nnviz.core.training.losses.base import LossSpec


class PredictionError(NnvizError):
    """A model that cannot answer."""


class Predictor:
    """Turns prepared samples into probabilities, with dropout switched off and no trace left in the model.

    Args:
        model: The model; its mode (training or evaluation) is restored after each call.
        input_shape: Shape of one sample.
        loss: What it was trained with: says how outputs become probabilities.
    """

    def __init__(self, model: torch.nn.Module, input_shape: Shape, loss: LossSpec) -> None:
        self.model = model
        self.input_shape = input_shape
        self.loss = loss

    def outputs(self, x: NDArray[np.float32]) -> NDArray[np.float32]:
        """Raw outputs, (N, outputs), for samples (N, *input shape).

        Raises:
            PredictionError: If the samples have another shape.
        """
        import torch

        if x.shape[1:] != self.input_shape.dims:
            arrived = "x".join(map(str, x.shape[1:]))
            raise PredictionError(f"The network takes samples of {self.input_shape}; {arrived} arrives.")
        device = next(self.model.parameters(), torch.empty(0)).device
        was_training = self.model.training
        self.model.eval()
        try:
            with torch.no_grad():
                # A copy: prepared images are read-only, which torch warns of.
                batch = torch.from_numpy(np.array(x, np.float32, order="C")).to(device)
                result: NDArray[np.float32] = self.model(batch).float().cpu().numpy().copy()
        finally:
            self.model.train(was_training)
        return result

    def probabilities(self, x: NDArray[np.float32]) -> NDArray[np.float64]:
        """Probabilities of the classes, (N, classes), each row summing to 1.

        Raises:
            PredictionError: If the samples have another shape, the outputs are no probabilities, or the weights are no
                finite numbers any more.
        """
        return self.shares(self.outputs(x))

    def shares(self, raw: NDArray[np.float32]) -> NDArray[np.float64]:
        """Probabilities of the classes, (N, classes), for raw outputs of the network.

        Raises:
            PredictionError: If the outputs are no probabilities, or no finite numbers any more.
        """
        outputs = raw.astype(np.float64)
        if not np.isfinite(outputs).all():
            raise PredictionError("The network's weights are no finite numbers any more: press Reset and train again.")
        if not self.loss.probabilities:
            raise PredictionError("This network predicts values, not classes.")
        if self.loss.probabilities == "normalise":
            return _shares(outputs)
        # The largest output is taken away first: e^1000 would overflow.
        exponentials = np.exp(outputs - outputs.max(axis=1, keepdims=True))
        probabilities: NDArray[np.float64] = exponentials / exponentials.sum(axis=1, keepdims=True)
        return probabilities


def _shares(outputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each output's share of the sum of its row; negative ones have none, and a row without any is shared equally."""
    # Divided first, so that the sum cannot overflow.
    positive = np.maximum(outputs, 0.0)
    largest = positive.max(axis=1, keepdims=True)
    positive = np.where(largest > 0, positive / np.where(largest > 0, largest, 1.0), 1.0)
    shares: NDArray[np.float64] = positive / positive.sum(axis=1, keepdims=True)
    return shares
