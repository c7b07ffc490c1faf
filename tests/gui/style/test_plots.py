from __future__ import annotations

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnviz.gui.style.colours import positive
from nnviz.gui.style.plots import curve_pen, label_axis, style_canvas, style_plot
from nnviz.gui.style.theme import DARK, LIGHT, Theme


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_plot_has_the_colours_of_the_theme(qtbot: QtBot, theme: Theme) -> None:
    widget = pg.PlotWidget()
    qtbot.addWidget(widget)
    style_canvas(widget, theme)
    style_plot(widget.getPlotItem(), theme)
    widget.resize(300, 200)
    widget.show()
    image = widget.grab().toImage()
    assert image.pixelColor(2, 2).name() == theme.surface
    assert widget.getPlotItem().getAxis("left").textPen().color().name() == theme.muted


def test_curves_are_thinned_and_clipped(qtbot: QtBot) -> None:
    widget = pg.PlotWidget()
    qtbot.addWidget(widget)
    style_plot(widget.getPlotItem(), LIGHT)
    curve = widget.plot(np.arange(1000.0), pen=curve_pen(positive(LIGHT)))
    assert curve.opts["autoDownsample"]
    assert curve.opts["downsampleMethod"] == "peak"
    assert curve.opts["clipToView"]


def test_axes_say_what_and_in_which_unit(qtbot: QtBot) -> None:
    widget = pg.PlotWidget()
    qtbot.addWidget(widget)
    label_axis(widget.getPlotItem(), "bottom", "Time", "s")
    assert widget.getPlotItem().getAxis("bottom").labelText == "Time (s)"
    style_plot(widget.getPlotItem(), DARK)
    assert widget.getPlotItem().getAxis("bottom").labelText == "Time (s)"


def test_pens_are_thin_whatever_the_scale() -> None:
    pen = curve_pen(positive(LIGHT), dashed=True)
    assert pen.width() == 1
    assert pen.isCosmetic()
    assert pen.style() == Qt.PenStyle.DashLine
