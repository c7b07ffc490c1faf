"""The Labs workspace: a gallery of lessons, and the one that is open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nnviz.core.errors import NnvizError
from nnviz.core.labs.state import LabStateError, load_state
from nnviz.gui.labs.base import LABS
from nnviz.gui.labs.file_dialog import LabFileDialog, remember_folder
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
        self.gallery.open_requested.connect(self.ask_open)
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
            page.open_requested.connect(self.ask_open)
            self._pages.addWidget(page)
        return self._frame

    @Slot(str)
    def open_lab(self, name: str) -> None:
        """Open a lab where it was left; the one that was open is closed."""
        self._close()
        self.gallery.complain("")
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

    # Lessons' files

    @Slot()
    def ask_open(self) -> None:
        """Let a lab's file be chosen, and stand where it says."""
        dialog = LabFileDialog(self, self.tr("Open a lab's file"), self.context.settings)
        dialog.fileSelected.connect(self._on_open_chosen)
        dialog.open()

    @Slot(str)
    def _on_open_chosen(self, name: str) -> None:
        self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Stand where a lab's file says; where that lab is open already, it can be undone."""
        try:
            state = load_state(path)
            if state.lab not in LABS:
                raise LabStateError(
                    self.tr("The file is for a lab that this nnviz does not have: {0}. Update nnviz.").format(state.lab)
                )
            if self.page is None or state.lab != self.page.lab.name:
                self.open_lab(state.lab)
            assert self.page is not None
            self.page.take_state(state)
        except NnvizError as error:
            self._complain(str(error))
            return
        remember_folder(self.context.settings, path)
        self.said.emit(self.tr("Opened {0}.").format(path.name))

    def _complain(self, sentence: str) -> None:
        # Where it is seen.
        if self.page is not None:
            self.page.complain(sentence)
        else:
            self.gallery.complain(sentence)
            self.said.emit(sentence)

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
