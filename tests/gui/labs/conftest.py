from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.gui.labs.workspace import LabsWorkspace
from nnviz.gui.window_context import WindowContext

Opener = Callable[[str], LabsWorkspace]


@pytest.fixture(autouse=True, scope="session")
def _torch_is_loaded() -> None:
    """Here and not on a thread of the first lab that computes: its parts take seconds, longer than most tests."""
    import torch

    torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)


@pytest.fixture
def open_lab(qtbot: QtBot, context: WindowContext) -> Opener:
    """Open one lab in a workspace of its own on the screen."""

    # qtbot keeps weak references only, and a test may hold no more than a part of the page.
    kept = []

    def open_(name: str) -> LabsWorkspace:
        page = LabsWorkspace(context)
        qtbot.addWidget(page)
        kept.append(page)
        page.resize(1200, 720)
        page.show()
        page.open_lab(name)
        qtbot.waitExposed(page)
        assert page.page is not None
        qtbot.waitUntil(lambda: page.page.controls.complete)
        # The rows are there, but not laid out yet.
        QApplication.processEvents()
        return page

    return open_
