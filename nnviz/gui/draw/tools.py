"""The quiet row of buttons under the pad: undo, redo, eraser, clear, a picture, the pen's width."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from nnviz.gui.commands import tip_with_shortcut
from nnviz.gui.draw.pad import GREATEST_PEN, LEAST_PEN, DrawingPad
from nnviz.gui.style.icons import icon, pixmap
from nnviz.gui.style.theme import LIGHT, Theme


class PadTools(QWidget):
    """Buttons and keys for a pad. Where there is too little room, the buttons show their icons alone.

    Attributes:
        pen_slider: The pen's width.
    """

    def __init__(self, pad: DrawingPad, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pad_tools")
        self._pad = pad
        self._theme = LIGHT
        self._icons: dict[QAction, str] = {}
        self._buttons: list[QToolButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._add_actions()
        self._row.addStretch(1)
        self._add_pen()
        # Straight to the actions: a dying stack still speaks, when nothing of Python's can be asked any more.
        pad.undo_stack.canUndoChanged.connect(self._undo.setEnabled)
        pad.undo_stack.canRedoChanged.connect(self._redo.setEnabled)
        pad.drawing_changed.connect(self._on_drawing_changed)
        pad.incoming.waiting_changed.connect(self._on_drawing_changed)
        pad.erasing_changed.connect(self._erase.setChecked)
        pad.pen_width_changed.connect(self.pen_slider.setValue)
        self.set_theme(LIGHT)
        self._undo.setEnabled(pad.undo_stack.canUndo())
        self._redo.setEnabled(pad.undo_stack.canRedo())
        self._on_drawing_changed()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours and sizes of another theme."""
        self._theme = theme
        self._row.setSpacing(theme.space // 2)
        for action, name in self._icons.items():
            action.setIcon(icon(name, theme, "text", on="accent_text"))
        for button in self._buttons:
            button.setIconSize(QSize(theme.icon_px, theme.icon_px))
        side = theme.icon_px
        self._pen_icon.setPixmap(pixmap("draw", theme.muted, side, self.devicePixelRatioF()))
        self.pen_slider.setMinimumWidth(round(theme.font_px * 4))
        self.pen_slider.setMaximumWidth(round(theme.font_px * 8.5))
        self._choose_style()

    def handles(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to one of the buttons."""
        return self._action_for(event) is not None

    def trigger(self, event: QKeyEvent) -> bool:
        """Do what a key means here, if it means anything."""
        action = self._action_for(event)
        if action is None:
            return False
        action.trigger()
        return True

    def _add_actions(self) -> None:
        self._undo = self._action(
            "undo", "undo", self.tr("Undo"), self.tr("Take the last stroke back."), QKeySequence.StandardKey.Undo
        )
        self._redo = self._action(
            "redo", "redo", self.tr("Redo"), self.tr("Draw again what was taken back."), "Ctrl+Shift+Z", "Ctrl+Y"
        )
        self._erase = self._action(
            "erase", "eraser", self.tr("Eraser"), self.tr("Rub out parts of the drawing instead of drawing."), "E"
        )
        self._erase.setCheckable(True)
        self._clear = self._action(
            "clear", "clear", self.tr("Clear"), self.tr("Make the pad blank. Undo brings it back."), "Esc", "Del",
            "Backspace",
        )  # fmt: skip
        self._open = self._action(
            "open_picture",
            "open",
            self.tr("Picture"),
            self.tr("Read a picture of a digit. You can also drop one on the pad, or paste it with Ctrl+V."),
        )
        self._paste = QAction(self.tr("Paste"), self)
        self._paste.setObjectName("draw_paste")
        self._paste.setShortcut(QKeySequence(QKeySequence.StandardKey.Paste))
        self._undo.triggered.connect(self._pad.undo)
        self._redo.triggered.connect(self._pad.redo)
        self._clear.triggered.connect(self._pad.clear)
        self._erase.toggled.connect(self._pad.set_erasing)
        self._open.triggered.connect(self._on_open_asked)
        self._paste.triggered.connect(self._on_paste_asked)

    def _action(self, name: str, icon_name: str, text: str, tip: str, *keys: str | QKeySequence.StandardKey) -> QAction:
        action = QAction(text, self)
        action.setObjectName(f"draw_{name}")
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setToolTip(tip_with_shortcut(text, tip, action.shortcut()))
        button = QToolButton(self)
        button.setObjectName(f"draw_{name}_button")
        button.setAccessibleName(text)
        button.setAccessibleDescription(tip)
        button.setDefaultAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icons[action] = icon_name
        self._buttons.append(button)
        self._row.addWidget(button)
        return action

    def _add_pen(self) -> None:
        self._pen_icon = QLabel(self)
        self.pen_slider = QSlider(Qt.Orientation.Horizontal, self)
        self.pen_slider.setObjectName("pen_slider")
        self.pen_slider.setAccessibleName(self.tr("Pen width"))
        self.pen_slider.setRange(LEAST_PEN, GREATEST_PEN)
        self.pen_slider.setPageStep(4)
        self.pen_slider.setValue(self._pad.pen_width)
        self.pen_slider.valueChanged.connect(self._on_pen_moved)
        # Tab reaches it; a click must not take the keys away from the pad.
        self.pen_slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row.addWidget(self._pen_icon)
        # As long as it may be, before the empty place to its left gets anything.
        self._row.addWidget(self.pen_slider, 100)
        self._on_pen_moved(self._pad.pen_width)

    def _action_for(self, event: QKeyEvent) -> QAction | None:
        pressed = QKeySequence(event.keyCombination())
        actions = (*self._icons, self._paste)
        return next((action for action in actions if pressed in action.shortcuts()), None)

    def _choose_style(self) -> None:
        """Words beside the icons if all of them fit, else icons alone."""
        styles = (Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly)
        for style in styles:
            for button in self._buttons:
                button.setToolButtonStyle(style)
            if self._row.sizeHint().width() <= self.width():
                return

    @Slot()
    def _on_drawing_changed(self) -> None:
        self._clear.setEnabled(not self._pad.is_blank or self._pad.incoming.is_waited_for)

    @Slot(int)
    def _on_pen_moved(self, width: int) -> None:
        self._pad.set_pen_width(width)
        tip = self.tr("Width of the pen: {0}. It makes no difference to the network: try it.").format(width)
        self.pen_slider.setToolTip(tip)

    @Slot()
    def _on_open_asked(self) -> None:
        kinds = self.tr("Pictures") + " (*.png *.jpg *.jpeg *.gif *.bmp *.tif *.tiff *.webp *.ppm *.pgm)"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Picture of a digit"), "", kinds)
        if name:
            self._pad.take_picture(Path(name))

    @Slot()
    def _on_paste_asked(self) -> None:
        self._pad.take_picture(QGuiApplication.clipboard().mimeData())

    def minimumSizeHint(self) -> QSize:
        # The words may go: what must fit are the icons and the slider.
        theme = self._theme
        icons = len(self._buttons) * (theme.control_px + theme.space // 2)
        return QSize(icons + self.pen_slider.minimumWidth() + theme.icon_px + 3 * theme.space, theme.control_px)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._choose_style()
        super().resizeEvent(event)
