"""Fashion-MNIST."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.datasets.base import DATASETS
from nnviz.core.datasets.files import FileSet, IdxFile
from nnviz.core.datasets.idx_images import IdxImages
from nnviz.core.datasets.mnist import Mnist

# Both sets' files have the same names and shapes: a folder with MNIST must not pass for Fashion-MNIST.
MNIST_SUMS = {file.sha256: Mnist.title for file in Mnist.file_set.files}


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class FashionMnist(IdxImages):
    """Pictures of clothes: 70,000 grey images of 28 x 28 pixels, made to stand in for MNIST and harder than it.

    55,000 are for training, 5,000 for validation (the first of the training file), 10,000 for the test. Its makers
    published MD5 sums of the packed files: downloads are held against these. No sum of the unpacked bytes is known to
    us, so files from a folder of the user's are checked by format, type, count, size and labels, and by not being
    MNIST's, which have the same names.

    Input shape: (1, 28, 28), float32 in [0, 1]
    Source: Xiao, Rasul & Vollgraf 2017, arXiv:1708.07747. Licence MIT, Zalando SE.
    """

    title = "Fashion-MNIST"
    file_set = FileSet(
        name="fashion_mnist",
        title="Fashion-MNIST",
        files=tuple(
            IdxFile(name, dims, packed_md5=md5, others=MNIST_SUMS)
            for name, dims, md5 in (
                ("train-images-idx3-ubyte", (60_000, 28, 28), "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
                ("train-labels-idx1-ubyte", (60_000,), "25c81989df183df01b3e8a0aad5dffbe"),
                ("t10k-images-idx3-ubyte", (10_000, 28, 28), "bef4ecab320f06d8554ea6380940ec79"),
                ("t10k-labels-idx1-ubyte", (10_000,), "bb300cfdad3c16e7a12a480ee83cd310"),
            )
        ),
        mirrors=(
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com",
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion",
        ),
        folders=("fashion-mnist", "FashionMNIST/raw"),
    )

    @property
    def classes(self) -> tuple[str, ...]:
        """The ten kinds of clothes."""
        return (
            "T-shirt/top",
            "Trouser",
            "Pullover",
            "Dress",
            "Coat",
            "Sandal",
            "Shirt",
            "Sneaker",
            "Bag",
            "Ankle boot",
        )
