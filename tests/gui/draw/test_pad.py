from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QInputDevice,
    QMouseEvent,
    QPointingDevice,
    QTabletEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from nnviz.core.ink import prepare_strokes
from nnviz.gui.draw import incoming
from nnviz.gui.draw.pad import GREATEST_PEN, LEAST_PEN, DrawingPad
from nnviz.gui.draw.sketch import CANVAS_SIDE
from nnviz.gui.style.theme import DARK, LIGHT, Theme
from tests.gui.draw.pointer import SEVEN, draw, image_of

ROOT = Path(__file__).parents[3]
LEFT = Qt.MouseButton.LeftButton


def image(pad: DrawingPad) -> np.ndarray:
    return image_of(pad.sketch.question(pad.pen_width))


def colour_at(pad: DrawingPad, x: int, y: int) -> QColor:
    grab = pad.grab().toImage()
    ratio = grab.width() / pad.width()
    return grab.pixelColor(round(x * ratio), round(y * ratio))


def is_ink(colour: QColor, theme: Theme = LIGHT) -> bool:
    ink, paper = theme.colour("text"), theme.colour("surface")
    return abs(colour.lightness() - ink.lightness()) < abs(colour.lightness() - paper.lightness())


def test_mouse_strokes_are_prepared_as_the_same_points_in_the_core(pad: DrawingPad) -> None:
    draw(pad)
    expected = prepare_strokes([np.array(SEVEN, dtype=np.float64)])
    np.testing.assert_allclose(image(pad), expected.image, atol=2 / 255)


@pytest.mark.parametrize("factor", ["1", "1.5", "2"])
def test_the_screens_density_changes_nothing(factor: str) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": factor}
    command = [sys.executable, "-m", "tests.gui.draw.scaled_pad"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["ratio"] == float(factor)
    assert result["width"] == round(430 * float(factor))
    expected = prepare_strokes([np.array(SEVEN, dtype=np.float64)])
    np.testing.assert_allclose(np.array(result["image"]), expected.image, atol=2 / 255)


def test_points_between_pixels_are_kept(pad: DrawingPad) -> None:
    places = [QPointF(100.25, 100.5), QPointF(120.75, 180.125), QPointF(200.5, 300.875)]
    kinds = [QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseMove]
    for kind, place in zip(kinds, places, strict=True):
        button = LEFT if kind is QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
        event = QMouseEvent(kind, place, pad.mapToGlobal(place), button, LEFT, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(pad, event)
    pad.finish()
    np.testing.assert_allclose(pad.sketch.strokes[0], [[p.x(), p.y()] for p in places])


def test_a_stroke_is_painted_while_it_is_drawn_and_after(pad: DrawingPad) -> None:
    assert not is_ink(colour_at(pad, 240, 95))
    draw(pad, release=False)
    assert is_ink(colour_at(pad, 150, 96))
    assert is_ink(colour_at(pad, 191, 338))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(*SEVEN[-1]))
    assert is_ink(colour_at(pad, 150, 96))
    assert is_ink(colour_at(pad, 191, 338))
    assert not is_ink(colour_at(pad, 50, 350))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_ink_is_seen_in_both_themes(pad: DrawingPad, theme: Theme) -> None:
    draw(pad)
    pad.set_theme(theme)
    ink, paper = colour_at(pad, 150, 96), colour_at(pad, 50, 350)
    assert abs(ink.lightness() - paper.lightness()) > 180


def test_a_click_is_a_dot(pad: DrawingPad) -> None:
    QTest.mouseClick(pad, LEFT, pos=QPoint(200, 150))
    assert [stroke.tolist() for stroke in pad.sketch.strokes] == [[[200.0, 150.0]]]
    assert is_ink(colour_at(pad, 200, 150))
    assert is_ink(colour_at(pad, 206, 150))
    assert image(pad).any()


def test_a_double_click_is_two_dots_and_sticks_to_nothing(pad: DrawingPad) -> None:
    QTest.mouseClick(pad, LEFT, pos=QPoint(100, 100))
    QTest.mouseDClick(pad, LEFT, pos=QPoint(100, 100))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(100, 100))
    QTest.mouseMove(pad, QPoint(300, 300))
    assert len(pad.sketch.strokes) == 2
    assert all(len(stroke) == 1 for stroke in pad.sketch.strokes)
    assert not pad.is_drawing


def test_coinciding_points_are_painted_as_a_disc(pad: DrawingPad) -> None:
    draw(pad, [(200, 200), (201, 200), (200, 200)])
    pad.resize(401, 401)
    assert is_ink(colour_at(pad, 200, 200))


def test_other_buttons_draw_nothing_and_end_nothing(pad: DrawingPad) -> None:
    QTest.mouseClick(pad, Qt.MouseButton.RightButton, pos=QPoint(100, 100))
    assert pad.is_blank
    draw(pad, SEVEN[:4], release=False)
    QTest.mousePress(pad, Qt.MouseButton.RightButton, pos=QPoint(*SEVEN[3]))
    QTest.mouseRelease(pad, Qt.MouseButton.RightButton, pos=QPoint(*SEVEN[3]))
    assert pad.is_drawing
    QTest.mouseRelease(pad, LEFT, pos=QPoint(*SEVEN[3]))
    assert len(pad.sketch.strokes) == 1


def test_points_outside_the_paper_are_put_on_its_edge(pad: DrawingPad) -> None:
    draw(pad, [(200, 200), (500, 200), (500, 460), (200, 300)])
    stroke = pad.sketch.strokes[0]
    assert stroke.min() >= 0
    assert stroke.max() <= CANVAS_SIDE
    np.testing.assert_allclose(stroke[1], [CANVAS_SIDE, 200])


def test_a_release_that_went_elsewhere_ends_the_stroke(pad: DrawingPad) -> None:
    draw(pad, SEVEN[:4], release=False)
    place = QPointF(300, 300)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, pad.mapToGlobal(place), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(pad, event)
    assert not pad.is_drawing
    assert len(pad.sketch.strokes[0]) == 4


def test_losing_the_focus_or_the_screen_ends_the_stroke(pad: DrawingPad, qtbot: QtBot) -> None:
    other = QLineEdit(pad)
    other.show()
    pad.setFocus()
    draw(pad, SEVEN[:4], release=False)
    other.setFocus()
    assert not pad.is_drawing
    pad.setFocus()
    QTest.mouseRelease(pad, LEFT, pos=QPoint(1, 1))
    draw(pad, SEVEN[4:], release=False)
    pad.hide()
    assert not pad.is_drawing
    assert [len(stroke) for stroke in pad.sketch.strokes] == [4, 4]


def test_undo_and_redo_go_stroke_by_stroke(pad: DrawingPad) -> None:
    draw(pad, SEVEN[:4])
    draw(pad, SEVEN[4:])
    first, second = pad.sketch.strokes
    pad.undo()
    assert pad.sketch.strokes == (first,)
    assert not is_ink(colour_at(pad, 205, 290))
    pad.redo()
    assert pad.sketch.strokes == (first, second)
    assert is_ink(colour_at(pad, 205, 290))


def test_undo_takes_back_a_stroke_under_way(pad: DrawingPad) -> None:
    draw(pad, SEVEN[:4])
    draw(pad, SEVEN[4:], release=False)
    pad.undo()
    QTest.mouseMove(pad, QPoint(10, 10))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(10, 10))
    assert len(pad.sketch.strokes) == 1


def test_clear_is_undone_and_forgets_a_stroke_under_way(pad: DrawingPad) -> None:
    draw(pad)
    draw(pad, [(20, 20), (60, 60)], release=False)
    pad.clear()
    QTest.mouseMove(pad, QPoint(90, 90))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(90, 90))
    assert pad.is_blank
    pad.undo()
    assert len(pad.sketch.strokes) == 1


def test_resizing_keeps_the_drawing(pad: DrawingPad) -> None:
    draw(pad)
    before = image(pad)
    pad.resize(800, 600)
    np.testing.assert_array_equal(image(pad), before)
    # The paper is 600 wide and begins at 100: 150 -> 100 + 150 * 1.5.
    assert is_ink(colour_at(pad, 325, 144))


def test_the_eraser_cuts_what_it_touches_in_one_step_of_undo(pad: DrawingPad) -> None:
    draw(pad, [(50, 200), (350, 200)])
    whole = pad.sketch
    pad.set_erasing(True)
    draw(pad, [(200, 100), (200, 180), (200, 300)])
    left, right = pad.sketch.strokes
    assert left[:, 0].max() < 200 < right[:, 0].min()
    assert not is_ink(colour_at(pad, 200, 200))
    assert is_ink(colour_at(pad, 100, 200))
    pad.undo()
    assert pad.sketch is whole


def test_the_eraser_beside_the_ink_changes_nothing(pad: DrawingPad) -> None:
    draw(pad)
    count = pad.undo_stack.count()
    pad.set_erasing(True)
    draw(pad, [(20, 380), (60, 380)])
    assert pad.undo_stack.count() == count


def test_the_pens_other_end_erases(pad: DrawingPad) -> None:
    draw(pad, [(50, 200), (350, 200)])
    device = QPointingDevice(
        "pen",
        7,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Eraser,
        QInputDevice.Capability.Position,
        1,
        1,
    )
    send_pen(pad, device, [(200, 150), (200, 250)])
    assert len(pad.sketch.strokes) == 2


def test_a_pen_draws_once_and_at_fractions_of_pixels(pad: DrawingPad) -> None:
    device = QPointingDevice(
        "pen",
        8,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        1,
    )
    send_pen(pad, device, [(100.5, 100.25), (150.75, 200.5)])
    assert [stroke.tolist() for stroke in pad.sketch.strokes] == [[[100.5, 100.25], [150.75, 200.5]]]


def send_pen(pad: DrawingPad, device: QPointingDevice, points: list[tuple[float, float]]) -> None:
    kinds = [QEvent.Type.TabletPress, *[QEvent.Type.TabletMove] * (len(points) - 1), QEvent.Type.TabletRelease]
    for kind, point in zip(kinds, [*points, points[-1]], strict=True):
        place = QPointF(*point)
        moves, ends = kind is QEvent.Type.TabletMove, kind is QEvent.Type.TabletRelease
        event = QTabletEvent(
            kind,
            device,
            place,
            pad.mapToGlobal(place),
            0.5,
            0,
            0,
            0.0,
            0.0,
            0.0,
            Qt.KeyboardModifier.NoModifier,
            Qt.MouseButton.NoButton if moves else LEFT,
            Qt.MouseButton.NoButton if ends else LEFT,
        )
        QApplication.sendEvent(pad, event)
        assert event.isAccepted()


def test_the_first_finger_draws_and_the_second_does_not(pad: DrawingPad) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(0, QPoint(100, 100), pad).commit()
    QTest.touchEvent(pad, device).move(0, QPoint(120, 180), pad).press(1, QPoint(300, 300), pad).commit()
    QTest.touchEvent(pad, device).move(0, QPoint(150, 250), pad).move(1, QPoint(320, 320), pad).commit()
    QTest.touchEvent(pad, device).release(0, QPoint(150, 250), pad).stationary(1).commit()
    QTest.touchEvent(pad, device).release(1, QPoint(320, 320), pad).commit()
    assert [stroke.tolist() for stroke in pad.sketch.strokes] == [[[100, 100], [120, 180], [150, 250]]]


@pytest.mark.parametrize(("asked", "got"), [(1, LEAST_PEN), (25, 25), (99, GREATEST_PEN)])
def test_the_pens_width_stays_in_its_range(pad: DrawingPad, asked: int, got: int) -> None:
    pad.set_pen_width(asked)
    assert pad.pen_width == got


def test_a_wider_pen_repaints_the_drawing_and_changes_no_image(pad: DrawingPad) -> None:
    draw(pad)
    before = image(pad)
    assert not is_ink(colour_at(pad, 150, 112))
    pad.set_pen_width(GREATEST_PEN)
    assert is_ink(colour_at(pad, 150, 112))
    np.testing.assert_array_equal(image(pad), before)


def test_a_dropped_picture_is_shown_and_drawing_replaces_it(pad: DrawingPad, qtbot: QtBot, tmp_path: Path) -> None:
    path = picture_of_a_bar(tmp_path)
    draw(pad)
    drop(pad, path)
    qtbot.waitUntil(lambda: pad.sketch.picture is not None)
    assert image(pad).any()
    assert colour_at(pad, 200, 200).lightness() < 60
    draw(pad, [(50, 50), (60, 300)])
    assert pad.sketch.picture is None
    assert len(pad.sketch.strokes) == 1
    pad.undo()
    assert pad.sketch.picture is not None
    pad.undo()
    assert len(pad.sketch.strokes) == 1


def test_a_picture_is_taken_from_the_clipboards_pixels(pad: DrawingPad, qtbot: QtBot) -> None:
    bar = QImage(60, 80, QImage.Format.Format_RGB32)
    bar.fill(Qt.GlobalColor.white)
    for y in range(10, 70):
        for x in range(27, 33):
            bar.setPixelColor(x, y, QColor("black"))
    mime = QMimeData()
    mime.setImageData(bar)
    pad.take_picture(mime)
    qtbot.waitUntil(lambda: pad.sketch.picture is not None)
    result = image(pad)
    assert result[14, 14] > 0.9
    assert result[:, :8].max() == 0


def test_a_broken_picture_is_refused_with_a_sentence(pad: DrawingPad, qtbot: QtBot, tmp_path: Path) -> None:
    path = picture_of_a_bar(tmp_path)
    path.write_bytes(path.read_bytes()[:60])
    draw(pad)
    before = pad.sketch
    with qtbot.waitSignal(pad.picture_refused) as refused:
        drop(pad, path)
    assert "bar.png" in refused.args[0]
    assert pad.sketch is before


def test_a_picture_that_comes_late_does_not_replace_what_was_drawn_meanwhile(
    pad: DrawingPad, qtbot: QtBot, tmp_path: Path
) -> None:
    path = picture_of_a_bar(tmp_path)
    with qtbot.waitSignal(pad.incoming._background.done):
        pad.take_picture(path)
        draw(pad)
    assert pad.sketch.picture is None
    assert len(pad.sketch.strokes) == 1


def test_an_empty_clipboard_is_said(pad: DrawingPad, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pad.picture_refused) as refused:
        pad.take_picture(QMimeData())
    assert "no picture" in refused.args[0]


def picture_of_a_bar(folder: Path) -> Path:
    bar = QImage(300, 300, QImage.Format.Format_RGB32)
    bar.fill(Qt.GlobalColor.white)
    for y in range(60, 240):
        for x in range(135, 165):
            bar.setPixelColor(x, y, QColor("black"))
    path = folder / "bar.png"
    assert bar.save(str(path))
    return path


def drop(pad: DrawingPad, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    place, copy, keys = QPointF(50, 50), Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    # The application would send a drop only to the target of a drag that it runs itself.
    enter = QDragEnterEvent(place.toPoint(), copy, mime, LEFT, keys)
    pad.event(enter)
    assert enter.isAccepted()
    pad.event(QDropEvent(place, copy, mime, LEFT, keys))


def test_a_picture_that_takes_its_time_is_told_of_and_given_up_by_clear(
    pad: DrawingPad, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(pad)
    drawn, bare = pad.sketch, pad.grab().toImage()
    go_on = threading.Event()
    monkeypatch.setattr(incoming, "picture_reader", lambda source: lambda: go_on.wait(20) and np.zeros((9, 9)))
    with qtbot.waitSignal(pad.incoming.waiting_changed, timeout=5000):
        pad.take_picture(Path("large.png"))
    assert pad.incoming.is_waited_for
    assert pad.grab().toImage() != bare
    pad.clear()
    assert not pad.incoming.is_waited_for
    assert pad.grab().toImage() == bare
    with qtbot.waitSignal(pad.incoming._background.done, timeout=5000):
        go_on.set()
    assert pad.sketch is drawn


def test_a_picture_on_the_clipboard_is_unpacked_in_the_background(pad: DrawingPad, qtbot: QtBot) -> None:
    page = np.full((60, 40), 255, np.uint8)
    page[10:50, 18:22] = 0
    content = io.BytesIO()
    Image.fromarray(page).save(content, "PNG")
    mime = QMimeData()
    mime.setData("image/png", content.getvalue())
    pad.take_picture(mime)
    qtbot.waitUntil(lambda: pad.sketch.picture is not None)
    np.testing.assert_allclose(pad.sketch.picture, page / 255, atol=1e-6)
    broken = QMimeData()
    broken.setData("image/png", content.getvalue()[:60])
    with qtbot.waitSignal(pad.picture_refused) as refused:
        pad.take_picture(broken)
    assert "damaged or cut off" in refused.args[0]
