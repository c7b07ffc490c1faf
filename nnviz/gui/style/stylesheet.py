"""The one style sheet, written from a theme's tokens.

A widget asks for a look by the dynamic property `kind`, set before it is shown: `widget.setProperty("kind", "card")`.

- QWidget: page (the window's ground, for what scrolls)
- QLabel: title, heading, caption (small and muted), muted, error, key (of the keyboard)
- QPushButton: primary (the one most important action of its area), flat
- QToolButton: flat by itself; outlined, primary, rail
- QFrame: card (or in two parts: card_top, card_bottom), hint (a card that wants to be read), bar, rail, status,
  warning, error, line (a hairline, with `orientation`)
- QProgressBar: thin
- QComboBox: chooser (room for an icon in front)
"""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from nnviz.gui.style.theme import Theme
from nnviz.resource_path import resource_path

_SHEET = Template("""
QWidget { color: $text; }
QMainWindow, QDialog, QWidget[kind="page"] { background: $window; }
QScrollArea, QScrollArea > QWidget > QWidget[kind="page"] { background: transparent; border: none; }

/* Text */
QLabel { background: transparent; }
QLabel:disabled { color: $disabled; }
QLabel[kind="title"] { font-size: ${title_px}px; font-weight: 600; }
QLabel[kind="heading"] { font-size: ${heading_px}px; font-weight: 600; }
QLabel[kind="caption"] { font-size: ${caption_px}px; color: $muted; }
QLabel[kind="muted"] { color: $muted; }
QLabel[kind="error"] { color: $danger; }
QLabel[kind="key"] { background: $hover; border: 1px solid $border_strong; border-radius: 4px; padding: 1px ${half}px;
    font-size: ${caption_px}px; font-weight: 600; }

/* Areas */
QFrame[kind="card"] { background: $surface; border: 1px solid $border; border-radius: ${card_radius}px; }
QFrame[kind="hint"] { background: $warning_soft; border: 1px solid $border; border-radius: ${card_radius}px; }
QFrame[kind="card_top"] { background: $surface; border: 1px solid $border; border-bottom: none;
    border-top-left-radius: ${card_radius}px; border-top-right-radius: ${card_radius}px; }
QFrame[kind="card_bottom"] { background: $surface; border: 1px solid $border; border-top: none;
    border-bottom-left-radius: ${card_radius}px; border-bottom-right-radius: ${card_radius}px; }
QFrame[kind="bar"] { background: $surface; border: none; border-bottom: 1px solid $border; }
QFrame[kind="rail"] { background: $rail; border: none; border-right: 1px solid $border; }
QFrame[kind="status"] { background: $rail; border: none; border-top: 1px solid $border; }
QFrame[kind="warning"] { background: $warning_soft; border: none; border-bottom: 1px solid $border; }
QFrame[kind="error"] { background: $danger_soft; border: none; border-bottom: 1px solid $border; }
QFrame[kind="line"] { background: $border; border: none; }
QFrame[kind="line"][orientation="vertical"] { min-width: 1px; max-width: 1px; }
QFrame[kind="line"][orientation="horizontal"] { min-height: 1px; max-height: 1px; }
QGroupBox { background: $surface; border: 1px solid $border; border-radius: ${card_radius}px;
    margin-top: ${group_top}px; padding: ${space}px; font-size: ${heading_px}px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; left: 2px; padding: 0 0 ${half}px 0;
    color: $text; }
QMainWindow::separator { background: transparent; width: ${space}px; height: ${space}px; }
QMainWindow::separator:hover { background: $border_strong; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $border_strong; }

/* Buttons */
QPushButton { background: $raised; border: 1px solid $border_strong; border-radius: ${radius}px;
    padding: 0 ${pad}px; min-height: ${inner_px}px; font-weight: 500; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:checked { background: $accent_soft; border-color: $accent; color: $accent_text; }
QPushButton:focus { border: 2px solid $focus; padding: 0 ${pad_1}px; min-height: ${inner_2}px; }
QPushButton:disabled { background: $window; border-color: $border; color: $disabled; }
QPushButton[kind="primary"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $hover; border-color: $hover; color: $disabled; }
QPushButton[kind="flat"] { background: transparent; border-color: transparent; }
QPushButton[kind="flat"]:hover { background: $veil; }
QPushButton[kind="flat"]:pressed { background: $veil_strong; }
QPushButton[kind="flat"]:focus { border-color: $focus; }

QToolButton { background: transparent; border: 2px solid transparent; border-radius: ${radius}px;
    padding: 0 ${tool_pad}px; min-height: ${inner_2}px; }
QToolButton[toolButtonStyle="0"] { min-width: ${tool_min}px; }
QToolButton:hover { background: $veil; }
QToolButton:pressed { background: $veil_strong; }
QToolButton:checked { background: $accent_soft; color: $accent_text; }
QToolButton:focus { border-color: $focus; }
QToolButton:disabled { color: $disabled; background: transparent; }
QToolButton[kind="outlined"] { background: $raised; border: 1px solid $border_strong; min-height: ${inner_px}px; }
QToolButton[kind="outlined"]:hover { background: $hover; }
QToolButton[kind="outlined"]:pressed { background: $pressed; }
QToolButton[kind="outlined"]:checked { background: $accent_soft; border-color: $accent; }
QToolButton[kind="outlined"]:focus { border: 2px solid $focus; min-height: ${inner_2}px; }
QToolButton[kind="primary"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: 600;
    padding: 0 ${half}px 0 ${space}px; }
QToolButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QToolButton[kind="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QToolButton[kind="primary"]:focus { border-color: $text; }
QToolButton[kind="primary"]:disabled { background: $hover; border-color: $hover; color: $disabled; }
QToolButton[kind="rail"] { font-size: ${caption_px}px; font-weight: 500; color: $muted; padding: ${half}px 0;
    border-radius: ${card_radius}px; min-height: ${rail_inner}px; max-height: ${rail_inner}px; }
QToolButton[kind="rail"]:hover { color: $text; }
QToolButton[kind="rail"]:checked { background: $accent_soft; color: $accent_text; }
QToolButton[kind="rail"]:focus { border-color: $focus; }
QToolButton::menu-indicator { image: none; width: 0; }

/* Inputs */
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
    background: $raised; border: 1px solid $border_strong; border-radius: ${radius}px; padding: 0 ${input_pad}px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox { min-height: ${inner_px}px; }
QLineEdit > QToolButton { border: none; padding: 0; min-width: 0; min-height: 0; }
QPlainTextEdit, QTextEdit { padding: ${half}px; }
QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QComboBox:hover { border-color: $muted; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {
    border: 2px solid $focus; padding: 0 ${input_pad_1}px; min-height: ${inner_2}px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; padding: ${half_1}px; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {
    background: $window; border-color: $border; color: $disabled; }
QLineEdit[invalid="true"], QSpinBox[invalid="true"], QDoubleSpinBox[invalid="true"], QComboBox[invalid="true"] {
    border: 2px solid $danger; padding: 0 ${input_pad_1}px; min-height: ${inner_2}px; }
QComboBox, QComboBox:focus { padding-right: 2px; combobox-popup: 0; }
QComboBox[kind="chooser"], QComboBox[kind="chooser"]:focus { padding-left: ${chooser_pad}px; }
QComboBox::drop-down { subcontrol-origin: border; subcontrol-position: center right; width: ${arrow_px}px;
    border: none; }
QComboBox::down-arrow { image: url("$controls/arrow_down.svg"); width: ${small_icon}px; height: ${small_icon}px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border_strong; outline: none;
    padding: ${half}px; selection-background-color: $accent_soft; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: ${inner_px}px; border-radius: ${radius}px;
    padding: 0 ${half}px; }
QSpinBox, QDoubleSpinBox { padding-right: ${arrow_px}px; min-height: ${spin_px}px; }
QSpinBox:focus, QDoubleSpinBox:focus, QSpinBox[invalid="true"], QDoubleSpinBox[invalid="true"] {
    min-height: ${spin_2}px; }
QSpinBox QLineEdit, QSpinBox QLineEdit:focus, QDoubleSpinBox QLineEdit, QDoubleSpinBox QLineEdit:focus,
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: none; background: transparent; min-height: 0;
    padding: 0 0 0 ${spin_pad}px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right;
    width: ${arrow_px}px; border: none; margin: 2px 1px 0 0; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right;
    width: ${arrow_px}px; border: none; margin: 0 1px 2px 0; }
QSpinBox::up-button:hover, QDoubleSpinBox::up-button:hover, QSpinBox::down-button:hover,
QDoubleSpinBox::down-button:hover { background: $hover; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$controls/arrow_up.svg");
    width: ${tiny_icon}px; height: ${tiny_icon}px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$controls/arrow_down.svg");
    width: ${tiny_icon}px; height: ${tiny_icon}px; }

QCheckBox, QRadioButton { spacing: ${space}px; background: transparent; border: 2px solid transparent;
    border-radius: ${radius}px; padding: 1px; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator { width: ${indicator}px; height: ${indicator}px;
    background: $raised; border: 1px solid $muted; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: ${indicator_radius}px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $focus; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$controls/tick.svg"); }
QCheckBox::indicator:indeterminate { background: $accent; border-color: $accent; image: url("$controls/dash.svg"); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent; image: url("$controls/dot.svg"); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $pressed; border-color: $border_strong; }

QSlider { min-height: ${slider_px}px; }
QSlider::groove:horizontal { height: 4px; background: $pressed; border-radius: 2px; }
QSlider::sub-page:horizontal { height: 4px; background: $accent; border-radius: 2px; }
QSlider::groove:vertical { width: 4px; background: $pressed; border-radius: 2px; }
QSlider::add-page:vertical { width: 4px; background: $accent; border-radius: 2px; }
QSlider::handle { background: $handle; border: 1px solid $handle_edge; width: 14px; height: 14px; border-radius: 8px; }
QSlider::handle:horizontal { margin: -6px 0; }
QSlider::handle:vertical { margin: 0 -6px; }
QSlider::handle:hover { border-color: $accent; }
QSlider::handle:focus { border: 2px solid $focus; width: 12px; height: 12px; }
QSlider::sub-page:disabled, QSlider::add-page:vertical:disabled { background: $border_strong; }

QProgressBar { background: $pressed; border: none; border-radius: 4px; min-height: 8px; max-height: 8px;
    color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QProgressBar[kind="thin"] { min-height: 4px; max-height: 4px; border-radius: 2px; }
QProgressBar[kind="thin"]::chunk { border-radius: 2px; }

/* Scroll bars */
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $border_strong; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }

/* Tables, lists, tabs */
QAbstractItemView { background: $surface; border: 1px solid $border; border-radius: ${radius}px; outline: none;
    alternate-background-color: $window; gridline-color: $border;
    selection-background-color: $accent_soft; selection-color: $text; }
QAbstractItemView:focus { border: 1px solid $focus; }
QComboBox QAbstractItemView:focus { border: 1px solid $border_strong; }
QTableView::item, QListView::item, QTreeView::item { padding: ${half}px ${space}px; border: none; }
QTableView::item:hover, QListView::item:hover, QTreeView::item:hover { background: $hover; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {
    background: $accent_soft; color: $text; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: $surface; color: $muted; font-size: ${caption_px}px; font-weight: 600;
    text-align: left; border: none; border-bottom: 1px solid $border; padding: ${half}px ${space}px; }
QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabBar::tab { background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
    padding: ${half}px ${pad}px; min-height: ${inner_2}px; }
/* Views behind each other: four names beside the curves. */
QMainWindow > QTabBar { font-size: ${caption_px}px; }
QMainWindow > QTabBar::tab { padding: ${half}px ${space}px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 600; }
QMainWindow > QTabBar::tab:selected { font-weight: 400; }
QTabBar::tab:focus { border-bottom-color: $focus; color: $accent_text; }
/* Arrows where not all names fit. */
QTabBar::scroller { width: ${control_px}px; }
QTabBar QToolButton[toolButtonStyle="0"] { min-width: 0; padding: 0; border: none; border-radius: 0;
    background: $window; }
QTabBar QToolButton:hover { background: $hover; }
QTabBar QToolButton::left-arrow, QTabBar QToolButton::right-arrow { width: ${tiny_icon}px; height: ${tiny_icon}px; }
QTabBar QToolButton::left-arrow { image: url("$controls/arrow_left.svg"); }
QTabBar QToolButton::right-arrow { image: url("$controls/arrow_right.svg"); }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

/* What floats */
QMenu { background: $raised; border: 1px solid $border_strong; padding: ${half}px; }
QMenu::item { padding: ${half}px ${pad}px; border-radius: ${radius}px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $border; margin: ${half}px; }
QToolTip { background: $tooltip; color: $on_tooltip; border: 1px solid $tooltip_edge; padding: 5px 8px; }
""")


def stylesheet(theme: Theme) -> str:
    """The application's style sheet in the colours and sizes of `theme`."""
    indicator = theme.font_px + 2
    sizes = {
        "half": theme.space // 2,
        "half_1": theme.space // 2 - 1,
        "pad": round(theme.space * 1.5),
        "pad_1": round(theme.space * 1.5) - 1,
        "input_pad": theme.space,
        "input_pad_1": theme.space - 1,
        "chooser_pad": theme.icon_px + theme.space * 2 - 2,
        "spin_pad": theme.space - 2,
        "tool_pad": 2,
        # Qt adds borders to these: with one of 1 px, or of 2 px, the control is control_px high.
        "inner_px": theme.control_px - 2,
        "inner_2": theme.control_px - 4,
        # A spin box takes 3 px more than its minimum.
        "spin_px": theme.control_px - 5,
        "spin_2": theme.control_px - 7,
        "rail_inner": theme.rail_icon_px + theme.caption_px + theme.space * 2 - 4,
        "tool_min": theme.control_px - 8,
        "group_top": round(theme.heading_px * 1.8),
        "arrow_px": theme.space * 3,
        "small_icon": theme.caption_px + 3,
        "tiny_icon": theme.caption_px,
        "indicator": indicator,
        "indicator_radius": (indicator + 2) // 2,
        "slider_px": max(24, theme.control_px - 8),
    }
    ink = "255, 255, 255" if theme.is_dark else "20, 20, 40"
    colours = {
        # Flat controls stand on grounds of several colours: a veil suits all of them.
        "veil": f"rgba({ink}, 0.07)",
        "veil_strong": f"rgba({ink}, 0.13)",
        "handle": theme.text if theme.is_dark else "#ffffff",
        "handle_edge": theme.text if theme.is_dark else theme.muted,
        "tooltip_edge": theme.border_strong if theme.is_dark else theme.tooltip,
        "controls": resource_path("controls").as_posix(),
    }
    return _SHEET.substitute(asdict(theme) | sizes | colours)
