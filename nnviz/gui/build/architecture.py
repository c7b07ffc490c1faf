"""The picture of a whole network, for a slide or a report: blocks from the data to its classes, as SVG or PNG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QImage, QPainter, QPen, QPolygonF
from PySide6.QtSvg import QSvgGenerator

from nnviz.core.export.writing import ExportError, write_bytes
from nnviz.core.network import LayerTrace
from nnviz.core.shape import Shape
from nnviz.gui.document import Project
from nnviz.gui.own_data.files import data_title
from nnviz.gui.spec_text import count_text, formula_text, shape_text, spec_text
from nnviz.gui.style.theme import Theme

# The collector of texts knows it by this name alone.
translate = QCoreApplication.translate

PNG_SCALE = 2.0
"""Pixels of an exported PNG per unit of the picture, so that it is sharp on a projector."""

_WIDTH = 1180.0
_MARGIN = 32.0
_GAP = 30.0
_ROW_GAP = 26.0
_PICTURE = 124.0
_SHEET = 5.0
_LINE = 1.4
_MOST_CLASSES = 10
_BLOCKS = ("Layer", "Pooling")
"""Categories whose layers are blocks also where the shape stays: the others are tags of the block before them."""


@dataclass
class _Station:
    """One block of the picture, with all that is written below it."""

    title: str
    shape: Shape | None
    learns: bool = False
    dark: bool = False
    wrong: bool = False
    lines: list[str] = field(default_factory=list)
    tags: list[tuple[str, bool]] = field(default_factory=list)
    badge: str = ""


class ArchitecturePicture:
    """Paints a project's network: the data, one block per layer that changes the shape, tags for the others, classes.

    Blocks of images are sheets one behind the other, as high and wide as the maps are; vectors are bars. What learns is
    violet, what does not is grey. More layers than fit go on in the next row. A layer that does not fit is drawn
    broken, with the sentence that says why.

    Args:
        project: What is painted.
        theme: Its colours; sizes are the picture's own.
    """

    def __init__(self, project: Project, theme: Theme) -> None:
        self._project = project
        self._theme = theme
        self._title_font, self._heading_font, self._text_font = _font(20, True), _font(13, True), _font(11, False)
        network = project.network
        self._traces = network.trace()
        self._error = next((str(trace.error) for trace in self._traces if trace.error), "")
        shapes = [network.input_shape, *(trace.leaves for trace in self._traces if trace.leaves is not None)]
        sides = [max(shape.dims[1:]) for shape in shapes if shape.is_image]
        self._largest_side = max(sides, default=1)
        self._stations = self._make_stations()
        self._rows = self._break_rows()

    def size(self) -> QSizeF:
        """Width and height of the picture."""
        widest = max(self._row_width(row) for row in self._rows)
        lines = [_width(self._text_font, line) for line in (self._totals(), self._error)]
        head = max(_width(self._title_font, spec_text(self._project.title)), *lines)
        height = self._head_height() + sum(self._row_height(row) for row in self._rows)
        height += _ROW_GAP * (len(self._rows) - 1)
        return QSizeF(math.ceil(max(widest, head, 420) + 2 * _MARGIN), math.ceil(height + 2 * _MARGIN))

    def paint(self, painter: QPainter) -> None:
        """Paint it with its upper left corner at the origin."""
        theme, size = self._theme, self.size()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(QPointF(0, 0), size), theme.colour("surface"))
        self._paint_head(painter)
        y = _MARGIN + self._head_height()
        for number, row in enumerate(self._rows):
            self._paint_row(painter, row, y, number)
            y += self._row_height(row) + _ROW_GAP
        painter.restore()

    def _make_stations(self) -> list[_Station]:
        dataset = self._project.dataset
        stations = [
            _Station(data_title(dataset), self._project.network.input_shape, lines=[translate("Architecture", "data")])
        ]
        for trace in self._traces:
            same = trace.leaves is not None and trace.leaves == trace.arrives
            if same and (not trace.layer.enabled or trace.layer.category not in _BLOCKS):
                stations[-1].tags.append((spec_text(trace.layer.title), trace.layer.enabled))
            else:
                stations.append(_station(trace))
        if not self._traces:
            stations.append(
                _Station(
                    translate("Architecture", "No layers yet"),
                    None,
                    lines=[translate("Architecture", "add one, or choose a preset")],
                )
            )
        stations.append(self._end())
        return stations

    def _end(self) -> _Station:
        dataset = self._project.dataset
        if dataset.classes:
            count = len(dataset.classes)
            return _Station(
                translate("Architecture", "{} classes").format(count),
                None,
                lines=_names(dataset.classes),
                badge=str(count),
            )
        values = (
            translate("Architecture", "1 value")
            if dataset.outputs == 1
            else translate("Architecture", "{} values").format(dataset.outputs)
        )
        return _Station(values, None, lines=[translate("Architecture", "to be predicted")], badge=str(dataset.outputs))

    def _totals(self) -> str:
        network = self._project.network
        count = len(network.layers)
        layers = (
            translate("Architecture", "1 layer") if count == 1 else translate("Architecture", "{} layers").format(count)
        )
        if self._error or not count:
            return layers
        return translate("Architecture", "{0} · {1} parameters · {2} operations per sample").format(
            layers, count_text(network.parameter_count()), count_text(network.operations())
        )

    def _break_rows(self) -> list[list[_Station]]:
        rows = self._rows_within(_WIDTH)
        # As few rows as possible, and these about as wide as one another.
        limit = _WIDTH - 20
        while limit > 0 and len(narrower := self._rows_within(limit)) == len(rows):
            rows, limit = narrower, limit - 20
        return rows

    def _rows_within(self, limit: float) -> list[list[_Station]]:
        rows: list[list[_Station]] = [[]]
        for station in self._stations:
            if rows[-1] and self._row_width([*rows[-1], station]) > limit:
                rows.append([])
            rows[-1].append(station)
        return rows

    def _row_width(self, row: Sequence[_Station]) -> float:
        return sum(self._station_width(station) for station in row) + _GAP * (len(row) - 1)

    def _station_width(self, station: _Station) -> float:
        widths = [self._block(station).width(), _width(self._heading_font, station.title)]
        widths += [_width(self._text_font, line) for line in self._captions(station)]
        widths += [_width(self._text_font, text) + 18 for text, _ in station.tags]
        return max(widths)

    def _captions(self, station: _Station) -> list[str]:
        shape = [shape_text(station.shape)] if station.shape is not None else []
        return [*shape, *station.lines]

    def _row_height(self, row: Sequence[_Station]) -> float:
        line = QFontMetricsF(self._text_font).height() * _LINE
        heading = QFontMetricsF(self._heading_font).height() * _LINE
        words = max(len(self._captions(station)) * line + len(station.tags) * (line + 6) for station in row)
        return _PICTURE + 10 + heading + words

    def _head_height(self) -> float:
        lines = 1.0 + bool(self._error)
        text = QFontMetricsF(self._text_font).height() * _LINE
        return QFontMetricsF(self._title_font).height() + lines * text + 22

    def _block(self, station: _Station) -> QSizeF:
        shape = station.shape
        if shape is None:
            side = 54 if station.wrong else 40
            return QSizeF(side, side)
        if shape.is_image:
            depth = (_sheets(shape.dims[0]) - 1) * _SHEET
            return QSizeF(self._side(shape.dims[2]) + depth, self._side(shape.dims[1]) + depth)
        if shape.is_sequence:
            return QSizeF(min(16, shape.dims[0]) * 7.0, _bar_height(shape.dims[1]))
        return QSizeF(14, _bar_height(shape.size))

    def _side(self, pixels: int) -> float:
        # The root, so that an image of 7 pixels is still seen beside one of 224.
        room = _PICTURE - 11 * _SHEET
        return max(7.0, room * math.sqrt(pixels / self._largest_side))

    def _paint_head(self, painter: QPainter) -> None:
        title = QFontMetricsF(self._title_font)
        text = QFontMetricsF(self._text_font)
        y = _MARGIN + title.ascent()
        self._write(painter, QPointF(_MARGIN, y), spec_text(self._project.title), self._title_font, "text")
        y += title.descent() + text.height() * _LINE
        self._write(painter, QPointF(_MARGIN, y), self._totals(), self._text_font, "muted")
        if self._error:
            y += text.height() * _LINE
            self._write(painter, QPointF(_MARGIN, y), self._error, self._text_font, "danger")

    def _paint_row(self, painter: QPainter, row: Sequence[_Station], y: float, number: int) -> None:
        x = _MARGIN
        middle = y + _PICTURE / 2
        for index, station in enumerate(row):
            width, block = self._station_width(station), self._block(station)
            centre = x + width / 2
            if index or number:
                previous = self._station_width(row[index - 1]) / 2 + _GAP if index else 0.0
                start = x - _GAP + 4 if index else 6.0
                if index:
                    start = x - previous + self._block(row[index - 1]).width() / 2 + 5
                self._paint_arrow(painter, QPointF(start, middle), QPointF(centre - block.width() / 2 - 5, middle))
            self._paint_block(painter, station, QPointF(centre, middle))
            self._paint_words(painter, station, centre, y + _PICTURE + 10)
            x += width + _GAP
        if row[-1] is not self._stations[-1]:
            start = x - _GAP - self._station_width(row[-1]) / 2 + self._block(row[-1]).width() / 2 + 5
            self._paint_arrow(painter, QPointF(start, middle), QPointF(x - _GAP + 22, middle))

    def _paint_arrow(self, painter: QPainter, start: QPointF, end: QPointF) -> None:
        painter.setPen(QPen(self._theme.colour("border_strong"), 1.5))
        painter.drawLine(start, end)
        painter.setBrush(self._theme.colour("border_strong"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([end, end + QPointF(-7, -3.5), end + QPointF(-7, 3.5)]))

    def _paint_block(self, painter: QPainter, station: _Station, centre: QPointF) -> None:
        theme, size = self._theme, self._block(station)
        area = QRectF(centre.x() - size.width() / 2, centre.y() - size.height() / 2, size.width(), size.height())
        edge, ground = ("accent_text", "accent_soft") if station.learns else ("muted", "hover")
        pen = QPen(theme.colour("danger" if station.wrong else edge), 1.2)
        if station.wrong or station.dark:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.colour("danger_soft" if station.wrong else ground))
        shape = station.shape
        if shape is None:
            sign = station.badge or "?"
            painter.drawRoundedRect(area, 8, 8)
            colour = "danger" if station.wrong else "text" if station.badge else "disabled"
            font = self._title_font if station.wrong else self._heading_font
            metrics = QFontMetricsF(font)
            base = centre + QPointF(0, (metrics.ascent() - metrics.descent()) / 2)
            self._write_centred(painter, base, sign, font, colour)
        elif shape.is_image:
            self._paint_sheets(painter, area, shape, theme.colour(ground), theme.colour(edge))
        elif shape.is_sequence:
            cells = min(16, shape.dims[0])
            for cell in range(cells):
                painter.drawRect(QRectF(area.left() + cell * 7, area.top(), 7, area.height()))
        else:
            painter.drawRoundedRect(area, 4, 4)
            self._paint_units(painter, area, shape.size, theme.colour(edge))

    def _paint_sheets(self, painter: QPainter, area: QRectF, shape: Shape, ground: QColor, edge: QColor) -> None:
        sheets = _sheets(shape.dims[0])
        depth = (sheets - 1) * _SHEET
        side = QSizeF(area.width() - depth, area.height() - depth)
        for sheet in range(sheets):
            # From the back, which is at the upper right, to the front.
            corner = QPointF(area.left() + depth - sheet * _SHEET, area.top() + sheet * _SHEET)
            share = (sheets - 1 - sheet) / (sheets + 2)
            painter.setBrush(_mix(ground, edge, 0.4 * share))
            painter.drawRect(QRectF(corner, side))

    def _paint_units(self, painter: QPainter, area: QRectF, units: int, colour: QColor) -> None:
        if units > 12:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        step = (area.height() - 4) / units
        radius = min(3.0, 0.38 * step)
        for unit in range(units):
            painter.drawEllipse(QPointF(area.center().x(), area.top() + 2 + (unit + 0.5) * step), radius, radius)

    def _paint_words(self, painter: QPainter, station: _Station, centre: float, y: float) -> None:
        heading, text = QFontMetricsF(self._heading_font), QFontMetricsF(self._text_font)
        colour = "danger" if station.wrong else "disabled" if station.dark else "text"
        self._write_centred(painter, QPointF(centre, y + heading.ascent()), station.title, self._heading_font, colour)
        y += heading.height() * _LINE
        for line in self._captions(station):
            self._write_centred(painter, QPointF(centre, y + text.ascent()), line, self._text_font, "muted")
            y += text.height() * _LINE
        for tag, enabled in station.tags:
            width = _width(self._text_font, tag) + 16
            height = text.height() * _LINE
            pill = QRectF(centre - width / 2, y + 3, width, height)
            painter.setPen(QPen(self._theme.colour("border_strong"), 1, _pen_style(enabled)))
            painter.setBrush(self._theme.colour("window") if enabled else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(pill, height / 2, height / 2)
            base = pill.center() + QPointF(0, (text.ascent() - text.descent()) / 2)
            self._write_centred(painter, base, tag, self._text_font, "text" if enabled else "disabled")
            y += height + 6

    def _write(self, painter: QPainter, base: QPointF, text: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour(colour))
        painter.drawText(base, text)

    def _write_centred(self, painter: QPainter, base: QPointF, text: str, font: QFont, colour: str) -> None:
        self._write(painter, base - QPointF(_width(font, text) / 2, 0), text, font, colour)


def save_architecture(project: Project, path: Path, theme: Theme) -> None:
    """Write the picture of a project's network; the ending says which format.

    Args:
        project: What is painted.
        path: Where to: a file that ends in .svg (text stays text) or .png (at twice the size).
        theme: Its colours.

    Raises:
        ExportError: If the ending is another one, or the file cannot be written.
    """
    formats = {".svg": _svg, ".png": _png}
    write = formats.get(path.suffix.lower())
    if write is None:
        found = path.suffix or translate("Architecture", "no ending")
        raise ExportError(
            translate(
                "Architecture",
                "The architecture is saved as .svg or .png; {0} has {1}. Give the file one of these endings.",
            ).format(path.name, found)
        )
    write_bytes(path, write(ArchitecturePicture(project, theme), project.title))


def _svg(picture: ArchitecturePicture, title: str) -> bytes:
    size = picture.size()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setTitle(title)
    generator.setResolution(96)
    generator.setSize(QSize(int(size.width()), int(size.height())))
    generator.setViewBox(QRectF(QPointF(0, 0), size))
    painter = QPainter(generator)
    picture.paint(painter)
    painter.end()
    buffer.close()
    return bytes(content.data())


def _png(picture: ArchitecturePicture, title: str) -> bytes:
    size = picture.size() * PNG_SCALE
    image = QImage(int(size.width()), int(size.height()), QImage.Format.Format_RGB32)
    if image.isNull():
        sentence = translate(
            "Architecture", "The picture of {} is too large for a PNG. Save it as .svg instead."
        ).format(title)
        raise ExportError(sentence)
    painter = QPainter(image)
    painter.scale(PNG_SCALE, PNG_SCALE)
    picture.paint(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(content.data())


def _station(trace: LayerTrace) -> _Station:
    wrong = trace.error is not None
    lines = _count_lines(formula_text(trace.parameter_formula)) if trace.parameters else []
    shape = None if wrong else trace.leaves
    unknown = shape is None and not wrong
    if unknown:
        lines = [translate("Architecture", "not known yet")]
    learns = bool(trace.parameters)
    title = spec_text(trace.layer.title)
    return _Station(title, shape, learns=learns, dark=unknown, wrong=wrong, lines=lines)


def _count_lines(formula: str) -> list[str]:
    terms, equals, total = formula.partition(" = ")
    return [terms, f"= {total}"] if equals else [terms]


def _names(classes: Sequence[str]) -> list[str]:
    names = [name if len(name) <= 24 else f"{name[:23]}…" for name in classes[:_MOST_CLASSES]]
    short = ", ".join(names)
    if len(short) <= 32:
        names = [short]
    return [*names, "…"] if len(classes) > _MOST_CLASSES else names


def _sheets(channels: int) -> int:
    # 1, 3, 16, 64 maps: 1, 3, 5, 7 sheets. All of them would be a grey block.
    return min(11, 1 + math.ceil(math.log2(channels)))


def _bar_height(units: int) -> float:
    return min(_PICTURE, 14 + 9.6 * math.log2(units + 1))


def _font(pixels: int, bold: bool) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def _width(font: QFont, text: str) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def _mix(one: QColor, other: QColor, share: float) -> QColor:
    pairs = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a + (b - a) * share) for a, b in pairs))


def _pen_style(enabled: bool) -> Qt.PenStyle:
    return Qt.PenStyle.SolidLine if enabled else Qt.PenStyle.DashLine
