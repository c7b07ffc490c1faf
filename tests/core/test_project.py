"""The project file: nothing is lost on the way, and a damaged one is a sentence, whatever the damage."""

from __future__ import annotations

import errno
import json
import os
import pickle
import re
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import save as save_tensors

from nnviz.core.datasets.circles import Circles
from nnviz.core.errors import NnvizError
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.dense import Dense
from nnviz.core.network import NetworkSpec
from nnviz.core.presets import PRESETS
from nnviz.core.project import MEMBERS, ProjectError, ProjectFile, check_writable, load_project, save_project
from nnviz.core.shape import Shape
from nnviz.core.snapshot import History
from nnviz.core.training.checkpoint import load_weights, weights_of
from nnviz.core.training.spec import TrainingSpec

NETWORK = NetworkSpec(input_shape=Shape((2,)), layers=(Dense(units=3), BatchNorm(), Dense(units=2)))

PROJECT = ProjectFile(
    title="Ünïcode 数字",
    network=NETWORK,
    dataset=Circles(noise=0.25),
    training=TrainingSpec(batch_size=7),
    weights=weights_of(NETWORK.build(1)),
    state={"random.torch": np.arange(16, dtype=np.uint8), "optimiser.0.step": np.array(3.0, np.float32)},
    numbers={"step": 3, "validated_at": 2, "learning_rates": [0.1]},
    history=History(
        np.array([1, 2, 3]),
        np.array([0.5, 0.25, 0.125], np.float32),
        np.array([0.5, np.nan, 1], np.float32),
        np.array([2]),
        np.array([0.75], np.float32),
        np.array([np.nan], np.float32),
    ),
    results={"test_accuracy": 0.5},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A good project file."""
    path = tmp_path / "good project.nnviz"
    save_project(path, PROJECT)
    return path


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rezip(path: Path, content: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> None:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in content.items():
            archive.writestr(name, data)


def assert_equal(first: ProjectFile, second: ProjectFile) -> None:
    for name in ("title", "network", "dataset", "training", "numbers", "results"):
        assert getattr(first, name) == getattr(second, name)
    for mine, theirs in (
        (first.weights, second.weights),
        (first.state, second.state),
        (vars(first.history), vars(second.history)),
    ):
        assert mine.keys() == theirs.keys()
        for name, array in mine.items():
            assert (array.dtype, array.shape) == (theirs[name].dtype, theirs[name].shape), name
            assert array.tobytes() == theirs[name].tobytes()


def test_nothing_is_lost_on_the_way(path: Path) -> None:
    back = load_project(path)
    assert_equal(back, PROJECT)
    load_weights(NETWORK.build(), back.weights)
    back.weights["dense_1.bias"][0] = 5  # the application may write to what it opened


@pytest.mark.parametrize("preset", PRESETS)
def test_an_untrained_preset_goes_through_a_file(preset: Any, tmp_path: Path) -> None:
    project = ProjectFile(preset.title, preset.network, preset.dataset, preset.training)
    save_project(tmp_path / "preset.nnviz", project)
    assert_equal(load_project(tmp_path / "preset.nnviz"), project)


def test_layouts_and_views_of_arrays_are_kept_by_value(tmp_path: Path) -> None:
    array = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
    weights = {"turned": array.T, "part": array[:, ::2, 1:], "read_only": array, "single": np.array(2.5)}
    array.flags.writeable = False
    save_project(tmp_path / "a.nnviz", replace(PROJECT, network=NetworkSpec(input_shape=Shape((2,))), weights=weights))
    for name, back in load_project(tmp_path / "a.nnviz").weights.items():
        np.testing.assert_array_equal(back, weights[name])
        assert back.shape == weights[name].shape


def test_results_that_are_no_numbers_are_left_out(tmp_path: Path) -> None:
    results = {"test_accuracy": float("nan"), "test_loss": 0.5, "note": "fine", "validation_loss": float("inf")}
    save_project(tmp_path / "a.nnviz", replace(PROJECT, results=results))
    assert load_project(tmp_path / "a.nnviz").results == {"test_loss": 0.5, "note": "fine"}


def test_the_file_is_an_ordinary_zip_with_readable_json(path: Path) -> None:
    content = members(path)
    assert tuple(content) == MEMBERS
    description = json.loads(content["project.json"])
    assert (description["format"], description["version"], description["title"]) == ("nnviz", 2, "Ünïcode 数字")


def test_a_saved_file_has_the_usual_permissions(path: Path, tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    assert path.stat().st_mode == usual.stat().st_mode


@pytest.mark.parametrize("function", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file(function: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()

    def fail(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, function, fail)
    with pytest.raises(ProjectError, match=r"good project\.nnviz cannot be written: No space left on device"):
        save_project(path, replace(PROJECT, title="New"))
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir() if file.is_file()] == [path.name]


def test_a_write_that_is_interrupted_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(zipfile.ZipFile, "writestr", stop)
    with pytest.raises(KeyboardInterrupt):
        save_project(path, replace(PROJECT, title="New"))
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir() if file.is_file()] == [path.name]


def test_places_that_cannot_be_written_to_are_known_beforehand(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = path.parent
    check_writable(path)
    check_writable(folder / "new.nnviz")
    for wrong, words in (
        (folder, "is a folder"),
        (folder / "none" / "a.nnviz", "there is no folder"),
        (path / "a.nnviz", "there is no folder|Not a directory"),
        (Path(os.devnull), "is no ordinary file"),
        (folder / ("x" * 300), "File name too long"),
    ):
        for ask in (check_writable, lambda where: save_project(where, PROJECT)):
            with pytest.raises(ProjectError, match=words):
                ask(wrong)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ProjectError, match="is read-only for you"):
        check_writable(path)


# Each makes the file at `path` bad, given the good one there; and words of the sentence.
Break = Callable[[Path], None]
BROKEN: dict[str, tuple[Break, str]] = {}


def broken(words: str) -> Callable[[Break], Break]:
    def register(function: Break) -> Break:
        BROKEN[function.__name__.replace("_", " ")] = (function, words)
        return function

    return register


def edited(change: Callable[[dict[str, Any]], Any]) -> Break:
    def apply(path: Path) -> None:
        content = members(path)
        description = json.loads(content["project.json"])
        change(description)
        rezip(path, content | {"project.json": json.dumps(description).encode()})

    return apply


def member(name: str, data: bytes | Callable[[bytes], bytes]) -> Break:
    def apply(path: Path) -> None:
        content = members(path)
        rezip(path, content | {name: data(content[name]) if callable(data) else data})

    return apply


def tensors(name: str, **arrays: np.ndarray) -> Break:
    return member(name, save_tensors(arrays))


@broken("There is no file")
def missing(path: Path) -> None:
    path.unlink()


@broken("is a folder; a .nnviz file is needed")
def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@broken("no nnviz project")
def empty(path: Path) -> None:
    path.write_bytes(b"")


@broken("no nnviz project")
def text(path: Path) -> None:
    path.write_text("This is a letter.")


@broken("no nnviz project")
def pickled(path: Path) -> None:
    path.write_bytes(pickle.dumps({"weights": [1, 2, 3]}))


@broken("zip file without a project.json")
def zip_of_something_else(path: Path) -> None:
    rezip(path, {"letter.txt": b"hello"})


@broken("zip file without a project.json")
def empty_zip(path: Path) -> None:
    rezip(path, {})


@broken("holds weights.safetensors 0 times")
def no_weights(path: Path) -> None:
    content = members(path)
    del content["weights.safetensors"]
    rezip(path, content)


@broken("holds project.json 2 times")
@pytest.mark.filterwarnings("ignore:Duplicate name")
def two_descriptions(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("project.json", "{}")


@broken("compressed")
def zip_bomb(path: Path) -> None:
    rezip(path, members(path) | {"weights.safetensors": bytes(50_000_000)}, zipfile.ZIP_DEFLATED)


@broken("claims 3,000,000,000 bytes")
def member_that_claims_gigabytes(path: Path) -> None:
    _patch_directory(path, "weights.safetensors", "<II", 20, (3_000_000_000, 3_000_000_000))


@broken("encrypted")
def encrypted_flag(path: Path) -> None:
    _patch_directory(path, "project.json", "<H", 8, (1,))
    data = bytearray(path.read_bytes())
    struct.pack_into("<H", data, 6, 1)
    path.write_bytes(data)


@broken("compressed")
def unknown_compression(path: Path) -> None:
    _patch_directory(path, "project.json", "<H", 10, (77,))


@broken("Bad CRC-32")
def bit_rot_in_the_weights(path: Path) -> None:
    data = path.read_bytes()
    place = data.index(b"dense_1.weight")
    path.write_bytes(data[:place] + b"D" + data[place + 1 :])


@broken("cannot be read")
def header_that_claims_gigabytes(path: Path) -> None:
    member("weights.safetensors", lambda data: struct.pack("<Q", 2**33) + data[8:])(path)


@broken("cannot be read")
def tensor_that_claims_gigabytes(path: Path) -> None:
    header = json.dumps({"a": {"dtype": "F32", "shape": [2**20, 2**12], "data_offsets": [0, 2**34]}}).encode()
    member("weights.safetensors", struct.pack("<Q", len(header)) + header)(path)


def _patch_directory(path: Path, name: str, layout: str, offset: int, values: tuple[int, ...]) -> None:
    """Overwrite a field of a member's entry in the central directory at the end of the zip."""
    data = bytearray(path.read_bytes())
    place = data.rindex(name.encode()) - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    struct.pack_into(layout, data, place + offset, *values)
    path.write_bytes(data)


LAST_LAYER = {"type": "dense", "units": 2}

BROKEN |= {
    "json is empty": (member("project.json", b""), "no JSON"),
    "json is garbage": (member("project.json", b"{not json"), "no JSON"),
    "json is cut off": (member("project.json", lambda data: data[:-9]), "no JSON"),
    "json is no text": (member("project.json", b"\xff\xfe\x00\xd8" * 9), "no JSON"),
    "json is nested deeply": (member("project.json", b'{"format": ' + b"[" * 200_000), "no JSON"),
    "json has nan": (member("project.json", lambda d: d.replace(b"0.5\n", b"NaN\n")), "NaN is no number of JSON"),
    "json has infinity": (edited(lambda d: d["numbers"].update(step=float("inf"))), "Infinity is no number"),
    "json has a number of 5000 digits": (member("project.json", b'{"a": ' + b"1" * 5000 + b"}"), "no JSON"),
    "json is a list": (member("project.json", b"[]"), "does not say so"),
    "json of another program": (member("project.json", b'{"format": "keras"}'), "does not say so"),
    "newer version": (edited(lambda d: d.update(version=3)), "newer nnviz (file version 3, this nnviz reads up to 2)"),
    "version is text": (edited(lambda d: d.update(version="1")), "version '1' is no whole number"),
    "version is missing": (edited(lambda d: d.pop("version")), "version None is no whole number"),
    "title is missing": (edited(lambda d: d.pop("title")), "'title' is missing in its project.json"),
    "network is missing": (edited(lambda d: d.pop("network")), "'network' is missing"),
    "network is text": (edited(lambda d: d.update(network="mlp")), "JSON object is needed"),
    "layers are an object": (edited(lambda d: d["network"].update(layers={})), '"type" is needed'),
    "layers are null": (edited(lambda d: d["network"].update(layers=None)), "Layers must be a tuple"),
    "layer is null": (edited(lambda d: d["network"].update(layers=[None])), '"type" is needed'),
    "layer is nested deeply": (
        member("project.json", lambda d: d.replace(b'"dense"', b"[" * 5000 + b"]" * 5000)),
        "is damaged",
    ),
    "unknown layer": (
        edited(lambda d: d["network"]["layers"][0].update(type="denze")),
        "There is no layer called 'denze'. Did you mean dense?",
    ),
    "unknown data set": (edited(lambda d: d["dataset"].update(type="os.system")), "no data set called 'os.system'"),
    "unknown optimiser": (edited(lambda d: d["training"]["optimiser"].update(type="eval")), "no optimiser called"),
    "wrong parameter": (edited(lambda d: d["training"].update(batch_size=0)), "Batch size must be at least 1"),
    "unknown parameter": (edited(lambda d: d["training"].update(hook="os.system")), "no parameter 'hook'"),
    "parameter of another kind": (edited(lambda d: d["training"].update(seed=[1])), "Seed must be a whole number"),
    "input shape without axes": (edited(lambda d: d["network"].update(input_shape=[])), "Input shape"),
    "input shape of the universe": (edited(lambda d: d["network"].update(input_shape=[10**30])), "fewer than"),
    "too few weights": (
        edited(lambda d: d["network"].update(layers=[{"type": "dense", "units": 60_000}, LAST_LAYER])),
        "weights are fewer than its network has",
    ),
    "numbers are a list": (edited(lambda d: d.update(numbers=[])), "its numbers are no JSON object"),
    "results are text": (edited(lambda d: d.update(results="good")), "its results are no JSON object"),
    "step is text": (edited(lambda d: d["numbers"].update(step="3")), "its step '3' is no whole number"),
    "step is negative": (edited(lambda d: d["numbers"].update(step=-3)), "its step -3 is no whole number"),
    "step is beyond all bounds": (edited(lambda d: d["numbers"].update(step=10**300)), "is no whole number"),
    "weights are a pickle": (member("weights.safetensors", pickle.dumps([np.ones(3)])), "weights.safetensors cannot"),
    "weights are empty": (member("weights.safetensors", b""), "weights.safetensors cannot be read"),
    "weights are cut off": (member("weights.safetensors", lambda d: d[:-3]), "weights.safetensors cannot be read"),
    "state is cut off": (member("state.safetensors", lambda d: d[:-3]), "state.safetensors cannot be read"),
    "header is no json": (
        member("weights.safetensors", struct.pack("<Q", 8) + b"notjson!"),
        "weights.safetensors cannot be read",
    ),
    "curves are missing": (tensors("history.safetensors"), "curves are incomplete"),
    "curves are pictures": (
        tensors("history.safetensors", **{name: np.ones((2, 2)) for name in vars(PROJECT.history)}),
        "curves are incomplete",
    ),
    "curves of different lengths": (
        tensors("history.safetensors", **(vars(PROJECT.history) | {"loss": np.ones(9, np.float32)})),
        "different lengths",
    ),
    "curves that go back": (
        tensors("history.safetensors", **(vars(PROJECT.history) | {"steps": np.array([3, 1, 2])})),
        "not in the order",
    ),
    "curves before the beginning": (
        tensors("history.safetensors", **(vars(PROJECT.history) | {"steps": np.array([-3, 1, 2])})),
        "not in the order",
    ),
    "steps that are no whole numbers": (
        tensors("history.safetensors", **(vars(PROJECT.history) | {"steps": np.array([0.5, 1, 2])})),
        "curves are no numbers",
    ),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_a_sentence_that_names_it(name: str, path: Path) -> None:
    break_it, words = BROKEN[name]
    break_it(path)
    with pytest.raises(ProjectError) as caught:
        load_project(path)
    sentence = str(caught.value)
    assert words in sentence
    assert str(path) in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < len(str(path)) + 400


@pytest.mark.parametrize("part", np.linspace(0, 0.9999, 20).tolist())
def test_a_truncated_file_is_a_sentence(part: float, path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(ProjectError, match=re.escape(str(path))):
        load_project(path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda weights: weights.update({"dense_1.weight": np.zeros((2, 3), np.float32)}), "do not belong"),
        (lambda weights: weights.update(extra=np.zeros(1, np.float32)), "do not belong"),
        (lambda weights: weights.update(elsewhere=weights.pop("dense_1.bias")), "do not belong"),
    ],
)
def test_weights_of_another_network_do_not_load(change: Callable[[Any], Any], words: str, path: Path) -> None:
    weights = dict(PROJECT.weights)
    change(weights)
    save_project(path, replace(PROJECT, weights=weights))
    with pytest.raises(NnvizError, match=words):
        load_weights(NETWORK.build(), load_project(path).weights)


class _Bomb:
    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.system, ("touch executed",)


def test_nothing_in_a_file_is_unpacked_or_executed(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    bomb = pickle.dumps(_Bomb())
    extra = {"../../escaped.txt": b"out", "/tmp/escaped.txt": b"out", "data.pkl": bomb, "weights.pt": bomb}
    rezip(path, members(path) | extra)
    before = sorted(tmp_path.rglob("*"))
    assert_equal(load_project(path), PROJECT)
    for name in MEMBERS[1:]:
        save_project(path, PROJECT)
        member(name, bomb)(path)
        with pytest.raises(ProjectError):
            load_project(path)
    assert sorted(tmp_path.rglob("*")) == before
    assert not (tmp_path / "executed").exists()


def opened(path: Path) -> str:
    """Do with a file what the application does; the sentence, or nothing if all went well."""
    try:
        project = load_project(path)
        if not project.network.problems():
            load_weights(project.network.build(), project.weights)
    except NnvizError as error:
        return str(error)
    return ""


@settings(
    max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
@pytest.mark.filterwarnings("ignore")
def test_random_damage_loads_or_is_a_sentence(data: st.DataObject, path: Path) -> None:
    save_project(path, PROJECT)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6), "flips")):
        place = data.draw(st.integers(0, len(content) - 1), "place")
        content[place] ^= 1 << data.draw(st.integers(0, 7), "bit")
    path.write_bytes(content)
    assert "\n" not in opened(path)


@settings(
    max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_random_damage_behind_right_checksums_loads_or_is_a_sentence(data: st.DataObject, path: Path) -> None:
    save_project(path, PROJECT)
    content = members(path)
    name = data.draw(st.sampled_from(MEMBERS), "member")
    damaged = bytearray(content[name])
    for _ in range(data.draw(st.integers(1, 4), "flips")):
        place = data.draw(st.integers(0, len(damaged) - 1), "place")
        damaged[place] = data.draw(st.sampled_from(b'0123456789-.eE"{}[]:,nulltrue \x00\xff'), "byte")
    rezip(path, content | {name: bytes(damaged)})
    assert "\n" not in opened(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "units", "a"]), inner),
    max_leaves=8,
)


@settings(
    max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_value_anywhere_in_the_json_loads_or_is_a_sentence(data: st.DataObject, path: Path) -> None:
    save_project(path, PROJECT)
    content = members(path)
    description = json.loads(content["project.json"])
    place: Any = description
    while True:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))), "key")
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans(), "here"):
            break
        place = place[key]
    place[key] = data.draw(JSON, "value")
    rezip(path, content | {"project.json": json.dumps(description).encode()})
    sentence = opened(path)
    assert not sentence or str(path) in sentence or "weights do not belong" in sentence
