"""The gallery of presets: what each looks like and teaches; one click makes it the current project."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.gui.build.shape_picture import paint_network
from nnviz.gui.spec_text import spec_text
from nnviz.gui.style.appearance import Appearance

_PICTURE_HEIGHT = 38


class PresetCard(QAbstractButton):
    """One preset: a picture of its shapes, its title, and what one learns from it.

    Attributes:
        current: Whether the network of the project is the preset's own; it is drawn as chosen then.
    """

    def __init__(self, preset: type[Preset], appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preset = preset
        self.current = False
        self._appearance = appearance
        self.setObjectName(f"preset_{preset.name}")
        self.setText(spec_text(preset.title))
        self.setAccessibleName(spec_text(preset.title))
        self.setAccessibleDescription(spec_text(preset.teaches))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        # Not fixed: that would cap the height at what another width needs.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_current(self, current: bool) -> None:
        """Draw it as chosen or not."""
        if current != self.current:
            self.current = current
            self.update()

    def _fonts(self) -> tuple[QFont, QFont]:
        theme = self._appearance.theme
        title, text = QFont(self.font()), QFont(self.font())
        title.setPixelSize(theme.heading_px)
        title.setWeight(QFont.Weight.DemiBold)
        text.setPixelSize(theme.caption_px + 1)
        return title, text

    def _lesson(self) -> str:
        # A number and its per cent sign stay on one line.
        return spec_text(self.preset.teaches).replace(" %", "\u00a0%")

    def _places(self, width: int) -> tuple[QRect, QRect, QRect]:
        # Of the picture, the title and the text, from top to bottom.
        space = self._appearance.theme.space
        title, text = self._fonts()
        inner = max(40, width - 3 * space)
        left, top = round(1.5 * space), round(1.5 * space)
        picture = QRect(left, top, inner, _PICTURE_HEIGHT)
        heading = _wrapped(title, self.text(), QPoint(left, picture.bottom() + space), inner)
        lines = _wrapped(text, self._lesson(), QPoint(left, heading.bottom() + 4), inner)
        return picture, heading, lines

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._places(width)[2].bottom() + round(1.5 * self._appearance.theme.space)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 80)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The gallery takes these; a button would go to whatever comes next in the window.
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
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
        ground = "accent_soft" if self.current else "hover" if self.underMouse() else "surface"
        edge = "focus" if self.hasFocus() else "accent" if self.current else "border"
        width = 2 if self.hasFocus() else 1
        painter.setPen(QPen(theme.colour(edge), width))
        painter.setBrush(theme.colour(ground))
        inset = width / 2
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, theme.card_radius, theme.card_radius)
        picture, heading, text = self._places(self.width())
        paint_network(painter, QRectF(picture), self.preset.network, theme)
        title_font, text_font = self._fonts()
        painter.setFont(title_font)
        painter.setPen(theme.colour("accent_text" if self.current else "text"))
        painter.drawText(heading, Qt.TextFlag.TextWordWrap, self.text())
        painter.setFont(text_font)
        painter.setPen(theme.colour("text" if self.current else "muted"))
        painter.drawText(text, Qt.TextFlag.TextWordWrap, self._lesson())


def _wrapped(font: QFont, text: str, corner: QPoint, width: int) -> QRect:
    bounds = QFontMetrics(font).boundingRect(QRect(0, 0, width, 10_000), Qt.TextFlag.TextWordWrap, text)
    return QRect(corner, QSize(width, bounds.height()))


class PresetGallery(QScrollArea):
    """All presets, the simplest first. Arrow keys go from one to the next, Enter and space take one.

    Signals:
        preset_chosen(type[Preset]): Somebody wants to work on it.
    """

    preset_chosen = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preset_gallery")
        self.setAccessibleName(self.tr("Presets"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setProperty("kind", "page")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(16, 16, 6, 16)
        layout.setSpacing(8)
        heading = QLabel(self.tr("Start from a preset"))
        heading.setProperty("kind", "heading")
        layout.addWidget(heading)
        self.cards = [
            PresetCard(preset, appearance) for preset in sorted(PRESETS, key=lambda preset: (preset.order, preset.name))
        ]
        for card in self.cards:
            layout.addWidget(card)
            card.clicked.connect(self._on_card_clicked)
        layout.addStretch()
        self.setWidget(page)
        appearance.theme_changed.connect(self._on_theme_changed)

    def show_network(self, network: NetworkSpec) -> None:
        """Mark the preset whose network this is."""
        for card in self.cards:
            card.set_current(card.preset.network == network)

    @Slot()
    def _on_card_clicked(self) -> None:
        card = self.sender()
        assert isinstance(card, PresetCard)
        self.preset_chosen.emit(card.preset)

    @Slot()
    def _on_theme_changed(self) -> None:
        for card in self.cards:
            card.updateGeometry()
            card.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        index = next((i for i, card in enumerate(self.cards) if card.hasFocus()), -1)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index >= 0:
            self.cards[index].click()
        elif step and index >= 0:
            card = self.cards[min(len(self.cards) - 1, max(0, index + step))]
            card.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(card)
        else:
            super().keyPressEvent(event)
