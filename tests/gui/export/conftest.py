"""A menu over points in the plane, for which everything is quick."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.core.presets import PRESETS
from nnviz.gui.document import Document, Project
from nnviz.gui.export.menu import ExportMenu
from nnviz.gui.window_context import WindowContext


@pytest.fixture
def document(qapp: QApplication) -> Document:
    preset = PRESETS["2d_classifier"]
    return Document(Project(preset.title, preset.network, preset.dataset, preset.training.replace(steps=5)))


@pytest.fixture
def menu(context: WindowContext, qapp: QApplication) -> Iterator[ExportMenu]:
    window = QWidget()
    yield ExportMenu(context, window)
    window.deleteLater()
