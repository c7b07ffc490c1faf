"""Broken inputs through the command line: each gets one sentence and the right exit code, and nothing is changed."""

from __future__ import annotations

import gzip
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from nnviz.core.datasets.digits import Digits
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.network import NetworkSpec
from nnviz.core.presets import PRESETS
from nnviz.core.project import ProjectFile, save_project
from nnviz.core.shape import Shape
from nnviz.core.training.checkpoint import weights_of
from nnviz.core.training.spec import TrainingSpec

Make = Callable[[Path], Any]

NETWORK = NetworkSpec(input_shape=Shape((1, 8, 8)), layers=(Flatten(), Dense(units=10)))
STROKES = '{"strokes": [[[0, 0], [0, 9]]]}\n'


def nothing(folder: Path) -> None:
    """The words alone are wrong."""


def good(folder: Path) -> None:
    """A trained network for digits, a picture and a file of strokes."""
    project = ProjectFile("Good", NETWORK, Digits(), TrainingSpec(), weights=weights_of(NETWORK.build(1)))
    save_project(folder / "good.nnviz", project)
    (folder / "pen.jsonl").write_text(STROKES)
    Image.new("L", (20, 20), 255).save(folder / "white.png")


def file(name: str, content: bytes | str) -> Make:
    def make(folder: Path) -> None:
        good(folder)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)

    return make


def changed(change: Callable[[dict[str, Any]], Any]) -> Make:
    """A network's file, `bad.nnviz`, whose description was changed by hand."""

    def make(folder: Path) -> None:
        good(folder)
        with zipfile.ZipFile(folder / "good.nnviz") as old, zipfile.ZipFile(folder / "bad.nnviz", "w") as new:
            for name in old.namelist():
                data = old.read(name)
                if name == "project.json":
                    description = json.loads(data)
                    change(description)
                    data = json.dumps(description).encode()
                new.writestr(name, data)

    return make


def cut(folder: Path) -> None:
    good(folder)
    data = (folder / "good.nnviz").read_bytes()
    (folder / "bad.nnviz").write_bytes(data[: len(data) // 2])


def zipped(folder: Path) -> None:
    with zipfile.ZipFile(folder / "bad.nnviz", "w") as archive:
        archive.writestr("letter.txt", "hello")


def bomb(folder: Path) -> None:
    with zipfile.ZipFile(folder / "bad.nnviz", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("project.json", "weights.safetensors", "state.safetensors", "history.safetensors"):
            archive.writestr(name, bytes(10_000_000))


def untrained(folder: Path) -> None:
    preset = PRESETS["2d_classifier"]
    save_project(folder / "points.nnviz", ProjectFile(preset.title, preset.network, preset.dataset, preset.training))


def other_weights(folder: Path) -> None:
    weights = weights_of(NETWORK.build(1)) | {"dense_1.weight": np.zeros((11, 64), np.float32)}
    save_project(folder / "bad.nnviz", ProjectFile("Bad", NETWORK, Digits(), TrainingSpec(), weights=weights))


def broken_weights(folder: Path) -> None:
    weights = weights_of(NETWORK.build(1)) | {"dense_1.bias": np.full(10, np.nan, np.float32)}
    save_project(folder / "bad.nnviz", ProjectFile("Bad", NETWORK, Digits(), TrainingSpec(), weights=weights))
    (folder / "pen.jsonl").write_text(STROKES)


def idx(magic: int, *lengths: int, content: bytes = b"") -> bytes:
    return struct.pack(f">I{len(lengths)}I", magic, *lengths) + content


def mnist_file(content: bytes) -> Make:
    """A folder of MNIST's four files whose first is `content`."""

    def make(folder: Path) -> None:
        (folder / "data").mkdir()
        for name in ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"):
            (folder / "data" / f"{name}-ubyte.gz").write_bytes(content)

    return make


def cut_picture(folder: Path) -> None:
    good(folder)
    rng = np.random.default_rng(0)
    Image.fromarray(rng.integers(0, 256, (90, 90), dtype=np.uint8)).save(folder / "whole.png")
    (folder / "cut.png").write_bytes((folder / "whole.png").read_bytes()[:3000])


def huge_picture(folder: Path) -> None:
    good(folder)
    Image.new("1", (20_000, 20_000)).save(folder / "huge.png")


def folders(folder: Path) -> None:
    good(folder)
    (folder / "pictures.png").mkdir()
    (folder / "folder.nnviz").mkdir()


LONG = "x" * 300
PREDICT = ("predict", "good.nnviz")
MNIST = ("train", "mlp", "--offline", "--data-dir", "data")
POINTS = ("train", "2d-classifier", "--steps", "2")

# Name, how the input is made, what is typed, exit code, words of the sentence.
ROWS: list[tuple[str, Make, tuple[str, ...], int, str]] = [
    # Arguments
    ("no such command", nothing, ("learn",), 2, "No such command 'learn'"),
    ("no such option", nothing, ("train", "mlp", "--speed", "9"), 2, "No such option: --speed"),
    ("no network", nothing, ("train",), 2, "Missing argument 'PRESET|FILE'"),
    (
        "no such preset",
        nothing,
        ("train", "fast-cnm"),
        2,
        "There is no preset called 'fast_cnm'. Did you mean fast_cnn",
    ),
    ("empty preset", nothing, ("train", ""), 2, "There is no preset called ''"),
    ("endless preset", nothing, ("train", LONG), 2, "There is no preset called"),
    ("no such data set", nothing, ("train", "mlp", "--dataset", "mnits"), 2, "Did you mean mnist"),
    (
        "no such optimiser",
        nothing,
        (*POINTS, "--optimizer", "adom"),
        2,
        "no optimiser called 'adom'. Did you mean adam",
    ),
    ("epochs and steps", nothing, (*POINTS, "--epochs", "1"), 2, "Give --epochs or --steps, not both."),
    ("no epochs", nothing, ("train", "2d-classifier", "--epochs", "0"), 2, "Epochs must be at least 1; 0 is not."),
    ("no steps", nothing, ("train", "2d-classifier", "--steps", "0"), 2, "--steps must be at least 1"),
    ("steps in words", nothing, ("train", "2d-classifier", "--steps", "many"), 2, "'--steps'"),
    ("batch of none", nothing, (*POINTS, "--batch-size", "-3"), 2, "Batch size must be at least 1; -3 is not."),
    ("batch of everything", nothing, (*POINTS, "--batch-size", "9" * 30), 2, "Batch size must be at most 65536"),
    ("rate is zero", nothing, (*POINTS, "--learning-rate", "0"), 2, "Learning rate must be more than 0; 0 is not."),
    ("rate is nan", nothing, (*POINTS, "--learning-rate", "nan"), 2, "Learning rate must be a finite number"),
    ("rate is infinite", nothing, (*POINTS, "--learning-rate", "inf"), 2, "Learning rate must be a finite number"),
    ("negative seed", nothing, (*POINTS, "--seed", "-1"), 2, "Seed must be at least 0; -1 is not."),
    ("no such device", nothing, (*POINTS, "--device", "toaster"), 1, "This machine has no device called 'toaster'"),
    ("device that is absent", nothing, (*POINTS, "--device", "cuda:77"), 1, "no device called 'cuda:77'"),
    ("out in no folder", nothing, (*POINTS, "--out", "none/a.nnviz"), 2, "there is no folder"),
    ("out is a folder", folders, (*POINTS, "--out", "folder.nnviz"), 2, "is a folder; the name of a .nnviz file is"),
    ("out is a device", nothing, (*POINTS, "--out", "/dev/null"), 2, "is no ordinary file"),
    ("out has an endless name", nothing, (*POINTS, "--out", LONG), 2, "File name too long"),
    ("resume a preset", nothing, (*POINTS, "--resume"), 2, "holds no training that could go on"),
    ("images for points", nothing, (*POINTS, "--dataset", "digits"), 1, "Dense needs a vector; 1x8x8 arrives"),
    ("values from classes", nothing, ("train", "fast-cnn", "--dataset", "circles"), 1, "needs an image"),
    ("no such split", good, ("evaluate", "good.nnviz", "--split", "tset"), 2, "'tset' is not"),
    ("nothing to predict", good, PREDICT, 2, "Give --image or --strokes"),
    ("too much to predict", good, (*PREDICT, "--image", "a.png", "--strokes", "pen.jsonl"), 2, "only one"),
    ("two networks", good, (*PREDICT, "good.nnviz", "--strokes", "pen.jsonl"), 2, "One .nnviz file is enough"),
    # Project files
    ("no such file", nothing, ("evaluate", "none.nnviz"), 1, "There is no file none.nnviz."),
    ("project is a folder", folders, ("evaluate", "folder.nnviz"), 1, "is a folder; a .nnviz file is needed"),
    ("project is empty", file("bad.nnviz", b""), ("evaluate", "bad.nnviz"), 1, "is no nnviz project"),
    ("project is text", file("bad.nnviz", "Dear Sir"), ("train", "bad.nnviz"), 1, "is no nnviz project"),
    ("project is cut off", cut, ("predict", "bad.nnviz", "--strokes", "pen.jsonl"), 1, "is no nnviz project"),
    ("project is another zip", zipped, ("evaluate", "bad.nnviz"), 1, "zip file without a project.json"),
    ("project is a zip bomb", bomb, ("evaluate", "bad.nnviz"), 1, "compressed, which nnviz never does"),
    ("project from the future", changed(lambda d: d.update(version=9)), ("evaluate", "bad.nnviz"), 1, "newer nnviz"),
    (
        "unknown layer",
        changed(lambda d: d["network"]["layers"][1].update(type="denze")),
        ("evaluate", "bad.nnviz"),
        1,
        "There is no layer called 'denze'. Did you mean dense",
    ),
    (
        "parameter out of range",
        changed(lambda d: d["training"].update(batch_size=0)),
        ("train", "bad.nnviz"),
        1,
        "Batch size must be at least 1",
    ),
    ("no network in it", changed(lambda d: d.pop("network")), ("train", "bad.nnviz"), 1, "'network' is missing"),
    ("damaged step", changed(lambda d: d["numbers"].update(step="x")), ("evaluate", "bad.nnviz"), 1, "its step 'x'"),
    (
        "weights of another network",
        other_weights,
        ("evaluate", "bad.nnviz"),
        1,
        "weights do not belong to this network",
    ),
    ("never trained, measured", untrained, ("evaluate", "points.nnviz"), 1, "2-D classifier was never trained"),
    ("never trained, resumed", untrained, ("train", "points.nnviz", "--resume"), 2, "no training that could go on"),
    ("weights that are no numbers", broken_weights, ("predict", "bad.nnviz", "--strokes", "pen.jsonl"), 1, "no finite"),
    # Data files
    ("no data folder", nothing, MNIST, 1, "MNIST"),
    ("empty data file", mnist_file(b""), MNIST, 1, "train-images-idx3-ubyte"),
    ("data file that is no gzip", mnist_file(b"\x1f\x8bnonsense"), MNIST, 1, "train-images-idx3-ubyte"),
    ("data file of text", mnist_file(b"<html>Not found</html>"), MNIST, 1, "train-images-idx3-ubyte"),
    ("wrong magic", mnist_file(gzip.compress(idx(0x0D03, 1, 2, 3))), MNIST, 1, "train-images-idx3-ubyte"),
    ("wrong count", mnist_file(gzip.compress(idx(0x0803, 5, 28, 28, content=bytes(9)))), MNIST, 1, "found 5 x 28 x 28"),
    (
        "cut off gzip",
        mnist_file(gzip.compress(idx(0x0803, 60_000, 28, 28, content=bytes(50_000)))[:40]),
        MNIST,
        1,
        "train-images-idx3-ubyte",
    ),
    # Strokes
    ("no strokes file", good, (*PREDICT, "--strokes", "none.jsonl"), 1, "none.jsonl: There is no such file."),
    ("endless strokes file", good, (*PREDICT, "--strokes", LONG), 1, "File name too long"),
    ("strokes are a folder", folders, (*PREDICT, "--strokes", "folder.nnviz"), 1, "This is a folder"),
    ("strokes are empty", file("e.jsonl", ""), (*PREDICT, "--strokes", "e.jsonl"), 1, "The file is empty"),
    (
        "strokes are no json",
        file("e.jsonl", "[[0 0]"),
        (*PREDICT, "--strokes", "e.jsonl"),
        1,
        "line 1: This is not JSON",
    ),
    (
        "strokes are binary",
        file("e.jsonl", b"\xff\xd8\xff"),
        (*PREDICT, "--strokes", "e.jsonl"),
        1,
        "not text in UTF-8",
    ),
    (
        "strokes without points",
        file("e.jsonl", '{"strokes": [[]]}'),
        (*PREDICT, "--strokes", "e.jsonl"),
        1,
        "no points",
    ),
    ("strokes of text", file("e.jsonl", '{"strokes": [[["a", 1]]]}'), (*PREDICT, "--strokes", "e.jsonl"), 1, "number"),
    (
        "label 12",
        file("e.jsonl", STROKES.replace("]}", '], "label": 12}')),
        (*PREDICT, "--strokes", "e.jsonl"),
        1,
        "12",
    ),
    (
        "cut off strokes",
        file("e.jsonl.gz", gzip.compress(STROKES.encode() * 99)[:-12]),
        (*PREDICT, "--strokes", "e.jsonl.gz"),
        1,
        "damaged or cut off",
    ),
    # Images
    ("no such image", good, (*PREDICT, "--image", "none.png"), 1, "none.png: There is no such file."),
    ("endless image", good, (*PREDICT, "--image", LONG + ".png"), 1, "File name too long"),
    (
        "image is a folder",
        folders,
        (*PREDICT, "--image", "pictures.png"),
        1,
        "This is a folder; an image file is needed",
    ),
    ("image is empty", file("e.png", b""), (*PREDICT, "--image", "e.png"), 1, "The file is empty; an image is needed"),
    ("image is text", file("e.png", "Dear Sir"), (*PREDICT, "--image", "e.png"), 1, "no image that can be read"),
    ("image is a network", good, (*PREDICT, "--image", "pen.jsonl"), 1, "pen.jsonl: This is no image that can be read"),
    ("image is cut off", cut_picture, (*PREDICT, "--image", "cut.png"), 1, "cut.png: The image is damaged or cut off"),
    ("image is huge", huge_picture, (*PREDICT, "--image", "huge.png"), 1, "more than 120 million pixels"),
]


def state(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() if path.is_file() else b"" for path in sorted(folder.rglob("*"))}


@pytest.mark.parametrize(("make", "words", "code", "says"), [pytest.param(*row[1:], id=row[0]) for row in ROWS])
def test_a_broken_input_is_one_sentence_and_changes_nothing(
    make: Make,
    words: tuple[str, ...],
    code: int,
    says: str,
    nnviz: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path)
    before = state(tmp_path)
    done = nnviz(*words, "--json") if words[0] in ("train", "evaluate", "predict") else nnviz(*words)
    assert (done.code, done.out) == (code, ""), done.err
    lines = done.err.splitlines()
    assert len(lines) == 1, done.err
    assert lines[0].startswith("nnviz: ")
    assert lines[0].endswith((".", "?"))
    assert says in lines[0]
    assert "Traceback" not in done.err
    assert "unexpected" not in done.err
    assert state(tmp_path) == before


def test_the_table_is_long_enough_and_names_nothing_twice() -> None:
    names = [row[0] for row in ROWS]
    assert len(names) == len(set(names)) >= 60
