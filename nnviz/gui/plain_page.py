"""A page that says what a workspace will hold, for workspaces that are not built yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from nnviz.gui.style.icons import pixmap
from nnviz.gui.window_context import WindowContext
from nnviz.gui.workspace import Workspace


@dataclass(frozen=True)
class Promise:
    """One thing that will be there.

    Attributes:
        icon: Name of an icon.
        title: Its name.
        sentence: What one will be able to do with it.
    """

    icon: str
    title: str
    sentence: str


class PlainPage(Workspace):
    """A title, a sentence, and one card for each thing that is to come. Nothing on it can be pressed."""

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._pictures: list[tuple[QLabel, str]] = []
        self._title = QLabel()
        self._title.setProperty("kind", "title")
        self._lead = QLabel()
        self._lead.setProperty("kind", "muted")
        self._lead.setWordWrap(True)
        self._cards = QGridLayout()
        self._page = QWidget()
        self._page.setProperty("kind", "page")
        self._column = QVBoxLayout(self._page)
        self._column.addWidget(self._title)
        self._column.addWidget(self._lead)
        self._column.addLayout(self._cards)
        self._column.addStretch()
        centred = QWidget()
        centred.setProperty("kind", "page")
        row = QHBoxLayout(centred)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self._page, 100)
        row.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(centred)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        context.appearance.theme_changed.connect(self._on_theme_changed)

    def promise(self, title: str, lead: str, promises: Sequence[Promise]) -> None:
        """Fill the page; to be called once, by the constructor of the workspace."""
        self._title.setText(title)
        self._lead.setText(lead)
        for place, promised in enumerate(promises):
            self._cards.addWidget(self._card(promised), place // 2, place % 2)
        # What is left over goes below the cards, not into them.
        self._cards.setRowStretch(self._cards.rowCount(), 1)
        self._on_theme_changed()

    def _card(self, promised: Promise) -> QFrame:
        card = QFrame()
        card.setProperty("kind", "card")
        card.setAccessibleName(f"{promised.title}: {promised.sentence}")
        picture = QLabel()
        self._pictures.append((picture, promised.icon))
        title = QLabel(promised.title)
        title.setProperty("kind", "heading")
        title.setWordWrap(True)
        sentence = QLabel(promised.sentence)
        sentence.setProperty("kind", "muted")
        sentence.setWordWrap(True)
        sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 14, 16, 14)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.addWidget(picture, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(title, 0, 1)
        grid.addWidget(sentence, 1, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(1, 1)
        # As high as its text needs at this width: a maximum would cut it, a minimum be that of narrower cards.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        card.setSizePolicy(policy)
        return card

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self.context.theme
        for label, name in self._pictures:
            label.setPixmap(pixmap(name, theme.accent_text, theme.rail_icon_px, self.devicePixelRatioF()))
        self._page.setMaximumWidth(70 * theme.font_px)
        self._column.setContentsMargins(theme.space * 3, theme.space * 5, theme.space * 3, theme.space * 4)
        self._column.setSpacing(theme.space)
        self._cards.setContentsMargins(0, theme.space * 2, 0, 0)
        self._cards.setSpacing(theme.space * 2)
