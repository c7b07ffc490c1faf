from __future__ import annotations

from dataclasses import replace

from nnviz.core.layers.dense import Dense
from nnviz.core.layers.tanh import Tanh
from nnviz.core.project import ProjectFile
from nnviz.core.run_differences import Difference, differences, settings_of
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.regularisers.l1 import L1
from tests.gui.training import circles


def file_of(**training: object) -> ProjectFile:
    project = circles(**training)
    return ProjectFile(project.title, project.network, project.dataset, project.training)


def test_the_same_settings_differ_in_nothing() -> None:
    assert differences([file_of(), file_of()]) == []
    assert differences([file_of()]) == []
    assert differences([]) == []


def test_what_differs_in_training() -> None:
    found = differences([file_of(seed=1), file_of(seed=2, batch_size=8), file_of(seed=1)])
    assert found == [Difference("Training", "Batch size", (32, 8, 32)), Difference("Training", "Seed", (1, 2, 1))]


def test_settings_of_another_kind_are_missing_on_the_other_side() -> None:
    first = file_of(optimiser=Adam(learning_rate=0.01))
    second = file_of(optimiser=GradientDescent(learning_rate=0.1), regularisers=(L1(strength=0.5),))
    rows = {(row.where, row.name): row.values for row in differences([first, second])}
    assert rows["Optimiser", "Kind"] == ("Adam", "Gradient descent")
    assert rows["Optimiser", "Learning rate"] == (0.01, 0.1)
    assert rows["Regularisers 1", "Kind"] == (None, "L1")
    assert rows["Regularisers 1", "Strength"] == (None, 0.5)


def test_layers_keep_their_order() -> None:
    first = file_of()
    deeper = (Dense(units=16), Tanh(), Dense(units=4), Tanh(), Dense(units=2))
    second = replace(first, network=first.network.replace(layers=deeper))
    rows = differences([first, second])
    names = [row.where for row in rows if row.name == "Layer"]
    assert names == ["tanh_2", "dense_3"]
    assert next(row for row in rows if (row.where, row.name) == ("dense_1", "Units")).values == (8, 16)
    assert next(row for row in rows if (row.where, row.name) == ("dense_2", "Units")).values == (2, 4)


def test_epochs_without_effect_are_not_told() -> None:
    assert ("Training", "Epochs") in settings_of(file_of())
    assert ("Training", "Epochs") not in settings_of(file_of(steps=100))
