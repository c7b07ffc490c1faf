"""The palette: every layer type with its icon and a line on what it does, to be dragged, double-clicked or typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nnviz.core.find_layers import find_layers, layers_by_category
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.gui.build.layer_drag import drag_layers
from nnviz.gui.build.layer_icon import layer_icon_name
from nnviz.gui.spec_text import spec_text, spec_tooltip
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.icons import icon, pixmap


class PaletteRow(QWidget):
    """One layer type: icon, title, and the beginning of what it does; the tooltip has all of it and the formula.

    Signals:
        pressed(): The mouse went down on it.
        chosen(): It was double-clicked.
    """

    pressed = Signal()
    chosen = Signal()

    def __init__(self, layer: type[LayerSpec], appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layer = layer
        self._appearance = appearance
        self._current = False
        self._taken_at: QPoint | None = None
        self.setObjectName(f"palette_{layer.name}")
        self.setAccessibleName(spec_text(layer.title))
        self.setAccessibleDescription(spec_text(layer.summary()))
        self.setToolTip(spec_tooltip(layer))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def is_current(self) -> bool:
        """Whether Enter in the search field takes this one."""
        return self._current

    def set_current(self, current: bool) -> None:
        """Draw it as the one that Enter takes, or not."""
        if current != self._current:
            self._current = current
            self.update()

    def _fonts(self) -> tuple[QFont, QFont]:
        theme = self._appearance.theme
        title, text = QFont(self.font()), QFont(self.font())
        title.setPixelSize(theme.font_px)
        title.setWeight(QFont.Weight.DemiBold)
        text.setPixelSize(theme.caption_px)
        return title, text

    def sizeHint(self) -> QSize:
        title, text = self._fonts()
        return QSize(200, QFontMetrics(title).height() + QFontMetrics(text).height() + self._appearance.theme.space + 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._taken_at = event.position().toPoint()
            self.pressed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._taken_at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (event.position().toPoint() - self._taken_at).manhattanLength() >= QApplication.startDragDistance():
            at, self._taken_at = self._taken_at, None
            drag_layers(self, (self.layer(),), at, Qt.DropAction.CopyAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._taken_at = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._taken_at = None
            self.chosen.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._current or self.underMouse():
            painter.setPen(QPen(theme.colour("accent"), 1) if self._current else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if self._current else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.radius, theme.radius)
        side = theme.icon_px + 4
        ink = theme.accent_text
        picture = pixmap(layer_icon_name(self.layer), ink, side, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(theme.space, (self.height() - side) // 2), picture)
        title, text = self._fonts()
        left = side + 2 * theme.space
        width = self.width() - left - theme.space // 2
        top = theme.space // 2
        heights = QFontMetrics(title).height(), QFontMetrics(text).height()
        lines = (
            (title, "text", spec_text(self.layer.title), QRect(left, top, width, heights[0])),
            (text, "muted", _short(self.layer), QRect(left, top + heights[0] + 1, width, heights[1])),
        )
        for font, colour, words, area in lines:
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            words = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, width)
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


class LayerPalette(QWidget):
    """A search field above all layer types by category.

    The keyboard stays in the field: arrow keys choose among what is found, Enter inserts it, Escape goes back.

    Attributes:
        search: The search field.
        rows: One per layer type, by registry name.

    Signals:
        layer_chosen(LayerSpec): Insert this one after the selection.
        left(): Escape was pressed: the keyboard goes back to the column.
    """

    layer_chosen = Signal(object)
    left = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._found: list[type[LayerSpec]] = []
        self._current: type[LayerSpec] | None = None
        self.setObjectName("layer_palette")
        self.search = QLineEdit()
        self.search.setObjectName("layer_search")
        self.search.setPlaceholderText(self.tr("Search layers"))
        self.search.setAccessibleName(self.tr("Search layers; Enter inserts the marked one"))
        self.search.setToolTip(
            self.tr(
                "<p>Type a name, such as conv or relu. Arrow keys choose, Enter inserts behind the selected layer. "
                "Ctrl+L comes here from anywhere on the page.</p>"
            )
        )
        self.search.setClearButtonEnabled(True)
        self._glass = self.search.addAction(
            icon("search", appearance.theme, "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.search.textChanged.connect(self._on_text_changed)
        self.search.installEventFilter(self)
        self._area = QScrollArea()
        self._area.setObjectName("layer_palette_list")
        self._area.setAccessibleName(self.tr("Layers to insert"))
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setProperty("kind", "page")
        self._list = QVBoxLayout(page)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._area.setWidget(page)
        self._nothing = QLabel()
        self._nothing.setObjectName("nothing_found")
        self._nothing.setProperty("kind", "muted")
        self._nothing.setWordWrap(True)
        self._hint = QLabel(self.tr("Drag into the column, or double-click."))
        self._hint.setProperty("kind", "caption")
        self._hint.setWordWrap(True)
        self.rows: dict[str, PaletteRow] = {}
        self._headings: dict[str, QLabel] = {}
        self._titles = {layer.name: spec_text(layer.title) for layer in LAYERS}
        self._make_rows()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.search)
        self._column.addWidget(self._hint)
        self._column.addWidget(self._area, 1)
        self._area.setFocusProxy(self.search)
        self.setFocusProxy(self.search)
        appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._on_text_changed("")

    @property
    def current(self) -> type[LayerSpec] | None:
        """The layer type that Enter would insert."""
        return self._current

    @property
    def found(self) -> list[type[LayerSpec]]:
        """The layer types on the screen, from top to bottom."""
        return list(self._found)

    def begin_search(self, text: str = "") -> None:
        """Give the keyboard to the search field, with this text in it."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if text:
            self.search.setText(text)
        else:
            self.search.selectAll()

    def _make_rows(self) -> None:
        for category, layers in layers_by_category().items():
            heading = QLabel(spec_text(category))
            heading.setProperty("kind", "caption")
            self._headings[category] = heading
            for layer in layers:
                row = PaletteRow(layer, self._appearance)
                row.pressed.connect(self._on_row_pressed)
                row.chosen.connect(self._on_row_chosen)
                self.rows[layer.name] = row

    def _lay_out(self, searching: bool) -> None:
        while self._list.count():
            self._list.takeAt(0)
        for widget in (*self.rows.values(), *self._headings.values(), self._nothing):
            widget.hide()
        if searching:
            for layer in self._found:
                self._put(self.rows[layer.name])
        else:
            for category, layers in layers_by_category().items():
                self._put(self._headings[category])
                for layer in layers:
                    self._put(self.rows[layer.name])
        if not self._found:
            self._put(self._nothing)
        self._list.addStretch()

    def _put(self, widget: QWidget) -> None:
        self._list.addWidget(widget)
        widget.show()

    def _mark(self, layer: type[LayerSpec] | None) -> None:
        if self._current is not None:
            self.rows[self._current.name].set_current(False)
        self._current = layer
        if layer is None:
            self.search.setAccessibleDescription("")
            return
        row = self.rows[layer.name]
        row.set_current(True)
        self.search.setAccessibleDescription(f"{row.accessibleName()}. {row.accessibleDescription()}")
        self._area.ensureWidgetVisible(row, 0, 2 * self._appearance.theme.space)

    def _step(self, step: int) -> None:
        if not self._found:
            return
        if self._current is None:
            self._mark(self._found[0 if step > 0 else -1])
            return
        index = self._found.index(self._current) + step
        self._mark(self._found[min(len(self._found) - 1, max(0, index))])

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        searching = bool(text.strip())
        if searching:
            self._found = find_layers(text, self._titles)
        else:
            self._found = [layer for layers in layers_by_category().values() for layer in layers]
        self._nothing.setText(self.tr("No layer is called “{}”.").format(text.strip()))
        self._lay_out(searching)
        self._mark(self._found[0] if searching and self._found else None)

    @Slot()
    def _on_row_pressed(self) -> None:
        row = self.sender()
        assert isinstance(row, PaletteRow)
        self._mark(row.layer)
        # Enter inserts it once more, and a letter begins another search.
        self.search.setFocus(Qt.FocusReason.MouseFocusReason)

    @Slot()
    def _on_row_chosen(self) -> None:
        row = self.sender()
        assert isinstance(row, PaletteRow)
        self.layer_chosen.emit(row.layer())

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._appearance.theme
        space = theme.space
        self._column.setContentsMargins(2 * space, space, space // 2, 0)
        self._column.setSpacing(space)
        self._glass.setIcon(icon("search", theme, "muted"))
        for heading in self._headings.values():
            heading.setContentsMargins(space, space, 0, space // 2)
        for row in self.rows.values():
            row.updateGeometry()
            row.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._current is not None:
                    self.layer_chosen.emit(self._current())
                    self.search.selectAll()
                return True
            if key == Qt.Key.Key_Escape:
                self.search.clear()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)


def _short(layer: type[LayerSpec]) -> str:
    # Up to the first colon, comma or full stop: the rest stands in the tooltip.
    text = spec_text(layer.summary())
    for end in (": ", "; ", ". "):
        text = text.partition(end)[0]
    return text.removesuffix(".")
