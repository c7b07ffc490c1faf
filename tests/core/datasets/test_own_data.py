"""What all kinds of the user's files keep to: facts, splits, normalisation, scripts, and refusing what has changed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from nnviz.core.datasets import DATASETS, DataError, LoadCancelled, LoadContext
from nnviz.core.datasets.own_data import check_size, open_own_data, own_data
from nnviz.core.datasets.own_splits import normalise, split_indices
from nnviz.core.shape import Shape
from nnviz.core.spec import SpecError, spec_from_json
from tests.core.datasets.own_files import KINDS, check_script, example, flowers, kind, prices, six

by_kind = pytest.mark.parametrize("name", KINDS)


def test_all_kinds_are_found() -> None:
    # Texts and strokes are sequences, and have tests of their own.
    assert {cls.name for cls in own_data()} == {*KINDS, "own_text", "pen_strokes"}
    assert all(DATASETS[name].own for name in KINDS)


@by_kind
def test_without_a_file_it_says_what_to_choose(name: str) -> None:
    spec = kind(name)()
    assert spec.input_shape == Shape((1,))
    with pytest.raises(DataError, match=f"Choose a {spec.opens}"):
        spec.load(LoadContext())


@by_kind
def test_a_file_is_opened_by_the_kind_that_it_suits(name: str, tmp_path: Path) -> None:
    path = example(name, tmp_path)
    # The folder of one's digits holds pictures and strokes.
    both = [name, "pen_strokes"] if name == "my_digits" else [name]
    assert [cls.name for cls in own_data() if cls.suits(path)] == both
    spec = open_own_data(path)
    assert spec.name == name
    assert spec.display_title == path.name
    assert spec.path == str(path)


@by_kind
def test_facts_are_those_of_the_arrays(name: str, tmp_path: Path) -> None:
    spec = open_own_data(example(name, tmp_path))
    data = spec.load(LoadContext())
    assert data.spec == spec
    assert sum(map(len, (data.train, data.validation, data.test))) == spec.samples
    for split in (data.train, data.validation, data.test):
        assert split.x.dtype == np.float32
        assert split.y.dtype == np.int64
        assert split.x.flags.c_contiguous
        assert len(split.x) == len(split.y) > 0
        assert Shape.of(split.x.shape[1:]) == spec.input_shape
        assert set(split.y) <= set(range(spec.outputs))
    assert set(data.train.y) == set(range(spec.outputs)) == set(range(len(spec.classes)))
    assert spec.train_samples() == len(data.train)


@by_kind
def test_what_is_known_survives_json(name: str, tmp_path: Path) -> None:
    spec = open_own_data(example(name, tmp_path))
    again = spec_from_json(DATASETS, json.loads(json.dumps(spec.to_json(), allow_nan=False)))
    assert again == spec
    for one, other in zip(six(spec.load(LoadContext())), six(again.load(LoadContext())), strict=True):
        assert one.tobytes() == other.tobytes()


@by_kind
@pytest.mark.parametrize("normalisation", ["none", "0 to 1", "standardise"])
def test_script_loads_the_same(name: str, normalisation: str, tmp_path: Path) -> None:
    check_script(open_own_data(example(name, tmp_path), normalisation=normalisation, seed=7, validation_share=0.25))


@by_kind
def test_another_seed_splits_otherwise(name: str, tmp_path: Path) -> None:
    spec = open_own_data(example(name, tmp_path))
    one, other = (spec.replace(seed=seed).load(LoadContext()) for seed in (1, 2))
    assert not np.array_equal(one.train.x, other.train.x)


@by_kind
def test_what_was_loaded_may_be_changed(name: str, tmp_path: Path) -> None:
    spec = open_own_data(example(name, tmp_path))
    data = spec.load(LoadContext())
    before = data.train.x.copy()
    data.train.x[:] = 0
    assert np.array_equal(spec.load(LoadContext()).train.x, before)


@by_kind
def test_a_file_that_is_gone_is_named(name: str, tmp_path: Path) -> None:
    path = example(name, tmp_path)
    spec = open_own_data(path)
    path.rename(tmp_path / "elsewhere")
    with pytest.raises(DataError, match=r"was expected and is not there\. Put it back"):
        spec.load(LoadContext())


@by_kind
def test_settings_that_do_not_fit_are_refused(name: str, tmp_path: Path) -> None:
    path = example(name, tmp_path)
    with pytest.raises(SpecError, match="no parameter 'colour_of_hair'"):
        open_own_data(path, colour_of_hair="red")
    with pytest.raises(SpecError, match="Validation share must be at most"):
        open_own_data(path, validation_share=0.9)


@by_kind
def test_a_preview_fits_the_file(name: str, tmp_path: Path) -> None:
    spec = open_own_data(example(name, tmp_path))
    preview = spec.preview(LoadContext())
    assert sum(preview.split_sizes) == spec.samples == sum(count for _, count in preview.class_counts)
    assert [name for name, _ in preview.class_counts] == list(spec.classes)
    assert set(preview.sample_labels) <= set(spec.classes)
    if preview.images is None:
        assert len(preview.sample_labels) == len(preview.rows)
        assert {len(row) for row in preview.rows} == {len(preview.columns)}
    else:
        assert preview.images.dtype == np.float32
        assert preview.images.shape == (len(preview.sample_labels), *spec.input_shape)
        assert 0 <= preview.images.min() <= preview.images.max() <= 1


def test_a_changed_file_is_refused_and_can_be_opened_again(tmp_path: Path) -> None:
    path = flowers(tmp_path)
    spec = open_own_data(path)
    path.write_text(path.read_text().replace("0.25", "0.75", 1))
    with pytest.raises(DataError, match=r"flowers\.csv has changed since it was opened: .* Open the file again"):
        spec.load(LoadContext())
    assert len(spec.again().load(LoadContext()).train) == 42
    path.write_text(path.read_text() + "1,1,red,rose\n")
    with pytest.raises(DataError, match="expected 60 as samples; found 61"):
        spec.load(LoadContext())


def test_facts_that_no_shape_can_have_are_refused() -> None:
    with pytest.raises(SpecError, match="axes of length 1 or more"):
        kind("csv_table")(input_dims=(0,))
    with pytest.raises(SpecError, match="class_names must be a list of texts"):
        kind("csv_table")(class_names=(1, 2))


def test_what_was_never_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="never looked into"):
        kind("csv_table")(path=str(flowers(tmp_path))).load(LoadContext())


def test_nothing_that_is_no_data_is_opened(tmp_path: Path) -> None:
    (tmp_path / "letter.doc").write_text("hello")
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "letter.doc", tmp_path / "empty"):
        with pytest.raises(DataError, match=r"is no data that can be read\. Expected a table"):
            open_own_data(path)
    with pytest.raises(DataError, match="does not exist"):
        open_own_data(tmp_path / "nothing.csv")


def test_a_file_in_place_of_a_folder_and_the_reverse_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"is a file; a folder is needed"):
        kind("image_folder").inspect(flowers(tmp_path))
    with pytest.raises(DataError, match=r"is a folder; a file is needed"):
        kind("csv_table").inspect(tmp_path)


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
@by_kind
def test_without_permission_the_file_is_named(name: str, tmp_path: Path) -> None:
    path = example(name, tmp_path)
    path.chmod(0)
    try:
        with pytest.raises(DataError, match="Permission denied"):
            kind(name).inspect(path)
    finally:
        path.chmod(0o700)


@by_kind
def test_a_file_that_may_not_be_read_is_named(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = example(name, tmp_path)

    def refuse(*args: object) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(kind(name), "read", refuse)
    with pytest.raises(DataError, match=rf"{path.name} cannot be read \(Permission denied\)\. Check that"):
        kind(name).inspect(path, encoding="latin-1") if name == "csv_table" else kind(name).inspect(path)


@pytest.mark.parametrize("name", ["image_folder", "npz_arrays", "idx_pair"])
def test_reading_can_be_cancelled(name: str, tmp_path: Path) -> None:
    with pytest.raises(LoadCancelled):
        kind(name).inspect(example(name, tmp_path), context=LoadContext(cancelled=lambda: True))


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, cls = flowers(tmp_path), kind("csv_table")
    read, times = cls.read, []

    def counted(self: object, *args: object) -> object:
        times.append(1)
        return read(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(cls, "read", counted)
    spec = cls.inspect(path)
    spec.preview(LoadContext())
    spec.replace(seed=3).load(LoadContext())
    spec.again(test_share=0.1, normalisation="none").load(LoadContext())
    assert len(times) == 1
    spec.again(label="colour")
    assert len(times) == 2


# Splits


def test_three_samples_are_one_for_each_split() -> None:
    for y in (np.array([0, 1, 0]), np.zeros((3, 1), np.float32)):
        parts = split_indices(y, None, 0.01, 0.01, 0)
        assert sorted(int(part[0]) for part in parts) == [0, 1, 2]
        assert [len(part) for part in parts] == [1, 1, 1]


@pytest.mark.parametrize("count", [4, 10, 101])
@pytest.mark.parametrize("shares", [(0.01, 0.45), (0.45, 0.45), (0.1, 0.2)])
def test_splits_are_disjoint_and_whole(count: int, shares: tuple[float, float]) -> None:
    y = np.arange(count) % 2
    y[-1] = 2  # A class with one sample.
    parts = split_indices(y, None, *shares, 1)
    assert sorted(np.concatenate(parts)) == list(range(count))
    assert [len(part) for part in parts[1:]] == [max(1, round(count * share)) for share in shares]


def test_classes_are_in_proportion_in_every_split() -> None:
    y = np.repeat([0, 1], [80, 20])
    for part, size in zip(split_indices(y, None, 0.1, 0.2, 5), (70, 10, 20), strict=True):
        assert len(part) == size
        assert abs(y[part].sum() - size / 5) <= 1


def test_given_splits_stay() -> None:
    y = np.arange(20) % 2
    train, validation, test = split_indices(y, (10, 4, 6), 0.3, 0.3, 0)
    assert (list(train), list(validation), list(test)) == ([*range(10)], [*range(10, 14)], [*range(14, 20)])
    train, validation, test = split_indices(y, (14, 0, 6), 0.3, 0.3, 0)
    assert sorted([*train, *validation]) == [*range(14)]
    assert len(validation) == 4
    assert list(test) == [*range(14, 20)]


# Normalisation


def test_normalisation_is_found_on_the_training_split_only() -> None:
    train = np.array([[1, 5], [3, 5]], np.float32)
    test = np.array([[5, 6]], np.float32)
    assert np.array_equal(normalise([train, test], "0 to 1")[1], [[2, 1]])
    standardised = normalise([train, test], "standardise")
    assert np.array_equal(standardised[0], [[-1, 0], [1, 0]])
    assert np.array_equal(standardised[1], [[3, 1]])
    assert normalise([train, test], "none")[1] is test


def test_images_are_normalised_by_channel() -> None:
    rng = np.random.default_rng(0)
    train = rng.normal(3, 2, (50, 2, 4, 4)).astype(np.float32)
    train[:, 1] = 7
    (out,) = normalise([train], "standardise")
    reference = (train[:, 0].astype(np.float64) - train[:, 0].mean()) / train[:, 0].std(dtype=np.float64)
    assert np.allclose(out[:, 0], reference, atol=1e-5)
    assert not out[:, 1].any()


def test_sequences_are_normalised_by_feature() -> None:
    train = np.random.default_rng(0).normal(size=(40, 5, 3)).astype(np.float32) * [1, 10, 100]
    (out,) = normalise([train.astype(np.float32)], "standardise")
    assert np.allclose(out.mean(axis=(0, 1)), 0, atol=1e-5)
    assert np.allclose(out.std(axis=(0, 1)), 1, atol=1e-5)


def test_values_to_be_learned_are_standardised_unless_switched_off(tmp_path: Path) -> None:
    spec = open_own_data(prices(tmp_path))
    assert spec.task == "regression"
    y = spec.load(LoadContext()).train.y
    assert abs(float(y.mean())) < 1e-6
    assert abs(float(y.std()) - 1) < 1e-5
    raw = spec.replace(standardise_targets=False).load(LoadContext()).train.y
    assert {round(float(value) * 2) % 2 for value in raw[:, 0]} == {1}
    check_script(spec)
    check_script(spec.replace(standardise_targets=False))


def test_more_than_the_memory_holds_is_refused() -> None:
    with pytest.raises(DataError, match=r"60,000 samples of 3 x 224 x 224 values would take 36\.1 GB"):
        check_size("photos", 60_000, (3, 224, 224))
