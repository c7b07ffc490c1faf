"""The picture of the convolution lab: image, kernel, feature map, ReLU, pooling, and the arithmetic of one cell."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFileDialog, QToolButton

from nnviz.core.labs.convolution.stage import OPERATIONS, Operation
from nnviz.gui.draw.incoming import first_file, has_picture
from nnviz.gui.labs.canvas import CENTRE, LEFT, RIGHT, LabCanvas, paint_arrow
from nnviz.gui.labs.convolution_editor import NumberEditor
from nnviz.gui.labs.convolution_grids import GridPainter, Look, paint_outline, paint_scale, round_limit
from nnviz.gui.labs.convolution_places import Places, arrange
from nnviz.gui.labs.convolution_terms import TermsPanel
from nnviz.gui.labs.convolution_words import size_text
from nnviz.gui.labs.numbers import short, signed
from nnviz.gui.style.icons import icon
from nnviz.gui.style.theme import Theme

if TYPE_CHECKING:
    from nnviz.gui.labs.convolution import ConvolutionLab

BIAS = (-1, -1)
"""The bias among the numbers that can be edited; the others are rows and columns of the kernel."""
NOTCH = 0.1
"""A notch of the wheel and a press of a key change a number by so much."""
ONE_EDIT_S = 0.8
"""Notches and presses that follow each other faster are taken back together."""

Spot = tuple[Operation, int, int]


class ConvolutionCanvas(LabCanvas):
    """Shows one stage; what the mouse points at is worked out in full.

    Signals:
        edit_began: Image, kernel or bias is going to be changed by hand.
    """

    edit_began = Signal()

    def __init__(self, lab: ConvolutionLab, theme: Theme) -> None:
        super().__init__(theme)
        self._lab = lab
        self._grids = GridPainter(self)
        self._terms = TermsPanel(self, lab)
        self._pointed: Spot | None = None
        self._pixel: tuple[int, int] | None = None
        self._weight: tuple[int, int] | None = None
        self._chosen: tuple[int, int] | None = None
        self._held: tuple[tuple[int, int], QPointF, float, bool] | None = None
        self._pen: tuple[QPointF, bool] | None = None
        self._last_change = ((-2, -2), 0.0)
        self._arranged: tuple[object, Places] | None = None
        self.setObjectName("convolution_canvas")
        self.setAccessibleName(self.tr("Image, kernel, feature map, ReLU and pooling"))
        self.setAcceptDrops(True)
        self._editor = NumberEditor(self)
        self._editor.typed.connect(self._on_typed)
        self._open = self._button("convolution_open", self.tr("Open a picture: PNG, JPEG and others."))
        self._clear = self._button("convolution_clear", self.tr("Empty the image, to draw on it."))
        self._open.clicked.connect(self.ask_picture)
        self._clear.clicked.connect(self._on_clear)
        self._dress()

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _dress(self) -> None:
        theme = self.theme
        side = round(1.8 * theme.font_px)
        for button, image in ((self._open, "open"), (self._clear, "clear")):
            button.setIcon(icon(image, theme, "text", on="accent_text"))
            button.setIconSize(QSize(round(0.8 * theme.icon_px), round(0.8 * theme.icon_px)))
            # The style sheet's padding and least height are those of bars.
            button.setStyleSheet("min-height: 0; min-width: 0; padding: 0;")
            button.setFixedSize(side, side)
        self._place_buttons()

    def _place_buttons(self) -> None:
        rooms = self.places().rooms
        left, right = rooms["image"].right(), rooms["kernel"].left()
        top = rooms["image"].top()
        for button in (self._open, self._clear):
            button.move(round((left + right - button.width()) / 2), round(top))
            button.setVisible(self._lab.shown == 0)
            top += button.height() + 2

    # What is shown

    def show_lab(self) -> None:
        """Paint the lab's numbers of now."""
        self._editor.close_editor()
        # The mouse may rest on a cell that is not there any more.
        self._pointed = self._pointed if self._valid(self._pointed) else None
        shape, side = self._lab.stage.x.shape, len(self._lab.stage.recipe.kernel)
        if self._pixel is not None and not (self._pixel[0] < shape[0] and self._pixel[1] < shape[1]):
            self._pixel = None
        if self._weight is not None and max(self._weight) >= side:
            self._weight = None
        if self._chosen not in self._numbers():
            self._chosen = None
        self._place_buttons()
        self.update()

    def _valid(self, spot: Spot | None) -> bool:
        made = self._lab.stage.map_of(spot[0]) if spot is not None else None
        return spot is not None and made is not None and spot[1] < made.shape[0] and spot[2] < made.shape[1]

    def places(self) -> Places:
        """Where everything stands now."""
        lab = self._lab
        key = (self.width(), self.height(), self.theme, lab.version, lab.shown, lab.settings.second_stage)
        if self._arranged is None or self._arranged[0] != key:
            self._arranged = (key, arrange(self, lab.stage, 2 if lab.settings.second_stage else 1))
        return self._arranged[1]

    def looked_at(self) -> Spot | None:
        """The cell whose arithmetic is shown: under the mouse, else of the last step, else the first to come."""
        if self._pointed is not None:
            return self._pointed
        lab = self._lab
        spot = lab.route.spot(lab.step)
        if spot is not None and spot.part.stage == lab.shown:
            return spot.part.operation, spot.row, spot.column
        return ("convolution", 0, 0) if lab.stage.convolved is not None else None

    # Painting

    def paint(self, painter: QPainter) -> None:
        """One stage."""
        lab, places = self._lab, self.places()
        stage = lab.stage
        limit = round_limit(stage.largest)
        heads = self._heads()
        key = (lab.version, lab.shown, lab.settings.second_stage, heads)

        def paint_frame(under: QPainter) -> None:
            self._paint_tabs(under, places)
            for name, title, caption in heads:
                self._paint_head(under, places, name, title, caption)
            self._paint_arrows(under, places)

        self.keep(painter, "frame", QRectF(self.rect()), key, paint_frame)
        if stage.convolved is not None:
            self._paint_head(painter, places, "terms", *self._terms_head())
        border = stage.recipe.padding
        self._grids.paint(painter, f"image {lab.shown}", stage.padded, places.image,
                          Look(limit, lab.version, stage.padded.size, border))  # fmt: skip
        self._paint_kernel(painter, places, limit)
        for operation in OPERATIONS:
            made = stage.map_of(operation)
            if made is not None:
                reached = lab.route.reached(lab.step, lab.shown, operation)
                self._grids.paint(
                    painter, f"{operation} {lab.shown}", made, places.maps[operation], Look(limit, lab.version, reached)
                )
        self._paint_problem(painter, places)
        spot = self.looked_at()
        if spot is not None:
            self._paint_windows(painter, places, spot)
            self._terms.paint(painter, places.rooms["terms"], stage.terms(*spot), limit)
        self._paint_foot(painter, places, limit)

    def _paint_tabs(self, painter: QPainter, places: Places) -> None:
        theme, lab = self.theme, self._lab
        for number, box in enumerate(places.tabs):
            shown = number == lab.shown
            painter.setPen(QPen(theme.colour("accent" if shown else "border"), 1))
            painter.setBrush(theme.colour("accent_soft" if shown else "surface"))
            painter.drawRoundedRect(box, theme.radius, theme.radius)
            if number < len(lab.stages):
                stage = lab.stages[number]
                shapes = [size_text(values.shape) for values in (stage.x, stage.convolved, stage.pooled)
                          if values is not None]  # fmt: skip
                text = self.tr("Stage {0}: {1}").format(number + 1, " \N{RIGHTWARDS ARROW} ".join(shapes))
            else:
                text = self.tr("Stage {0}: nothing comes in").format(number + 1)
            self.write(painter, box.adjusted(theme.space, 0, -theme.space, 0), text, CENTRE,
                       "accent_text" if shown else "muted", theme.caption_px, bold=shown)  # fmt: skip

    def _heads(self) -> tuple[tuple[str, str, str], ...]:
        # Name, title and caption of what stands still while the kernel slides.
        stage = self._lab.stage
        recipe = stage.recipe
        pooling = {
            "max": self.tr("Max pooling"),
            "average": self.tr("Average pooling"),
            "L2 norm": self.tr("L2-norm pooling"),
        }[recipe.pooling]
        size = size_text(stage.x.shape)
        if self._pixel is not None:
            row, column = self._pixel
            image = self.tr("row {0}, column {1}: {2}").format(row + 1, column + 1, signed(float(stage.x[row, column])))
        else:
            image = self.tr("{0}, padding {1}").format(size, recipe.padding) if recipe.padding else size
        made, pooled = stage.convolved, stage.pooled
        heads = (
            ("image", self.tr("Pooled map 1") if self._lab.shown else self.tr("Image"), image),
            ("kernel", self.tr("Kernel"), self._kernel_caption()),
            ("convolution", self.tr("Feature map"), size_text(made.shape) if made is not None else ""),
            ("ReLU", self.tr("After ReLU"), "max(0, x)"),
            ("pooling", pooling, size_text(pooled.shape) if pooled is not None else ""),
        )
        # Where no map can be made, the sentence that says so stands in the place of all of them.
        return heads if made is not None else heads[:3]

    def _paint_head(self, painter: QPainter, places: Places, name: str, title: str, caption: str) -> None:
        head = places.heads[name]
        line = self.line_height()
        self.write_fitting(painter, QRectF(head.left(), head.top(), head.width(), line), title, bold=True)
        below = QRectF(head.left(), head.top() + line, head.width(), self.line_height(self.theme.caption_px))
        self.write_fitting(painter, below, caption, "muted", self.theme.caption_px)

    def _kernel_caption(self) -> str:
        kernel = self._lab.stage.recipe.kernel
        if self._weight is None:
            return size_text(kernel.shape)
        row, column = self._weight
        return self.tr("row {0}, column {1}: {2}").format(row + 1, column + 1, short(float(kernel[row, column])))

    def _terms_head(self) -> tuple[str, str]:
        spot = self.looked_at()
        if spot is None:
            return "", ""
        operation, row, column = spot
        where = {
            "convolution": self.tr("Feature map: row {0}, column {1}"),
            "ReLU": self.tr("After ReLU: row {0}, column {1}"),
            "pooling": self.tr("Pooled map: row {0}, column {1}"),
        }[operation].format(row + 1, column + 1)
        if self._pointed is not None:
            return where, self.tr("the cell under the mouse; click to go there")
        made = self._lab.route.reached(self._lab.step, self._lab.shown, operation)
        return where, self.tr("the last step") if made else self.tr("the next step")

    def _paint_kernel(self, painter: QPainter, places: Places, limit: float) -> None:
        theme, lab = self.theme, self._lab
        kernel = lab.stage.recipe.kernel
        self._grids.paint(painter, f"kernel {lab.shown}", kernel, places.kernel, Look(limit, lab.version, kernel.size))
        box = places.bias
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(box, theme.radius / 2, theme.radius / 2)
        inner = box.adjusted(theme.space * 0.8, 0, -theme.space * 0.8, 0)
        name, value = self.tr("bias"), signed(lab.stage.recipe.bias)
        if self.width_of(f"{name}  {value}") > inner.width():
            name = "b"
        self.write(painter, inner, name, LEFT, "muted")
        self.write(painter, inner, value, RIGHT)
        if self._chosen is not None and (self.hasFocus() or self._held is not None):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 2.5))
            painter.drawRect(self.number_box(self._chosen))

    def _paint_problem(self, painter: QPainter, places: Places) -> None:
        stage, rooms = self._lab.stage, places.rooms
        text = self._lab.problem(stage)
        if text:
            # Where nothing can be computed there is nothing to be painted either.
            room = rooms["pooling"] if stage.convolved is not None else rooms["convolution"].united(rooms["pooling"])
            top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
            self.write(painter, room, text, top, "danger", wrap=True)

    def _paint_arrows(self, painter: QPainter, places: Places) -> None:
        theme, heads = self.theme, places.heads
        pen = QPen(theme.colour("muted"), 1.5)
        line = self.line_height()
        fits = self._lab.stage.convolved is not None
        steps = (("image", "kernel"), ("kernel", "convolution"), ("convolution", "ReLU"))
        for left, right in steps if fits else steps[:2]:
            gap = QRectF(heads[left].right(), heads[left].top(), heads[right].left() - heads[left].right(), line)
            if right == "kernel":
                self.write(painter, gap, "\N{MULTIPLICATION SIGN}", CENTRE, "muted", theme.heading_px, bold=True)
            else:
                inset, y = 0.25 * gap.width(), gap.center().y()
                paint_arrow(painter, QPointF(gap.left() + inset, y), QPointF(gap.right() - inset, y), pen)
        if not fits:
            return
        head = heads["pooling"]
        x = head.left() - 0.9 * theme.font_px
        paint_arrow(painter, QPointF(x, head.top() - 0.5 * line), QPointF(x, head.top() + 0.9 * line), pen)

    def write_fitting(
        self, painter: QPainter, box: QRectF, text: str, colour: str = "text", px: int = 0, *, bold: bool = False
    ) -> None:
        """Write a line in as large a type as fits into its box, at most `px`."""
        px = px or self.theme.font_px
        fitting = next((size for size in range(px, 8, -1) if self.width_of(text, size, bold=bold) <= box.width()), 8)
        self.write(painter, box, text, LEFT, colour, fitting, bold=bold)

    def _paint_windows(self, painter: QPainter, places: Places, spot: Spot) -> None:
        operation, row, column = spot
        lab, theme = self._lab, self.theme
        terms = lab.stage.terms(operation, row, column)
        source = {
            "convolution": places.image,
            "ReLU": places.maps["convolution"],
            "pooling": places.maps.get("ReLU"),
        }[operation]
        assert source is not None
        top, left = terms.corner
        glide = self._glide(spot)
        side = terms.step * (len(terms.inputs) - 1) + 1
        window = source.box(top, left + glide, side, side)
        if terms.step > 1:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 1.5, Qt.PenStyle.DashLine))
            painter.drawRect(window)
            for k in range(len(terms.inputs)):
                for j in range(len(terms.inputs)):
                    at = source.box(top + k * terms.step, left + glide + j * terms.step)
                    paint_outline(painter, at, theme, 1.5)
        else:
            paint_outline(painter, window, theme)
        paint_outline(painter, places.maps[operation].box(row, column), theme)

    def _glide(self, spot: Spot) -> float:
        """How many cells the window is beyond its last place while it glides to the next one of the same row."""
        lab = self._lab
        if not lab.between or self._pointed is not None or not lab.step:
            return 0.0
        ahead = lab.route.spot(lab.step + 1)
        operation, row, column = spot
        if ahead is None or (ahead.part.operation, ahead.row, ahead.column) != (operation, row, column + 1):
            return 0.0
        recipe = lab.stage.recipe
        return lab.between * (recipe.stride if operation == "convolution" else recipe.pooling_stride)

    def _paint_foot(self, painter: QPainter, places: Places, limit: float) -> None:
        box, px = places.sizes, self.theme.caption_px
        line = box.height() / 2
        for number, text in enumerate(self._lab.sizes(self._lab.stage)):
            self.write_fitting(painter, QRectF(box.left(), box.top() + number * line, box.width(), line), text, "muted",
                               px)  # fmt: skip
        paint_scale(self, painter, places.scale, limit)

    # Editing numbers

    def number_box(self, number: tuple[int, int]) -> QRectF:
        """Where a weight, or the bias, stands."""
        places = self.places()
        return places.bias if number == BIAS else places.kernel.box(*number)

    def number_at(self, place: QPointF) -> tuple[int, int] | None:
        """The weight, or the bias, under a place."""
        places = self.places()
        return BIAS if places.bias.contains(place) else places.kernel.cell_at(place)

    def _value(self, number: tuple[int, int]) -> float:
        recipe = self._lab.stage.recipe
        return recipe.bias if number == BIAS else float(recipe.kernel[number])

    def _set(self, number: tuple[int, int], value: float) -> None:
        if number == BIAS:
            self._lab.set_bias(value)
        else:
            self._lab.set_weight(*number, value)

    @Slot(float)
    def _on_typed(self, value: float) -> None:
        if self._chosen is not None:
            self.edit_began.emit()
            self._set(self._chosen, value)

    def _change(self, number: tuple[int, int], by: float) -> None:
        last, when = self._last_change
        now = time.monotonic()
        if last != number or now - when > ONE_EDIT_S:
            self.edit_began.emit()
        self._last_change = (number, now)
        self._chosen = number
        self._set(number, round(self._value(number) + by, 4))

    def _edit(self, number: tuple[int, int]) -> None:
        self._chosen = number
        self._editor.open_at(self.number_box(number), self._value(number), self.theme)

    def _numbers(self) -> list[tuple[int, int]]:
        side = len(self._lab.stage.recipe.kernel)
        return [*((row, column) for row in range(side) for column in range(side)), BIAS]

    # The image

    @Slot()
    def ask_picture(self) -> None:
        """Let a picture file be chosen."""
        pictures = self.tr("Pictures")
        kinds = f"{pictures} (*.png *.jpg *.jpeg *.gif *.bmp *.tif *.tiff *.webp *.ppm *.pgm)"
        dialog = QFileDialog(self, self.tr("Open a picture"), "", kinds)
        dialog.setObjectName("convolution_picture_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._lab.open_file)
        dialog.open()

    @Slot()
    def _on_clear(self) -> None:
        self.edit_began.emit()
        self._lab.clear_image()

    def pixel_at(self, place: QPointF) -> tuple[int, int] | None:
        """Row and column of the image, without its border, under a place."""
        cell = self.places().image.cell_at(place)
        if cell is None:
            return None
        border, (rows, columns) = self._lab.stage.recipe.padding, self._lab.stage.x.shape
        row, column = cell[0] - border, cell[1] - border
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None

    def _in_image(self, place: QPointF) -> tuple[float, float]:
        grid, border = self.places().image, self._lab.stage.recipe.padding
        away = place - grid.corner
        return away.x() / grid.width - border, away.y() / grid.height - border

    def _draw(self, start: QPointF, end: QPointF, erase: bool) -> None:
        self._lab.draw(self._in_image(start), self._in_image(end), erase=erase)

    # Mouse and keys

    def _spot_at(self, place: QPointF) -> Spot | None:
        for operation, grid in self.places().maps.items():
            cell = grid.cell_at(place)
            if cell is not None:
                return operation, *cell
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        place, left = event.position(), event.button() == Qt.MouseButton.LeftButton
        pixel = self.pixel_at(place) if self._lab.shown == 0 else None
        if pixel is not None and (left or event.button() == Qt.MouseButton.RightButton):
            self.edit_began.emit()
            self._pen = (place, not left or self._lab.image[pixel] >= 0.5)
            self._draw(place, place, self._pen[1])
            return
        if not left:
            return
        number, spot = self.number_at(place), self._spot_at(place)
        if number is not None:
            self._chosen = number
            self._held = (number, place, self._value(number), False)
            self.update()
        elif spot is not None:
            self._lab.go_to(*spot)
        else:
            tab = next((tab for tab, box in enumerate(self.places().tabs) if box.contains(place)), None)
            if tab is not None:
                self._lab.show_stage(tab)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._pen is not None:
            before, erase = self._pen
            self._pen = (place, erase)
            self._draw(before, place, erase)
        elif self._held is not None:
            number, start, value, moved = self._held
            up = start.y() - place.y()
            if not moved and abs(up) >= 4:
                self.edit_began.emit()
                self._held = (number, start, value, True)
            if self._held[3]:
                self._set(number, round(value + up / (2.0 * self.theme.font_px), 1))
        else:
            self._point(place)

    def _point(self, place: QPointF) -> None:
        spot, pixel, number = self._spot_at(place), self.pixel_at(place), self.number_at(place)
        shape = Qt.CursorShape.ArrowCursor
        if number is not None:
            shape = Qt.CursorShape.SizeVerCursor
        elif pixel is not None and self._lab.shown == 0:
            shape = Qt.CursorShape.CrossCursor
        elif spot is not None or any(box.contains(place) for box in self.places().tabs):
            shape = Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)
        weight = None if number == BIAS else number
        if (spot, pixel, weight) != (self._pointed, self._pixel, self._weight):
            self._pointed, self._pixel, self._weight = spot, pixel, weight
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self._held, self._pen = self._held, None, None
        if held is not None and not held[3] and event.button() == Qt.MouseButton.LeftButton:
            self._edit(held[0])
        self.update()

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)  # type: ignore[arg-type]
        self._pointed = self._pixel = self._weight = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        number = self.number_at(event.position())
        notches = event.angleDelta().y() / 120
        if number is None or not notches:
            event.ignore()
            return
        self._change(number, NOTCH * notches)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        every = self._numbers()
        chosen = self._chosen if self._chosen in every else None
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if key == Qt.Key.Key_Down else -1
            self._chosen = every[0] if chosen is None else every[(every.index(chosen) + step) % len(every)]
            self.update()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus) and chosen is not None:
            self._change(chosen, -NOTCH if key == Qt.Key.Key_Minus else NOTCH)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen is not None:
            self._edit(chosen)
        elif key in (Qt.Key.Key_1, Qt.Key.Key_2) and self._lab.settings.second_stage:
            self._lab.show_stage(key - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Data and projects are for the window.
        if first_file(event.mimeData()) is not None and has_picture(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = first_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self._lab.open_picture(path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._editor.close_editor()
        self._place_buttons()

    def forget(self) -> None:
        """Paint everything anew the next time, the maps too."""
        super().forget()
        self._grids.forget()

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        self._dress()
