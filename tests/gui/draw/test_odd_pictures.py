"""What no digit was made of, and pictures of every kind, on the real page with the network that comes with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.core.reading import Question
from nnviz.gui.draw.verdict import SURE
from nnviz.gui.draw.workspace import DrawWorkspace
from nnviz.gui.reading_desk import ReadingDesk
from tests.gui.draw.pointer import AskedSession, draw

SEVEN = [(60, 50), (150, 46), (144, 70), (110, 130), (88, 180)]
"""The pen's way on a sheet of 200 x 230."""


class ReadingSession(AskedSession):
    """Reads with the bundled network, on this thread."""

    desk: ReadingDesk

    def read(self, question: Question) -> int:
        request = super().read(question)
        self.desk.newest_request = request
        self.desk.read(request, question)
        return request


@pytest.fixture(scope="module")
def desk(qapp: QApplication) -> ReadingDesk:
    desk = ReadingDesk()
    desk.warm_up()
    return desk


@pytest.fixture
def fake_session(qapp: QApplication, desk: ReadingDesk) -> Iterator[ReadingSession]:
    session = ReadingSession()
    session.desk = desk
    # Behind the question, as from another thread.
    desk.answered.connect(session.reading_ready, Qt.ConnectionType.QueuedConnection)
    yield session
    desk.answered.disconnect(session.reading_ready)


def wait_for_answer(qtbot: QtBot, workspace: DrawWorkspace, session: ReadingSession) -> None:
    qtbot.waitUntil(lambda: session.request > 0 and not workspace._is_due, timeout=60_000)


def sheet(mode: str = "L", side: int = 1) -> Image.Image:
    """A seven on white paper, `side` times as large as 200 x 230."""
    page = Image.new("L", (200 * side, 230 * side), 255)
    ImageDraw.Draw(page).line([(x * side, y * side) for x, y in SEVEN], fill=0, width=12 * side, joint="curve")
    return page.convert(mode)


def transparent() -> Image.Image:
    """Black ink on nothing."""
    page = Image.new("RGBA", (200, 230), (0, 0, 0, 0))
    page.putalpha(sheet().point(lambda grey: 255 - grey))
    return page


def saved(path: Path) -> Path:
    """A seven in the kind of file that the name says."""
    if path.name == "animated.gif":
        others = [Image.new("L", (200, 230), 255), Image.new("L", (200, 230), 0)]
        sheet().save(path, save_all=True, append_images=others)
    elif path.name == "cmyk.jpg":
        sheet("CMYK").save(path)
    elif path.name == "transparent.png":
        transparent().save(path)
    elif path.name == "50 megapixels.png":
        large = sheet(side=33)
        assert large.width * large.height > 50e6
        large.save(path)
    return path


@pytest.mark.parametrize("name", ["animated.gif", "cmyk.jpg", "transparent.png", "50 megapixels.png"])
def test_a_seven_is_read_from_every_kind_of_file(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: ReadingSession, tmp_path: Path, name: str
) -> None:
    workspace.pad.take_picture(saved(tmp_path / name))
    wait_for_answer(qtbot, workspace, fake_session)
    assert workspace.verdict.sentence == "This is a 7"


def test_a_photo_of_an_empty_page_has_no_ink(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: ReadingSession, tmp_path: Path
) -> None:
    """Grey paper with a grain, one corner in the shade."""
    rng = np.random.default_rng(3)
    shade = np.linspace(0.85, 0.55, 480)[:, None] * np.linspace(1.0, 0.85, 640)
    page = np.clip(shade + rng.normal(0, 0.01, shade.shape), 0, 1)
    Image.fromarray(np.round(page * 255).astype(np.uint8)).save(tmp_path / "page.jpg")
    workspace.pad.take_picture(tmp_path / "page.jpg")
    wait_for_answer(qtbot, workspace, fake_session)
    assert workspace.verdict.sentence == "I see no ink"
    assert workspace.bars.probabilities is None


def test_a_picture_that_is_all_black_has_no_ink(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: ReadingSession
) -> None:
    workspace.pad.show_picture(np.zeros((300, 300), np.float32))
    wait_for_answer(qtbot, workspace, fake_session)
    assert workspace.verdict.sentence == "I see no ink"


def test_a_corrupt_file_is_told_and_changes_nothing(qtbot: QtBot, workspace: DrawWorkspace, tmp_path: Path) -> None:
    path = saved(tmp_path / "transparent.png")
    path.write_bytes(path.read_bytes()[:400])
    draw(workspace.pad)
    before = workspace.pad.sketch
    with qtbot.waitSignal(workspace.pad.picture_refused, timeout=20_000) as refused:
        workspace.pad.take_picture(path)
    assert "damaged or cut off" in refused.args[0]
    assert workspace.pad.sketch is before


def test_nobody_is_sure_what_digit_a_dot_is(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: ReadingSession
) -> None:
    QTest.mouseClick(workspace.pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    wait_for_answer(qtbot, workspace, fake_session)
    assert workspace.bars.probabilities is not None
    assert float(workspace.bars.probabilities.max()) < SURE


def test_nobody_is_sure_what_digit_a_black_canvas_is(
    qtbot: QtBot, workspace: DrawWorkspace, fake_session: ReadingSession
) -> None:
    """The pen goes to and fro until no paper is left."""
    workspace.pad.set_pen_width(40)
    last = workspace.pad.width() - 1
    rows = range(0, workspace.pad.height(), 20)
    draw(workspace.pad, [point for y in rows for point in ((0, y), (last, y))])
    wait_for_answer(qtbot, workspace, fake_session)
    assert workspace.bars.probabilities is not None
    assert float(workspace.bars.probabilities.max()) < SURE
    assert workspace.verdict.sentence == "I cannot tell: it looks like no digit I know"


def test_a_blank_pad_has_no_answer(workspace: DrawWorkspace, fake_session: ReadingSession) -> None:
    draw(workspace.pad)
    assert fake_session.request > 0
    workspace.pad.clear()
    assert workspace.verdict.sentence == "Nothing drawn yet"
    assert workspace.bars.probabilities is None
