from __future__ import annotations

import pytest

from nnviz.core.datasets import DATASETS
from nnviz.core.fit_to_data import fit_to_data
from nnviz.core.suggest_preset import suggest_preset


@pytest.mark.parametrize(
    ("dataset", "preset"),
    [
        ("circles", "2d_classifier"),
        ("blobs", "2d_classifier"),
        ("chapter_linear", "chapter_regression"),
        ("digits", "logistic_regression"),
    ],
)
def test_suggests_the_simplest_preset_for_the_kind_of_data(dataset: str, preset: str) -> None:
    found = suggest_preset(DATASETS[dataset]())
    assert found is not None
    assert found.name == preset


@pytest.mark.parametrize("name", [cls.name for cls in DATASETS if not cls.own])
def test_what_is_suggested_can_be_trained(name: str) -> None:
    dataset = DATASETS[name]()
    preset = suggest_preset(dataset)
    assert preset is not None
    network, training = fit_to_data(preset.network, preset.training, dataset)
    assert network.problems(dataset.output_shape) == []
    assert dataset.task in training.loss.tasks
