"""The Labs workspace: a gallery of lessons, and the one that is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nnviz.core.labs.state import LabState, LabStateError
from nnviz.gui.labs.base import LABS
from nnviz.gui.labs.gallery import LabGallery
from nnviz.gui.labs.page import LabPage
from nnviz.gui.window_context import WindowContext
from nnviz.gui.workspace import Workspace

_OPEN = "labs/open"
PREPARE_AFTER_MS = 100
"""How long after the gallery: it is painted by then."""


class LabsWorkspace(Workspace):
    """Shows all labs, or one of them; which one is remembered.

    Attributes:
        gallery: All labs.
        page: The open lab's frame, or None.
    """

    name = "labs"

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.gallery = LabGallery(context.appearance)
        self.page: LabPage | None = None
        self._frame: LabPage | None = None
        self._pages = QStackedWidget()
        self._pages.addWidget(self.gallery)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.gallery.lab_chosen.connect(self.open_lab)
        # Made while somebody looks at the gallery, so that the click on a lab need not wait for it.
        self._preparing = QTimer(self, singleShot=True, interval=PREPARE_AFTER_MS)
        self._preparing.timeout.connect(self._prepared)
        last = str(context.settings.value(_OPEN, ""))
        if last in LABS:
            self.open_lab(last)

    @Slot()
    def _prepared(self) -> LabPage:
        # The frame for the labs, made once.
        if self._frame is None:
            self._frame = page = LabPage(self.context)
            page.said.connect(self.said)
            page.left.connect(self.show_gallery)
            page.alone_requested.connect(self.alone_requested)
            page.state_opened.connect(self._on_state_opened)
            self._pages.addWidget(page)
        return self._frame

    @Slot(str)
    def open_lab(self, name: str) -> None:
        """Open a lab where it was left; the one that was open is closed."""
        self._close()
        page = self._prepared()
        page.take_lab(LABS[name](self.context.theme))
        self.page = page
        self._pages.setCurrentWidget(page)
        self.context.settings.setValue(_OPEN, name)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_gallery(self) -> None:
        """Close the lab and show all of them."""
        name = self.page.lab.name if self.page is not None else ""
        self._close()
        self._pages.setCurrentWidget(self.gallery)
        self.context.settings.setValue(_OPEN, "")
        self.gallery.focus_card(name)

    def _close(self) -> None:
        page, self.page = self.page, None
        if page is not None:
            page.close_lab()

    @Slot(object)
    def _on_state_opened(self, state: LabState) -> None:
        before = self.page
        assert before is not None
        if state.lab not in LABS:
            before.complain(
                self.tr("The file is for a lab that this nnviz does not have: {0}. Update nnviz.").format(state.lab)
            )
            return
        self.open_lab(state.lab)
        assert self.page is not None
        try:
            self.page.take_state(state)
        except LabStateError as error:
            self.page.complain(str(error))

    def shown(self) -> None:
        """Give the keyboard to the lab, or to the gallery."""
        if self.page is not None:
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.gallery.focus_card("")
            self._preparing.start()

    def hidden(self) -> None:
        """Halt and remember: what is not seen does not run."""
        if self.page is not None:
            self.page.remember()
