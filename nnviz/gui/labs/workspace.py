"""The workspace of lessons; for now it says which ones are planned."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnviz.gui.plain_page import PlainPage, Promise
from nnviz.gui.window_context import WindowContext


class LabsWorkspace(PlainPage):
    """What the labs will be."""

    name = "labs"

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.promise(
            self.tr("Labs"),
            self.tr(
                "Short lessons, each on one idea that can be tried out by hand. They are being built and are not "
                "part of this version. Draw, Network and Live work today."
            ),
            (
                Promise(
                    "network",
                    self.tr("Backpropagation, number by number"),
                    self.tr("A tiny network in which every product and every gradient can be followed, step by step."),
                ),
                Promise(
                    "labs",
                    self.tr("Convolution by hand"),
                    self.tr("Move a filter over a picture, change its weights, and see the feature map form."),
                ),
                Promise(
                    "train",
                    self.tr("A race of optimisers"),
                    self.tr("Several optimisers roll down the same surface; change learning rate and momentum."),
                ),
                Promise(
                    "eraser",
                    self.tr("Restricted Boltzmann machines"),
                    self.tr("Damage a digit with the mouse and watch the machine fill in what it expects."),
                ),
                Promise(
                    "live",
                    self.tr("The memory of an LSTM"),
                    self.tr("See gates open and close along a sequence, and which early step an answer depends on."),
                ),
                Promise(
                    "data",
                    self.tr("What scaling does to a digit"),
                    self.tr("Move, scale and thicken a drawing and find out where the network begins to misread it."),
                ),
            ),
        )
