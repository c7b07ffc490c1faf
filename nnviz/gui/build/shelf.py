"""What a network is made from, at the left of the page: single layers, or whole presets."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSettings, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from nnviz.gui.build.palette import LayerPalette
from nnviz.gui.build.presets import PresetGallery
from nnviz.gui.style.appearance import Appearance

ShelfSide = Literal["layers", "presets"]
_SIDES: tuple[ShelfSide, ShelfSide] = ("layers", "presets")


class Shelf(QWidget):
    """Two tabs: the palette of layers and the gallery of presets. Which one was open is remembered.

    Signals:
        side_changed(): The other one is open now.
    """

    side_changed = Signal()

    def __init__(
        self,
        palette: LayerPalette,
        gallery: PresetGallery,
        appearance: Appearance,
        settings: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._settings = settings
        self.setObjectName("shelf")
        self.tabs = QTabBar()
        self.tabs.setObjectName("shelf_tabs")
        self.tabs.setAccessibleName(self.tr("Build from layers or presets"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab(self.tr("Layers"))
        self.tabs.addTab(self.tr("Presets"))
        self._pages = QStackedWidget()
        self._pages.addWidget(palette)
        self._pages.addWidget(gallery)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._head = QHBoxLayout()
        self._head.addWidget(self.tabs)
        self._head.addStretch()
        self._column.addLayout(self._head)
        self._column.addWidget(self._pages, 1)
        self.show_side("layers" if settings.value("network/shelf", "presets") == "layers" else "presets")
        self.tabs.currentChanged.connect(self._on_tab_changed)
        appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def side(self) -> ShelfSide:
        """Which one is open."""
        return _SIDES[self.tabs.currentIndex()]

    def show_side(self, side: ShelfSide) -> None:
        """Open one of the two; only a person's choice is remembered."""
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(_SIDES.index(side))
        self.tabs.blockSignals(False)
        self._pages.setCurrentIndex(_SIDES.index(side))

    @Slot(int)
    def _on_tab_changed(self, index: int) -> None:
        self._pages.setCurrentIndex(index)
        self._settings.setValue("network/shelf", _SIDES[index])
        self.side_changed.emit()

    @Slot()
    def _on_theme_changed(self) -> None:
        space = self._appearance.theme.space
        self._column.setContentsMargins(0, space, 0, 0)
        self._head.setContentsMargins(2 * space, 0, 0, 0)
