"""Data dropped on the window: says so while it hovers, and passes its path on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from nnviz.gui.own_data.files import is_data
from nnviz.gui.path_line import first_path
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.icons import pixmap


class DataDrop(QObject):
    """Takes files and folders of data that are dropped on a window; all else is left to the window.

    Signals:
        dropped(Path): This file or folder should be opened.
    """

    dropped = Signal(object)

    def __init__(self, window: QWidget, appearance: Appearance) -> None:
        super().__init__(window)
        self._hint = DropHint(appearance, window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer drags of data, and leave all others alone."""
        if isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent):
            path = first_path(event.mimeData())
            if path is None or not is_data(path):
                return False
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if event.type() == QEvent.Type.Drop:
                self._hint.hide()
                self.dropped.emit(path)
            else:
                self._hint.cover(self._window, path.name)
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._hint.hide()
        return False


class DropHint(QFrame):
    """Covers the window while data hovers over it, and says what dropping would do."""

    def __init__(self, appearance: Appearance, window: QWidget) -> None:
        super().__init__(window)
        self._appearance = appearance
        self.setObjectName("drop_hint")
        # The window beneath goes on being what the drag is over.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = QLabel()
        self._text.setProperty("kind", "title")
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setWordWrap(True)
        explanation = QLabel(self.tr("You see what is in it before anything changes."))
        explanation.setProperty("kind", "muted")
        explanation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addStretch()
        column.addWidget(self._picture)
        column.addWidget(self._text)
        column.addWidget(explanation)
        column.addStretch()
        self.hide()
        appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def cover(self, window: QWidget, name: str) -> None:
        """Lie over the window, and say that the file of this name would be opened."""
        if not self.isHidden():
            return
        self._text.setText(self.tr("Drop to open {0} as your own data").format(name))
        self.setGeometry(window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the window shine through, within a dashed frame."""
        theme = self._appearance.theme
        painter = QPainter(self)
        veil = theme.colour("window")
        veil.setAlphaF(0.92)
        painter.fillRect(self.rect(), veil)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.DashLine))
        edge = theme.space * 2
        painter.drawRoundedRect(self.rect().adjusted(edge, edge, -edge, -edge), theme.card_radius, theme.card_radius)

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._appearance.theme
        self._picture.setPixmap(pixmap("data", theme.accent_text, 6 * theme.space, self.devicePixelRatioF()))
        self.update()
