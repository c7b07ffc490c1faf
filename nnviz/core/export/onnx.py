"""A trained network as an ONNX file, which other programs and browsers can run."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from nnviz import __version__
from nnviz.core.export.writing import ExportError, write_bytes
from nnviz.core.network import NetworkSpec

PACKAGES = ("onnx", "onnxscript")
"""What torch's exporter needs besides torch; the extra "onnx" installs it, and onnxruntime to run the files."""

INPUT, OUTPUT = "input", "output"


def missing_packages() -> str:
    """One sentence on what has to be installed before ONNX files can be written; empty if nothing has."""
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if not missing:
        return ""
    return f'Writing ONNX files needs {" and ".join(missing)}: install them with pip install "nnviz[onnx]".'


def write_onnx(
    path: Path, title: str, network: NetworkSpec, weights: Mapping[str, NDArray[Any]], classes: tuple[str, ...] = ()
) -> None:
    """Write a network with its weights; batches of any size can be given to it, as "input", and leave as "output".

    The network is written as it answers, with dropout switched off; what its loss adds in training (a softmax, say) is
    no part of it. The names of the classes are kept in the file's metadata as "classes", one per line.

    Args:
        path: The file; an older one of that name is replaced.
        title: Name of the network for people.
        network: The network.
        weights: Its parameters and buffers by name.
        classes: Names of the classes, if it tells any.

    Raises:
        ExportError: If packages are missing, the network was never trained, or the file cannot be written.
        NnvizError: If the weights are not those of the network.
    """
    missing = missing_packages()
    if missing:
        raise ExportError(missing)
    if not weights and network.parameter_count():
        raise ExportError(f"{title} was never trained, so there are no weights to export: train it first.")
    import torch

    from nnviz.core.training.checkpoint import load_weights

    # The weights are replaced at once, and a seed of one's own would disturb a training in the same process.
    with torch.random.fork_rng(devices=[]):
        model = network.build(initialise=False)
    load_weights(model, dict(weights))
    model.eval()
    # Two samples: torch would take a single one for a fixed size.
    sample = torch.zeros(2, *network.input_shape)
    with _quiet(), torch.no_grad():
        program = torch.onnx.export(
            model,
            (sample,),
            dynamo=True,
            verbose=False,
            input_names=[INPUT],
            output_names=[OUTPUT],
            dynamic_shapes=({0: torch.export.Dim("batch")},),
        )
    assert program is not None  # it is one with dynamo
    proto = program.model_proto
    proto.producer_name, proto.producer_version = "nnviz", __version__
    # Named by the network; torch writes "main_graph".
    proto.graph.name = title
    if classes:
        proto.metadata_props.add(key="classes", value="\n".join(classes))
    write_bytes(path, proto.SerializeToString())


@contextmanager
def _quiet() -> Iterator[None]:
    """Within it, torch's exporter does not tell of packages that it could use nor of its own deprecated parts."""
    logger = logging.getLogger("torch.onnx")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
