"""Draws on a pad by real mouse events and prints what came of it; run in a process of its own, for QT_SCALE_FACTOR."""

from __future__ import annotations

import json

from PySide6.QtWidgets import QApplication

from nnviz.gui.draw.pad import DrawingPad
from tests.gui.draw.pointer import SEVEN, draw, image_of


def main() -> None:
    application = QApplication([])
    pad = DrawingPad()
    # Neither square nor the canvas's size, so that place and scale matter.
    pad.resize(430, 377)
    pad.show()
    application.processEvents()
    draw(pad, SEVEN)
    picture = pad.grab().toImage()
    result = {
        "ratio": pad.devicePixelRatioF(),
        "width": picture.width(),
        "image": image_of(pad.sketch.question(pad.pen_width)).tolist(),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
