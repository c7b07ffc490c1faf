"""Where everything stands on the canvas of the convolution lab."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from nnviz.core.labs.convolution.stage import OPERATIONS, Operation, Stage
from nnviz.gui.labs.canvas import LabCanvas
from nnviz.gui.labs.convolution_grids import Grid

LARGEST_CELL = 3.4
"""Side of the largest cells, in heights of ordinary type."""


@dataclass(frozen=True)
class Places:
    """Boxes and grids of one frame.

    Attributes:
        tabs: One box per stage; empty if there is only one.
        heads: Where title and caption of each part stand: image, kernel, the three maps, terms.
        rooms: All the room of each part, below its head.
        image: Cells of the padded image.
        kernel: Cells of the kernel.
        bias: Where the bias stands.
        maps: Cells of the maps that there are.
        sizes: Where the formulas of the sizes stand.
        scale: Where the scale of the colours stands.
    """

    tabs: tuple[QRectF, ...]
    heads: dict[str, QRectF]
    rooms: dict[str, QRectF]
    image: Grid
    kernel: Grid
    bias: QRectF
    maps: dict[Operation, Grid]
    sizes: QRectF
    scale: QRectF


def arrange(canvas: LabCanvas, stage: Stage, tabs: int) -> Places:
    """Image, kernel, feature map and ReLU in the first row; the arithmetic and the pooled map below.

    Args:
        canvas: Whose size and type count.
        stage: What is shown.
        tabs: Number of stages that can be chosen; 1 if there is nothing to choose.
    """
    theme = canvas.theme
    space, font = theme.space, theme.font_px
    margin = 1.5 * space
    caption, line = canvas.line_height(theme.caption_px), canvas.line_height()
    left, top = margin, float(space)
    width, bottom = canvas.width() - 2 * margin, canvas.height() - space
    tab_boxes: list[QRectF] = []
    if tabs > 1:
        height = (1.9 if canvas.height() > 26 * font else 1.5) * font
        each = (width - (tabs - 1) * space) / tabs
        tab_boxes = [QRectF(left + number * (each + space), top, each, height) for number in range(tabs)]
        top += height + space
    foot = QRectF(left, bottom - 2 * caption, width, 2 * caption)
    head = line + caption + 4
    row_height = (foot.top() - space - top) / 2
    gap = 2.2 * font
    kernel_width = min(max(0.17 * width, 9.5 * font), 5 * LARGEST_CELL * font)
    map_width = (width - kernel_width - 3 * gap) / 3
    x = [left]
    for part in (map_width, kernel_width, map_width):
        x.append(x[-1] + part + gap)
    names = ("image", "kernel", "convolution", "ReLU")
    widths = (map_width, kernel_width, map_width, map_width)
    heads, rooms = {}, {}

    def put(name: str, x: float, y: float, width: float) -> None:
        heads[name] = QRectF(x, y, width, head)
        # The second row's titles do not touch the first row's maps.
        rooms[name] = QRectF(x, y + head, width, row_height - head - space)

    for name, x_, width_ in zip(names, x, widths, strict=False):
        put(name, x_, top, width_)
    put("terms", left, top + row_height, x[3] - gap - left)
    put("pooling", x[3], top + row_height, map_width)
    largest = LARGEST_CELL * font
    image = Grid.within(rooms["image"], stage.padded.shape, largest)
    side = len(stage.recipe.kernel)
    room, bias_height = rooms["kernel"], 1.7 * font
    if room.height() > 7 * font:
        kernel = Grid.within(room.adjusted(0, 0, 0, -bias_height - space), (side, side), largest)
        bias = QRectF(room.left(), kernel.outer.bottom() + space, min(room.width(), 9 * font), bias_height)
    else:
        # In a low row the bias stands beside the kernel: its cells need all the height.
        kernel = Grid.within(room.adjusted(0, 0, -4.5 * font, 0), (side, side), largest)
        bias = QRectF(
            kernel.outer.right() + space, room.top(), room.right() - kernel.outer.right() - space, bias_height
        )
    maps: dict[Operation, Grid] = {}
    for operation in OPERATIONS:
        made = stage.map_of(operation)
        if made is not None:
            maps[operation] = Grid.within(rooms[operation], made.shape, largest)
    return Places(
        tuple(tab_boxes),
        heads,
        rooms,
        image,
        kernel,
        bias,
        maps,
        QRectF(left, foot.top(), x[3] - gap - left, foot.height()),
        QRectF(x[3], foot.top(), map_width, foot.height()),
    )
