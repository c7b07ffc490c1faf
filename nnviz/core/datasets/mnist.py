"""MNIST."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.datasets.base import DATASETS
from nnviz.core.datasets.files import FileSet, IdxFile
from nnviz.core.datasets.idx_images import IdxImages
from nnviz.core.ink import MNIST


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class Mnist(IdxImages):
    """Handwritten digits: 70,000 grey images of 28 x 28 pixels, white ink on black.

    55,000 are for training, 5,000 for validation (the first of the training file), 10,000 for the test. The files are
    checked by the SHA-256 of their unpacked bytes.

    Input shape: (1, 28, 28), float32 in [0, 1]
    Source: LeCun, Bottou, Bengio & Haffner 1998, Gradient-based learning applied to document recognition; LeCun, Cortes
        & Burges, THE MNIST DATABASE. Licence CC BY-SA 3.0.
    """

    title = "MNIST"
    ink = MNIST
    file_set = FileSet(
        name="mnist",
        title="MNIST",
        files=(
            IdxFile(
                "train-images-idx3-ubyte",
                (60_000, 28, 28),
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            ),
            IdxFile(
                "train-labels-idx1-ubyte",
                (60_000,),
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            ),
            IdxFile(
                "t10k-images-idx3-ubyte",
                (10_000, 28, 28),
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            ),
            IdxFile(
                "t10k-labels-idx1-ubyte",
                (10_000,),
                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
            ),
        ),
        mirrors=(
            "https://ossci-datasets.s3.amazonaws.com/mnist",
            "https://storage.googleapis.com/cvdf-datasets/mnist",
        ),
        folders=("MNIST/raw",),
    )

    @property
    def classes(self) -> tuple[str, ...]:
        """The ten digits."""
        return tuple("0123456789")
