"""The picture of a whole network: what stands in it, that nothing is cut off, and what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from nnviz.core.errors import NnvizError
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.relu import ReLU
from nnviz.core.presets.base import PRESETS
from nnviz.gui.build.architecture import PNG_SCALE, ArchitecturePicture, save_architecture
from nnviz.gui.document import Project
from nnviz.gui.style.theme import DARK, LIGHT, Theme
from tests.gui.build.conftest import preset_project

DEEP = (*(Conv2d(), BatchNorm(), ReLU()) * 10, Flatten(), Dense(units=10))


def _project(*layers: object) -> Project:
    project = preset_project("mlp")
    return replace(project, network=project.network.replace(layers=layers))


def _texts(path: Path) -> list[str]:
    root = ElementTree.parse(path).getroot()
    return ["".join(element.itertext()).strip() for element in root.iter("{http://www.w3.org/2000/svg}text")]


def test_the_drawing_says_data_shapes_parameters_and_classes_as_text(qapp: QApplication, tmp_path: Path) -> None:
    save_architecture(preset_project("mlp"), tmp_path / "mlp.svg", LIGHT)
    texts = _texts(tmp_path / "mlp.svg")
    # 784 x 128 + 128 weights and biases, worked out by hand.
    for text in ("MNIST", "1 × 28 × 28", "784", "128", "784 × 128 + 128", "= 100,480", "ReLU", "10 classes"):
        assert text in texts


def test_the_picture_has_twice_the_size_and_the_ground_of_the_theme(qapp: QApplication, tmp_path: Path) -> None:
    project = preset_project("mlp")
    size = ArchitecturePicture(project, LIGHT).size()
    for theme in (LIGHT, DARK):
        save_architecture(project, tmp_path / "mlp.png", theme)
        image = QImage(str(tmp_path / "mlp.png"))
        assert (image.width(), image.height()) == (size.width() * PNG_SCALE, size.height() * PNG_SCALE)
        assert image.pixelColor(0, 0) == theme.colour("surface")


@pytest.mark.parametrize(
    "layers", [(), DEEP, (Conv2d(), Dense(), ReLU()), (Flatten(enabled=False), Flatten(), Dense(units=10))]
)
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_nothing_touches_the_margin(
    qapp: QApplication, tmp_path: Path, layers: tuple[object, ...], theme: Theme
) -> None:
    path = tmp_path / "picture.png"
    save_architecture(_project(*layers), path, theme)
    image = QImage(str(path))
    ground = image.pixelColor(0, 0)
    assert image.width() <= 1260 * PNG_SCALE
    edge = 4
    for x in range(0, image.width(), 3):
        assert all(
            image.pixelColor(x, y) == ground for y in (*range(edge), *range(image.height() - edge, image.height()))
        )
    for y in range(0, image.height(), 3):
        assert all(
            image.pixelColor(x, y) == ground for x in (*range(edge), *range(image.width() - edge, image.width()))
        )


def test_a_layer_that_does_not_fit_is_shown_with_its_sentence(qapp: QApplication, tmp_path: Path) -> None:
    project = _project(Conv2d(), Dense(), ReLU())
    save_architecture(project, tmp_path / "wrong.svg", LIGHT)
    texts = _texts(tmp_path / "wrong.svg")
    assert str(project.network.problem()) in texts
    assert "not known yet" in texts


@pytest.mark.parametrize("name", [preset.name for preset in PRESETS])
def test_every_preset_has_a_picture_with_all_its_sizes(qapp: QApplication, tmp_path: Path, name: str) -> None:
    project = preset_project(name)
    save_architecture(project, tmp_path / "preset.svg", LIGHT)
    counted = [
        int(text[2:].replace(",", "")) for text in _texts(tmp_path / "preset.svg") if re.match(r"= [\d,]+$", text)
    ]
    boxes = ("Layer", "Pooling", "Recurrent")
    tagged = [trace for trace in project.network.trace() if trace.layer.category not in boxes]
    assert sum(counted) == project.network.parameter_count() - sum(trace.parameters for trace in tagged)


def test_what_cannot_be_written_is_said_in_a_sentence(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(NnvizError, match=r"\.svg or \.png; net\.pdf has \.pdf"):
        save_architecture(preset_project("mlp"), tmp_path / "net.pdf", LIGHT)
    with pytest.raises(NnvizError, match="cannot be written"):
        save_architecture(preset_project("mlp"), tmp_path / "missing" / "net.svg", LIGHT)
