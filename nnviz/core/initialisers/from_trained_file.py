"""Weights from a file that was trained before."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.initialisers.base import INITIALISERS, InitialiserSpec
from nnviz.core.spec import param


@INITIALISERS.register
@dataclass(frozen=True, kw_only=True)
class FromTrainedFile(InitialiserSpec):
    """What a layer of another network has learned, read from its project file: a start with knowledge.

    Without a layer's name, the first one whose values have the right shape is taken. Nothing in the file is executed.

    Source: Goodfellow, Bengio & Courville 2016, Deep Learning, section 8.7.4 (supervised pre-training).
    """

    title = "From a trained file"

    path: str = param("", "The project file of the trained network.", path="file", suffixes=(".nnviz",))
    layer: str = param("", "Name of its layer, as in conv2d_1 or dense_2; empty takes the first one that fits.")

    def torch_call(self, tensor: str) -> Call | None:
        """A class of our own that reads the file when it is made."""
        name = tensor.rsplit(".", 1)[-1]
        return Call("CopyFromFile", (Name(tensor), self.path, self.layer, name), define=_define)


def _define() -> type:
    import json
    import struct
    import zipfile

    import torch

    class CopyFromFile:
        """Fills `tensor` with values of the same shape from the weights of a .nnviz file; refuses with a ValueError."""

        def __init__(self, tensor: torch.Tensor, path: str, layer: str, name: str) -> None:
            if not path:
                raise ValueError("Choose the project file (.nnviz) from which the weights are taken.")
            data = self.read(path)
            size = struct.unpack("<Q", data[:8])[0]
            header = json.loads(data[8 : 8 + size])
            header.pop("__metadata__", None)
            wanted = list(tensor.shape)
            found = {key: entry for key, entry in header.items() if key.rsplit(".", 1)[-1] == name}
            if layer:
                found = {key: entry for key, entry in found.items() if key.split(".")[0] == layer}
                if not found:
                    layers = ", ".join(dict.fromkeys(key.split(".")[0] for key in header)) or "none"
                    raise ValueError(f"{path} has no layer {layer!r} with a {name}; it has {layers}.")
            fitting = [entry for entry in found.values() if entry["dtype"] == "F32" and entry["shape"] == wanted]
            if not fitting:
                shapes = ", ".join("x".join(map(str, entry["shape"])) for entry in found.values()) or "none"
                needed = "x".join(map(str, wanted))
                raise ValueError(f"{path} has no {name} of {needed}, which this layer needs; it has {shapes}.")
            begin, end = fitting[0]["data_offsets"]
            values = torch.frombuffer(bytearray(data[8 + size + begin : 8 + size + end]), dtype=torch.float32)
            with torch.no_grad():
                tensor.copy_(values.reshape(wanted))

        def read(self, path: str) -> bytes:
            """The file's member with the weights: a header in JSON, then the values (the safetensors format)."""
            try:
                with zipfile.ZipFile(path) as archive:
                    return archive.read("weights.safetensors")
            except OSError as error:
                raise ValueError(f"{path} cannot be read: {error.strerror or error}.") from error
            except Exception as error:
                raise ValueError(f"{path} is no nnviz project, or it is damaged: {error}.") from error

    return CopyFromFile
