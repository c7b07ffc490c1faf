"""A combo box for choosing one of a few explained things: an icon in front, a line of explanation under each name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStyleOptionViewItem,
    QWidget,
)

from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.icons import pixmap

_EXPLANATION = Qt.ItemDataRole.UserRole + 1

_MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


@dataclass(frozen=True)
class Choice:
    """One of the things to choose from.

    Attributes:
        name: What the code calls it.
        title: What people call it.
        explanation: One line under the title; may be empty.
        apart: Whether a line separates it from what stands before it.
    """

    name: str
    title: str
    explanation: str = ""
    apart: bool = False


class Chooser(QComboBox):
    """Shows what is in use and lets something else be chosen.

    Attributes:
        otherwise: What is shown where none of the choices is in use, uncut.

    Signals:
        chosen(str): The user chose the thing of this name, be it the one in use already.
    """

    chosen = Signal(str)

    def __init__(self, icon_name: str, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._appearance = appearance
        self.otherwise = ""
        self._picture = QLabel(self)
        self._picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(5)
        self.setMaxVisibleItems(20)
        self.setItemDelegate(_TwoLines(appearance, self))
        self.setProperty("kind", "chooser")
        self.activated.connect(self._on_activated)
        appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def offer(self, choices: Sequence[Choice]) -> None:
        """Set what can be chosen from."""
        shown = self.currentData()
        self.clear()
        for choice in choices:
            if choice.apart:
                self.insertSeparator(self.count())
            self.addItem(choice.title, choice.name)
            row = self.count() - 1
            self.setItemData(row, choice.explanation, _EXPLANATION)
            # Read out by screen readers, and shown where the line is too narrow.
            self.setItemData(row, choice.explanation, Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(self.findData(shown))
        self._widen_list()

    def show_choice(self, name: str, otherwise: str = "") -> None:
        """Show the thing of this name as the one in use, or the text `otherwise` if it is not among the choices."""
        self.otherwise = otherwise
        self._elide_placeholder()
        self.setCurrentIndex(self.findData(name))

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Shorten what is shown where there is no room: Qt cuts it off in the middle of a letter."""
        super().initStyleOption(option)
        option.currentText = self._elided(option.currentText, option)

    def _elide_placeholder(self) -> None:
        # Qt puts this text in the other's place when the other is shortened already.
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        self.setPlaceholderText(self._elided(self.otherwise, option))

    def _elided(self, text: str, option: QStyleOptionComboBox) -> str:
        parts = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, parts, self).width()
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)

    def _widen_list(self) -> None:
        widest = max(
            (
                self.itemDelegate().sizeHint(QStyleOptionViewItem(), self.model().index(row, 0)).width()
                for row in range(self.count())
            ),
            default=0,
        )
        self.view().setMinimumWidth(min(widest, 46 * self._appearance.theme.font_px))

    @Slot(int)
    def _on_activated(self, row: int) -> None:
        self.chosen.emit(self.itemData(row))

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._appearance.theme
        self.setMaximumWidth(22 * theme.font_px)
        self._picture.setPixmap(pixmap(self._icon_name, theme.muted, theme.icon_px, self.devicePixelRatioF()))
        self._widen_list()
        self._place_picture()

    def _place_picture(self) -> None:
        side = self._appearance.theme.icon_px
        self._picture.setGeometry(self._appearance.theme.space, (self.height() - side) // 2, side, side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the icon in its place."""
        super().resizeEvent(event)
        self._place_picture()
        self._elide_placeholder()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list for the arrow keys: on the closed box each press would choose something else already."""
        # The keypad's own modifier comes with every arrow key on some systems.
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in _MOVES and plain:
            self.showPopup()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ignore the wheel: turned over a tool bar, it must not swap the network."""
        event.ignore()


class _TwoLines(QStyledItemDelegate):
    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._appearance.theme
        area: QRect = option.rect
        if _is_separator(index):
            painter.fillRect(QRect(area.left(), area.center().y(), area.width(), 1), theme.colour("border_strong"))
            return
        painter.save()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(area, theme.radius, theme.radius)
        inner = area.adjusted(theme.space, theme.space - 2, -theme.space, 2 - theme.space)
        for text, type_, colour in self._lines(index):
            height = QFontMetrics(type_).height()
            self._line(painter, QRect(inner.left(), inner.top(), inner.width(), height), text, type_, colour)
            inner.setTop(inner.top() + height + 1)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme = self._appearance.theme
        if _is_separator(index):
            return QSize(0, theme.space + 1)
        width = height = 0
        for text, type_, _ in self._lines(index):
            metrics = QFontMetrics(type_)
            width = max(width, metrics.horizontalAdvance(text))
            height += metrics.height() + 1
        return QSize(width + 4 * theme.space, height - 1 + 2 * (theme.space - 2))

    def _lines(self, index: QModelIndex | QPersistentModelIndex) -> list[tuple[str, QFont, QColor]]:
        theme = self._appearance.theme
        title = QFont(self._parent_font())
        title.setPixelSize(theme.font_px)
        lines = [(str(index.data()), title, theme.colour("text"))]
        explanation = index.data(_EXPLANATION)
        if explanation:
            small = QFont(title)
            small.setPixelSize(theme.caption_px)
            lines.append((explanation, small, theme.colour("muted")))
        return lines

    def _parent_font(self) -> QFont:
        parent = self.parent()
        return parent.font() if isinstance(parent, QWidget) else QFont()

    def _line(self, painter: QPainter, area: QRect, text: str, type_: QFont, colour: QColor) -> None:
        painter.setFont(type_)
        painter.setPen(colour)
        shown = QFontMetrics(type_).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _is_separator(index: QModelIndex | QPersistentModelIndex) -> bool:
    # The mark that QComboBox.insertSeparator sets.
    return bool(index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "separator")
