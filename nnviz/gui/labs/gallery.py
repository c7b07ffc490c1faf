"""The gallery of labs: a small picture, a title and one line on what one learns; a click opens the lab."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.gui.labs.base import LABS, Lab
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.icons import icon


class LabCard(QAbstractButton):
    """One lab in the gallery.

    Attributes:
        lab: Its class.
    """

    def __init__(self, lab: type[Lab], appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lab = lab
        self._appearance = appearance
        self._sketch: tuple[object, QPixmap] | None = None
        self.setObjectName(f"open_{lab.name}")
        self.setText(lab.heading())
        self.setAccessibleName(lab.heading())
        self.setAccessibleDescription(lab.lesson())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _sketched(self, size: QSize) -> QPixmap:
        # Kept: a card is painted whenever the mouse comes and goes, and a sketch takes some milliseconds.
        theme, ratio = self._appearance.theme, self.devicePixelRatioF()
        key = (size, theme, ratio)
        if self._sketch is None or self._sketch[0] != key:
            pixmap = QPixmap(size * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self.font())
            self.lab.paint_sketch(painter, QRectF(0, 0, size.width(), size.height()), theme)
            painter.end()
            self._sketch = (key, pixmap)
        return self._sketch[1]

    def _fonts(self) -> tuple[QFont, QFont]:
        theme = self._appearance.theme
        title, text = QFont(self.font()), QFont(self.font())
        title.setPixelSize(theme.heading_px + 1)
        title.setWeight(QFont.Weight.DemiBold)
        text.setPixelSize(theme.font_px)
        return title, text

    def _places(self, width: int) -> tuple[QRect, QRect, QRect]:
        # Of the picture, the title and the line, from top to bottom.
        space = self._appearance.theme.space
        title, text = self._fonts()
        inner = max(60, width - 4 * space)
        picture = QRect(2 * space, 2 * space, inner, round(8.5 * self._appearance.theme.font_px))
        top = picture.bottom() + round(1.5 * space)
        heading = _wrapped(title, self.text(), 2 * space, top, inner)
        line = _wrapped(text, self.lab.lesson(), 2 * space, heading.bottom() + space // 2, inner)
        return picture, heading, line

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._places(width)[2].bottom() + 2 * self._appearance.theme.space

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(300))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 120)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The gallery takes these: a button would go to whatever comes next in the window.
        keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in keys:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if self.hasFocus() else 1
        edge = "focus" if self.hasFocus() else "border_strong" if self.underMouse() else "border"
        painter.setPen(QPen(theme.colour(edge), width))
        painter.setBrush(theme.colour("hover" if self.underMouse() else "surface"))
        inset = width / 2
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, theme.card_radius, theme.card_radius)
        picture, heading, line = self._places(self.width())
        painter.drawPixmap(picture.topLeft(), self._sketched(picture.size()))
        title_font, text_font = self._fonts()
        painter.setFont(title_font)
        painter.setPen(theme.colour("text"))
        painter.drawText(heading, Qt.TextFlag.TextWordWrap, self.text())
        painter.setFont(text_font)
        painter.setPen(theme.colour("muted"))
        painter.drawText(line, Qt.TextFlag.TextWordWrap, self.lab.lesson())


def _wrapped(font: QFont, text: str, left: int, top: int, width: int) -> QRect:
    bounds = QFontMetrics(font).boundingRect(QRect(0, 0, width, 10_000), Qt.TextFlag.TextWordWrap, text)
    return QRect(left, top, width, bounds.height())


class LabGallery(QScrollArea):
    """All labs in the order in which one would take them. Arrow keys go from one to the next, Enter opens one.

    Signals:
        lab_chosen(str): The lab of this name is wanted.
    """

    lab_chosen = Signal(str)
    open_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._columns = 0
        self.setObjectName("lab_gallery")
        self.setAccessibleName(self.tr("Labs"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setProperty("kind", "page")
        self._column = QVBoxLayout(page)
        title = QLabel(self.tr("Labs"))
        title.setProperty("kind", "title")
        lead = QLabel(
            self.tr(
                "Short lessons, each on one idea: touch the picture, move the sliders, go step by step and back. "
                "Nothing can be broken, and everything is as you left it when you come back."
            )
        )
        lead.setProperty("kind", "muted")
        lead.setWordWrap(True)
        self._open = QToolButton()
        self._open.setObjectName("labs_open")
        self._open.setProperty("kind", "outlined")
        self._open.setText(self.tr("Open a lesson..."))
        self._open.setToolTip(
            self.tr("Open what was saved in a lab, to begin from there. It can also be dropped here.")
        )
        self._open.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._open.clicked.connect(self.open_requested)
        self._problem = QLabel()
        self._problem.setObjectName("labs_problem")
        self._problem.setProperty("kind", "error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._open)
        self._column.addLayout(head)
        self._column.addWidget(lead)
        self._column.addWidget(self._problem)
        self._grid = QGridLayout()
        self._column.addLayout(self._grid)
        self._column.addStretch()
        self.cards = [LabCard(lab, appearance) for lab in sorted(LABS, key=lambda lab: (lab.order, lab.name))]
        for card in self.cards:
            card.clicked.connect(self._on_card_clicked)
        self.setWidget(page)
        appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def complain(self, sentence: str) -> None:
        """Say what was wrong; empty for nothing."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def focus_card(self, name: str) -> None:
        """Give the keyboard to the card of a lab; to the first if there is none of that name."""
        card = next((card for card in self.cards if card.lab.name == name), self.cards[0])
        card.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(card)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        room = self.viewport().width() - 6 * theme.space
        columns = max(1, min(4, room // (20 * theme.font_px)))
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    @Slot()
    def _on_card_clicked(self) -> None:
        card = self.sender()
        assert isinstance(card, LabCard)
        self.lab_chosen.emit(card.lab.name)

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._appearance.theme
        self._column.setContentsMargins(theme.space * 3, theme.space * 3, theme.space * 3, theme.space * 3)
        self._column.setSpacing(theme.space)
        self._grid.setContentsMargins(0, theme.space * 2, 0, 0)
        self._grid.setSpacing(theme.space * 2)
        self._open.setIcon(icon("open", theme))
        self._open.setIconSize(QSize(theme.icon_px, theme.icon_px))
        self._arrange()
        for card in self.cards:
            card.updateGeometry()
            card.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: self._columns,
            Qt.Key.Key_Up: -self._columns,
        }
        step = steps.get(Qt.Key(event.key()), 0)
        index = next((i for i, card in enumerate(self.cards) if card is self.focusWidget()), -1)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index >= 0:
            self.cards[index].click()
        elif step and index >= 0:
            wanted = index + step
            if 0 <= wanted < len(self.cards):
                self.cards[wanted].setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(self.cards[wanted])
        else:
            super().keyPressEvent(event)
