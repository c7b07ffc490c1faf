"""Data sets: one per file, found by their registry. Loading gives numpy arrays; nothing in here imports torch."""

from nnviz.core.datasets.base import DATASETS, DataError, Dataset, DatasetSpec, LoadCancelled, LoadContext, Split

__all__ = ["DATASETS", "DataError", "Dataset", "DatasetSpec", "LoadCancelled", "LoadContext", "Split"]
