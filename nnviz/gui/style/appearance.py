"""The look that is on the screen now: which theme, remembered, following the desktop unless told otherwise."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from nnviz.gui.style.stylesheet import stylesheet
from nnviz.gui.style.theme import Scheme, Theme, theme_for

# Faces made for screens, where they are installed; else the desktop's own.
_FACES = ("Inter", "Inter Variable", "Segoe UI Variable Text")


class Appearance(QObject):
    """Chooses the theme and brings it to the application.

    Widgets that paint themselves or hold icons read `theme` and repaint on `theme_changed`; all others follow the
    style sheet by themselves.

    Attributes:
        theme: The tokens that are on the screen now.

    Signals:
        theme_changed(Theme): Another theme is on the screen.
    """

    theme_changed = Signal(object)

    def __init__(self, application: QApplication, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._settings = settings
        self._scheme = _scheme_from(str(settings.value("appearance/scheme", Scheme.SYSTEM.value)))
        self._projector = bool(settings.value("appearance/projector", False, type=bool))
        self.theme = self._chosen_theme()
        application.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)
        application.setStyle("Fusion")
        self._apply()

    @property
    def scheme(self) -> Scheme:
        """What was asked for: a theme, or to follow the desktop."""
        return self._scheme

    @property
    def projector(self) -> bool:
        """Whether type is large."""
        return self._projector

    def set_scheme(self, scheme: Scheme) -> None:
        """Use this theme, now and next time."""
        self._scheme = scheme
        self._settings.setValue("appearance/scheme", scheme.value)
        self._refresh()

    def set_projector(self, projector: bool) -> None:
        """Use large type or not, now and next time."""
        self._projector = projector
        self._settings.setValue("appearance/projector", projector)
        self._refresh()

    def toggle_dark(self) -> None:
        """Go from a light theme to the dark one or back."""
        self.set_scheme(Scheme.LIGHT if self.theme.is_dark else Scheme.DARK)

    @Slot()
    def _on_system_scheme_changed(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        theme = self._chosen_theme()
        if theme != self.theme:
            self.theme = theme
            self._apply()
            self.theme_changed.emit(theme)

    def _chosen_theme(self) -> Theme:
        dark = self._scheme == Scheme.DARK
        if self._scheme == Scheme.SYSTEM:
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return theme_for(dark, self._projector)

    def _apply(self) -> None:
        self._application.setPalette(palette(self.theme))
        self._application.setFont(font(self.theme))
        self._application.setStyleSheet(stylesheet(self.theme))


def font(theme: Theme) -> QFont:
    """The ordinary type of a theme."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    result = QFont(system)
    installed = set(QFontDatabase.families())
    result.setFamilies([*(face for face in _FACES if face in installed), *system.families()])
    result.setPixelSize(theme.font_px)
    return result


def palette(theme: Theme) -> QPalette:
    """The tokens as Qt's roles, for what the style sheet does not reach."""
    role = QPalette.ColorRole
    tokens = {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "raised",
        role.AlternateBase: "window",
        role.Text: "text",
        role.PlaceholderText: "muted",
        role.Button: "raised",
        role.ButtonText: "text",
        role.BrightText: "on_accent",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Accent: "accent",
        role.Link: "accent_text",
        role.LinkVisited: "accent_text",
        role.ToolTipBase: "tooltip",
        role.ToolTipText: "on_tooltip",
        role.Light: "raised",
        role.Midlight: "hover",
        role.Mid: "border",
        role.Dark: "border_strong",
        role.Shadow: "border",
    }
    result = QPalette()
    for key, token in tokens.items():
        result.setColor(key, theme.colour(token))
    for key in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, key, theme.colour("disabled"))
    return result


def _scheme_from(text: str) -> Scheme:
    return next((scheme for scheme in Scheme if scheme.value == text), Scheme.SYSTEM)
