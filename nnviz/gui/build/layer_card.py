"""The card of one layer."""

from __future__ import annotations

import html

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from nnviz.core.network import LayerTrace
from nnviz.core.shape import ShapeError
from nnviz.core.spec import Spec
from nnviz.gui.build.problem_box import ProblemBox
from nnviz.gui.build.shape_picture import PICTURE_SIDE, ShapePicture
from nnviz.gui.spec_text import count_text, formula_text, number_text, shape_text, spec_text, spec_tooltip
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.theme import Theme


class LayerCard(QWidget):
    """One layer: picture of what leaves it, title, main settings, parameters written out, operations.

    Signals:
        pressed(Qt.MouseButton, Qt.KeyboardModifier): The mouse went down on it.
        clicked(Qt.KeyboardModifier): The mouse's left button went up again without a drag.
        drag_started(QPoint): The mouse has taken it, at that place, and carries it away.
        fix_requested(Fix): A fix of this layer's problem was asked for.
    """

    pressed = Signal(object, object)
    clicked = Signal(object)
    drag_started = Signal(QPoint)
    fix_requested = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._trace: LayerTrace | None = None
        self._side = 1
        self._selected = False
        self._taken_at: QPoint | None = None
        self._has_keyboard = False
        self._problem = ProblemBox(appearance)
        self._problem.fix_requested.connect(self.fix_requested)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._problem)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.apply_theme()

    @property
    def trace(self) -> LayerTrace:
        """What the card shows."""
        assert self._trace is not None
        return self._trace

    def show_trace(self, trace: LayerTrace, side: int) -> bool:
        """Show a layer; True if anything is different now.

        Args:
            trace: The layer and its shapes.
            side: Side of the network's largest image, to whose scale the picture is drawn.
        """
        if self._trace is not None and _looks_alike(self._trace, trace) and side == self._side:
            self._trace = trace
            return False
        self._trace = trace
        self._side = side
        self.setObjectName(f"layer_{trace.index}")
        self.setAccessibleName(f"{trace.index + 1}. {spec_text(trace.layer.title)}")
        off = "" if trace.layer.enabled else self.tr("switched off")
        self.setAccessibleDescription(", ".join(filter(None, (off, self.settings(), *self.figures()))))
        self.setToolTip(_tooltip(trace))
        error = trace.error
        self._problem.show_problem(self._sentence(error) if error else "", error.fixes if error else ())
        self._make_room()
        self.update()
        return True

    def set_selected(self, selected: bool, has_keyboard: bool) -> None:
        """Mark the card as the one whose settings are shown."""
        if (selected, has_keyboard) != (self._selected, self._has_keyboard):
            self._selected, self._has_keyboard = selected, has_keyboard
            self.update()

    def apply_theme(self) -> None:
        """Take the sizes of the theme that is on the screen now."""
        theme = self._appearance.theme
        text_height = QFontMetrics(self._title_font()).height() + self.fontMetrics().height() + 4
        self._header_height = max(PICTURE_SIDE, text_height) + 2 * theme.space
        self.setMinimumHeight(self._header_height)
        self._make_room()
        self.update()

    def _make_room(self) -> None:
        # The header is painted; the box of a problem stands below it.
        space = self._appearance.theme.space
        bottom = round(1.5 * space) if self._trace is not None and self._trace.error else 0
        self._layout.setContentsMargins(self._left(), self._header_height, round(1.5 * space), bottom)

    def _left(self) -> int:
        return PICTURE_SIDE + 3 * self._appearance.theme.space

    def settings(self) -> str:
        """The layer's main settings on one line: the first two, and of the others what somebody changed."""
        texts = []
        shown = [info for info in self.trace.layer.params() if info.editable]
        for position, info in enumerate(shown):
            value = getattr(self.trace.layer, info.name)
            if isinstance(value, Spec) or (value == info.default and (position > 1 or info.type is bool)):
                continue
            title = spec_text(info.title)
            if isinstance(value, bool):
                texts.append(title if value else self.tr("no {}").format(title.lower()))
            elif isinstance(value, int | float):
                texts.append(f"{title} {number_text(value)}")
            else:
                texts.append(f"{title} {spec_text(str(value))}")
        return " · ".join(texts)

    def figures(self) -> tuple[str, str]:
        """Parameters as they arise, and operations; both empty while the shape is unknown."""
        trace = self.trace
        if trace.leaves is None or not trace.layer.enabled:
            return "", ""
        formula = formula_text(trace.parameter_formula)
        parameters = self.tr("{} parameters").format(formula) if formula else ""
        count = trace.operations
        if count <= 1:
            return parameters, self.tr("1 operation") if count else ""
        return parameters, self.tr("{} operations").format(count_text(count))

    def _sentence(self, error: ShapeError) -> str:
        # Without the first fix, which the button says.
        arrived = shape_text(error.arrived) if error.arrived is not None else self.tr("nothing")
        title, needed = spec_text(error.layer), spec_text(error.needed)
        return self.tr("{0} needs {1}, but {2} arrives.").format(title, needed, arrived)

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._appearance.theme.heading_px)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._taken_at = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None
        self.pressed.emit(event.button(), event.modifiers())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._taken_at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (event.position().toPoint() - self._taken_at).manhattanLength() >= QApplication.startDragDistance():
            at, self._taken_at = self._taken_at, None
            self.drag_started.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._taken_at is not None:
            self._taken_at = None
            self.clicked.emit(event.modifiers())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._trace is None:
            return
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, theme)
        space = theme.space
        middle = self._header_height / 2
        if self._trace.leaves is not None:
            painter.setOpacity(1.0 if self._trace.layer.enabled else 0.4)
            picture = ShapePicture(self._side, PICTURE_SIDE)
            picture.paint(painter, QPointF(space + PICTURE_SIDE / 2 + 4, middle), self._trace.leaves, theme)
            painter.setOpacity(1.0)
        left = self._left()
        inner = QRect(left, space, self.width() - left - round(1.5 * space), self._header_height - 2 * space)
        self._paint_text(painter, theme, inner)

    def _paint_frame(self, painter: QPainter, theme: Theme) -> None:
        edge, width = "border", 1.0
        if self.trace.error:
            edge, width = "warning", 1.5
        if self._selected:
            edge, width = ("focus" if self._has_keyboard else "accent"), 2.0
        pen = QPen(theme.colour(edge), width)
        ground = "surface"
        if not self.trace.layer.enabled:
            pen.setStyle(Qt.PenStyle.DashLine)
            ground = "window"
            if edge == "border":
                pen.setColor(theme.colour("border_strong"))
        painter.setPen(pen)
        painter.setBrush(theme.colour("hover" if self.underMouse() and not self._selected else ground))
        inset = width / 2
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, theme.card_radius, theme.card_radius)

    def _paint_text(self, painter: QPainter, theme: Theme, area: QRect) -> None:
        enabled = self.trace.layer.enabled
        known = self.trace.arrives is not None and enabled
        title, font = self._title_font(), self.font()
        parameters, operations = self.figures()
        if not enabled:
            parameters = self.tr("switched off")
        settings = self.settings()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        metrics = QFontMetrics(font)
        room = area.width() - QFontMetrics(title).horizontalAdvance(spec_text(self.trace.layer.title)) - 2 * theme.space
        if enabled and metrics.horizontalAdvance(parameters) > room:
            # The title is read first; how the number arises stands in the tooltip.
            parameters = self.tr("{} parameters").format(count_text(self.trace.parameters))
            parameters = metrics.elidedText(parameters, Qt.TextElideMode.ElideRight, room)
        if metrics.horizontalAdvance(settings) + metrics.horizontalAdvance(operations) + 2 * theme.space > area.width():
            # What was chosen matters more than what it costs, which the network's title sums up.
            operations = ""
        upper, lower = _lines(area, bool(parameters) and bool(operations or settings))
        painter.setPen(theme.colour("text" if enabled else "muted"))
        painter.drawText(upper, right, parameters)
        painter.setPen(theme.colour("muted"))
        painter.drawText(lower, right, operations)
        upper, lower = _lines(area, bool(settings))
        room = area.width() - metrics.horizontalAdvance(operations) - 2 * theme.space
        painter.drawText(lower, left, metrics.elidedText(settings, Qt.TextElideMode.ElideRight, room))
        painter.setPen(theme.colour("text" if known else "muted"))
        room = area.width() - metrics.horizontalAdvance(parameters) - 2 * theme.space
        painter.setFont(title)
        text = spec_text(self.trace.layer.title)
        painter.drawText(
            upper if settings else area, left, QFontMetrics(title).elidedText(text, Qt.TextElideMode.ElideRight, room)
        )


def _looks_alike(one: LayerTrace, other: LayerTrace) -> bool:
    # Errors are new objects on every trace: their sentences are compared.
    same = (one.index, one.layer, one.arrives, one.leaves) == (other.index, other.layer, other.arrives, other.leaves)
    return same and str(one.error) == str(other.error)


def _tooltip(trace: LayerTrace) -> str:
    lines = [spec_tooltip(type(trace.layer))]
    nested = [
        f"{spec_text(info.title)}: {spec_text(getattr(trace.layer, info.name).title)}"
        for info in trace.layer.params()
        if isinstance(getattr(trace.layer, info.name), Spec)
    ]
    if nested:
        lines.append(f"<p>{html.escape(', '.join(nested))}</p>")
    if trace.parameter_formula:
        lines.append(f"<p>{html.escape(formula_text(trace.parameter_formula))}</p>")
    return "".join(lines)


def _lines(area: QRect, two: bool) -> tuple[QRect, QRect]:
    # The upper and the lower line, or the middle for a lone one.
    if not two:
        return area, area
    half = area.height() // 2
    upper = QRect(area.left(), area.top(), area.width(), half)
    return upper, QRect(area.left(), area.top() + half, area.width(), area.height() - half)
