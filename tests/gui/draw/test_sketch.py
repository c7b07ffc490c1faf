from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.ink import prepare_strokes
from nnviz.gui.draw.sketch import Sketch
from tests.gui.draw.pointer import image_of

LINE = np.array([[0.0, 100.0], [400.0, 100.0]])


def test_nothing_is_blank() -> None:
    assert Sketch().is_blank
    assert not image_of(Sketch().question(18)).any()


def test_an_eraser_that_touches_nothing_gives_the_same_sketch() -> None:
    sketch = Sketch((LINE,))
    assert sketch.erased((200, 150), (300, 150), 40) is sketch


def test_an_eraser_cuts_where_its_edge_is() -> None:
    # It goes down at x = 200 with a radius of 30: ink is left up to 170 and from 230 on.
    left, right = Sketch((LINE,)).erased((200, 0), (200, 200), 30).strokes
    assert left[0].tolist() == [0, 100]
    assert left[-1, 0] == pytest.approx(170, abs=1)
    assert right[0, 0] == pytest.approx(230, abs=1)
    assert right[-1].tolist() == [400, 100]


def test_an_eraser_takes_dots_and_short_ends_whole() -> None:
    dot, short = np.array([[50.0, 50.0]]), np.array([[52.0, 50.0], [60.0, 50.0]])
    assert Sketch((dot, short)).erased((50, 50), (50, 50), 20).is_blank


def test_untouched_strokes_keep_their_points() -> None:
    other = np.array([[10.0, 300.0], [390.0, 310.0]])
    erased = Sketch((LINE, other)).erased((0, 100), (400, 100), 10)
    assert len(erased.strokes) == 1
    assert erased.strokes[0] is other


def test_a_picture_makes_way_for_a_stroke() -> None:
    sketch = Sketch(picture=np.ones((5, 5), np.float32)).with_stroke(LINE)
    assert sketch.picture is None
    assert len(sketch.strokes) == 1


def test_strokes_are_prepared_by_the_core() -> None:
    points = np.array([[100.0, 50.0], [120.0, 300.0], [300.0, 310.0]])
    expected = prepare_strokes([points]).image
    np.testing.assert_array_equal(image_of(Sketch((points,)).question(18)), expected)
