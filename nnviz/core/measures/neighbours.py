"""Maps in which neighbours stay neighbours: t-SNE, by scikit-learn."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

PERPLEXITY = 30.0
"""About how many neighbours each sample keeps; fewer where there are few samples."""


def neighbour_map(x: NDArray[Any], seed: int = 0) -> NDArray[np.float64]:
    """Coordinates in the plane by t-SNE, (N, 2): the same ones for the same samples and seed.

    Args:
        x: Samples, (N, D).
        seed: Start of the random numbers.

    Source: van der Maaten & Hinton 2008, Visualizing data using t-SNE, JMLR 9.
    """
    from sklearn.manifold import TSNE

    if len(x) < 3:
        return np.zeros((len(x), 2))
    perplexity = min(PERPLEXITY, (len(x) - 1) / 3)
    # One job: the training needs the processors.
    tsne = TSNE(perplexity=perplexity, init="pca", random_state=seed, n_jobs=1)
    flat = np.asarray(x, np.float64).reshape(len(x), -1)
    if not np.ptp(flat):
        return np.zeros((len(x), 2))
    return np.asarray(tsne.fit_transform(flat), np.float64)
