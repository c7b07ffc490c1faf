"""Forms and editors derived from specs, through real keys, wheel and mouse."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.initialisers.constant import Constant
from nnviz.core.initialisers.fan_in_uniform import FanInUniform
from nnviz.core.initialisers.truncated_normal import TruncatedNormal
from nnviz.core.layers.base import LAYERS
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape
from nnviz.core.spec import Param, Spec, SpecError, param
from nnviz.core.training.losses.base import LOSSES, LossSpec
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.spec import TrainingSpec
from nnviz.gui.forms import SpecForm
from nnviz.gui.number_box import NumberBox
from nnviz.gui.spec_text import formula_text, number_text, param_tooltip, quantity_text, range_text, shape_text


@dataclass(frozen=True, kw_only=True)
class Kettle(Spec):
    """Boils water."""

    litres: float = param(1.5, "How much it holds.", gt=0, le=5, unit="litres")
    place: Shape = param(Shape((2, 3)), "Where it stands.")
    holes: tuple[int, ...] = param((1, 2), "Holes in its lid.")
    label: str = param("tea", "What is written on it.")
    timer: int | None = param(None, "Minutes until it goes off, if it does.", ge=1, le=60)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.label == "coffee" and self.litres > 2:
            raise SpecError(self.title, "label", "A kettle for coffee holds at most 2 litres.")


@dataclass
class Opened:
    form: SpecForm
    changes: list[tuple[Spec, str]]

    def field(self, name: str) -> QWidget:
        found = self.form.findChild(QWidget, f"field_{name}")
        assert found is not None
        return found

    def box(self, name: str) -> NumberBox:
        box = self.field(name)
        assert isinstance(box, NumberBox)
        return box

    def combo(self, name: str) -> QComboBox:
        combo = self.field(name)
        assert isinstance(combo, QComboBox)
        return combo


def _open(qtbot: QtBot, spec: Spec, **kwargs: object) -> Opened:
    form = SpecForm(spec, **kwargs)  # type: ignore[arg-type]
    qtbot.addWidget(form)
    opened = Opened(form, [])
    form.spec_changed.connect(lambda changed, path: opened.changes.append((changed, path)))
    form.show()
    qtbot.waitExposed(form)
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return opened


def _type(qtbot: QtBot, widget: QWidget, text: str, *, enter: bool = True) -> None:
    widget.setFocus()
    if isinstance(widget, NumberBox | QLineEdit):
        widget.selectAll()
    qtbot.keyClicks(widget, text)
    if enter:
        qtbot.keyClick(widget, Qt.Key.Key_Return)


def _sentences(form: SpecForm) -> list[str]:
    labels = form.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible() and label.property("kind") == "error"]


# Texts


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (20000, "20000"),
        (1e-4, "0.0001"),
        (1e-5, "1e-5"),
        (1e-8, "1e-8"),
        (0.5, "0.5"),
        (5.0, "5.0"),
        (25.0, "25"),
        (1e6, "1000000"),
        (0.0, "0.0"),
        (-0.25, "-0.25"),
        (0.1 + 0.2, "0.3"),
        (4294967295, "4294967295"),
    ],
)
def test_numbers_read_as_people_write_them(value: float, text: str) -> None:
    assert number_text(value) == text


def test_units_shapes_formulas_and_ranges() -> None:
    assert (quantity_text(1, "pixels"), quantity_text(5, "pixels"), quantity_text(5, "")) == (
        "1 pixel",
        "5 pixels",
        "5",
    )
    assert shape_text(Shape((1, 28, 28))) == "1 × 28 × 28"
    assert formula_text("5x5x1x32 + 32 = 832") == "5 × 5 × 1 × 32 + 32 = 832"
    assert formula_text("3136x1024 + 1024 = 3212288") == "3136 × 1024 + 1024 = 3,212,288"
    assert formula_text("") == ""
    infos = {info.name: info for cls in (Conv2d, Dropout, Adam, Kettle) for info in cls.params()}
    assert range_text(infos["kernel_size"]) == "from 1 to 63 pixels"
    assert range_text(infos["rate"]) == "from 0 less than 1"
    assert range_text(infos["learning_rate"]) == "more than 0, at most 1,000"
    assert range_text(infos["label"]) == ""
    assert "How much it holds." in param_tooltip(infos["litres"])
    assert "More than 0, at most 5 litres." in param_tooltip(infos["litres"])


# Numbers


def test_every_number_that_is_typed_is_taken_at_once(qtbot: QtBot) -> None:
    opened = _open(qtbot, Dense(units=64))
    _type(qtbot, opened.box("units"), "128", enter=False)
    assert [(change.units, path) for change, path in opened.changes] == [  # type: ignore[attr-defined]
        (1, "units"),
        (12, "units"),
        (128, "units"),
    ]


@pytest.mark.parametrize(("text", "value"), [("0.00025", 2.5e-4), ("1e-6", 1e-6), ("3e-05", 3e-5), ("0,5", 0.5)])
def test_small_numbers_can_be_typed_in_any_way(qtbot: QtBot, text: str, value: float) -> None:
    opened = _open(qtbot, Adam())
    _type(qtbot, opened.box("learning_rate"), text)
    assert opened.form.spec == Adam(learning_rate=value)
    assert opened.box("learning_rate").text() == number_text(value)
    assert _sentences(opened.form) == []


def test_units_are_shown_and_may_be_left_out(qtbot: QtBot) -> None:
    opened = _open(qtbot, Conv2d(kernel_size=5))
    assert opened.box("kernel_size").text() == "5 pixels"
    _type(qtbot, opened.box("kernel_size"), "1")
    assert opened.box("kernel_size").text() == "1 pixel"
    assert opened.form.spec == Conv2d(kernel_size=1)


def test_a_wrong_number_is_explained_at_its_field_and_not_emitted(qtbot: QtBot) -> None:
    opened = _open(qtbot, Dropout(rate=0.5))
    box = opened.box("rate")
    _type(qtbot, box, "7")
    assert opened.changes == []
    assert opened.form.spec == Dropout(rate=0.5)
    assert _sentences(opened.form) == ["Dropout: Rate must be less than 1; 7 is not."]
    assert box.property("invalid") is True
    _type(qtbot, box, "0.7")
    assert opened.form.spec == Dropout(rate=0.7)
    assert _sentences(opened.form) == []
    assert box.property("invalid") is False


def test_the_sentence_waits_while_somebody_types(qtbot: QtBot) -> None:
    opened = _open(qtbot, Adam())
    box = opened.box("learning_rate")
    _type(qtbot, box, "0.", enter=False)
    assert opened.form.error("learning_rate") == "Adam: Learning rate must be more than 0; 0 is not."
    assert _sentences(opened.form) == []
    qtbot.keyClicks(box, "02")
    assert opened.form.error("learning_rate") == ""
    assert opened.form.spec == Adam(learning_rate=0.02)


def test_the_sentence_comes_by_itself(qtbot: QtBot) -> None:
    opened = _open(qtbot, Adam())
    _type(qtbot, opened.box("learning_rate"), "0", enter=False)
    qtbot.waitUntil(lambda: len(_sentences(opened.form)) == 1)


def test_letters_cannot_be_typed_into_numbers(qtbot: QtBot) -> None:
    opened = _open(qtbot, Dense(units=64))
    _type(qtbot, opened.box("units"), "3x.e7")
    assert opened.form.spec == Dense(units=37)


@pytest.mark.parametrize(
    ("spec", "name", "ups"),
    [
        (Adam(learning_rate=1e-4), "learning_rate", [2e-4, 5e-4, 1e-3]),
        (Adam(learning_rate=3e-3), "learning_rate", [5e-3, 1e-2]),
        (Adam(learning_rate=500.0), "learning_rate", [1000.0, 1000.0]),
        (Dropout(rate=0.1), "rate", [0.2, 0.3, 0.4]),
        (Dropout(rate=0.98), "rate", [0.99, 0.99]),
        (Dropout(rate=0.25), "rate", [0.26]),
        (Dense(units=65535), "units", [65536, 65536]),
    ],
)
def test_arrow_up_steps_sensibly_and_stays_inside(qtbot: QtBot, spec: Spec, name: str, ups: list[float]) -> None:
    box = _open(qtbot, spec).box(name)
    seen = []
    for _ in ups:
        qtbot.keyClick(box, Qt.Key.Key_Up)
        seen.append(box.number())
    assert seen == ups


def test_arrow_down_stays_inside(qtbot: QtBot) -> None:
    opened = _open(qtbot, Dense(units=2))
    for _ in range(4):
        qtbot.keyClick(opened.box("units"), Qt.Key.Key_Down)
    assert opened.form.spec == Dense(units=1)
    opened = _open(qtbot, Adam(learning_rate=2e-3))
    for expected in (1e-3, 5e-4, 2e-4, 1e-4):
        qtbot.keyClick(opened.box("learning_rate"), Qt.Key.Key_Down)
        assert opened.form.spec == Adam(learning_rate=expected)


def test_numbers_beyond_32_bits_can_be_shown_and_typed(qtbot: QtBot) -> None:
    info = Param(
        **dict.fromkeys(("gt", "lt", "registry", "only_if")), name="seed", type=int, default=0, doc="Seed.",
        ge=0, le=2**32 - 1, unit="", choices=(), log=False, optional=False, editable=True, path="", suffixes=(),
    )  # fmt: skip
    box = NumberBox(info)
    qtbot.addWidget(box)
    box.set_number(2**32 - 1)
    assert (box.text(), box.number()) == ("4294967295", 2**32 - 1)


def _wheel(widget: QWidget) -> None:
    window = widget.window()
    at = widget.mapTo(window, widget.rect().center())
    QTest.wheelEvent(window.windowHandle(), QPointF(at), QPoint(0, -120))  # type: ignore[attr-defined]
    QApplication.processEvents()


@pytest.mark.parametrize("name", ["units", "weight_initialiser"])
def test_the_wheel_scrolls_the_form_and_changes_nothing(qtbot: QtBot, name: str) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    page = QWidget()
    layout = QVBoxLayout(page)
    form = SpecForm(Dense())
    layout.addWidget(form)
    layout.addSpacing(2000)
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.resize(400, 200)
    area.show()
    qtbot.waitExposed(area)
    field = form.findChild(QWidget, f"field_{name}")
    assert field is not None
    field.clearFocus()
    area.setFocus()
    _wheel(field)
    assert form.spec == Dense()
    assert area.verticalScrollBar().value() > 0


def test_the_wheel_steps_a_number_that_has_the_keyboard(qtbot: QtBot) -> None:
    opened = _open(qtbot, Dense(units=64))
    opened.box("units").setFocus()
    qtbot.waitUntil(lambda: opened.box("units").hasFocus())
    _wheel(opened.box("units"))
    assert opened.form.spec == Dense(units=63)


# Other kinds of fields


def test_check_box_choice_and_text(qtbot: QtBot) -> None:
    opened = _open(qtbot, Conv2d())
    check = opened.field("bias")
    assert isinstance(check, QCheckBox)
    qtbot.keyClick(check, Qt.Key.Key_Space)
    qtbot.keyClick(opened.combo("padding"), Qt.Key.Key_Up)
    assert opened.form.spec == Conv2d(bias=False, padding="valid")
    assert [path for _, path in opened.changes] == ["bias", "padding"]
    kettle = _open(qtbot, Kettle())
    _type(qtbot, kettle.field("label"), "milk")
    assert kettle.form.spec == Kettle(label="milk")


def test_lists_of_numbers_and_shapes(qtbot: QtBot) -> None:
    opened = _open(qtbot, Kettle())
    _type(qtbot, opened.field("holes"), "3, 4,5")
    assert opened.form.spec == Kettle(holes=(3, 4, 5))
    place = opened.field("place")
    assert isinstance(place, QLabel)
    assert place.text() == "2 × 3"
    _type(qtbot, opened.field("holes"), "3, a")
    assert _sentences(opened.form) == ["Kettle: Holes must be a tuple; '3, a' is not."]


def test_optional_numbers_have_a_switch(qtbot: QtBot) -> None:
    opened = _open(qtbot, Kettle())
    switch = opened.field("timer")
    box = opened.form.findChild(QWidget, "row_timer").findChild(NumberBox)  # type: ignore[union-attr]
    assert isinstance(box, NumberBox)
    assert not box.isEnabled()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert opened.form.spec == Kettle(timer=1)
    _type(qtbot, box, "7")
    assert opened.form.spec == Kettle(timer=7)
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert opened.form.spec == Kettle(timer=None)
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert opened.form.spec == Kettle(timer=7)


def test_rules_between_two_fields_are_told_too(qtbot: QtBot) -> None:
    opened = _open(qtbot, Kettle(litres=3.0))
    _type(qtbot, opened.field("label"), "coffee")
    assert _sentences(opened.form) == ["Kettle: A kettle for coffee holds at most 2 litres."]
    assert opened.form.spec == Kettle(litres=3.0, label="coffe")


def test_a_nested_spec_has_its_type_and_its_own_fields(qtbot: QtBot) -> None:
    opened = _open(qtbot, Dense())
    combo = opened.combo("weight_initialiser")
    titles = [combo.itemText(index) for index in range(combo.count())]
    assert titles == sorted(titles)
    assert combo.currentText() == FanInUniform.title
    combo.setFocus()
    combo.setCurrentIndex(titles.index(TruncatedNormal.title))
    assert opened.form.spec == Dense(weight_initialiser=TruncatedNormal())
    _type(qtbot, opened.box("standard_deviation"), "0.3")
    assert opened.form.spec == Dense(weight_initialiser=TruncatedNormal(standard_deviation=0.3))
    assert opened.changes[-1][1] == "weight_initialiser.standard_deviation"
    combo.setCurrentIndex(titles.index(FanInUniform.title))
    assert not opened.box("standard_deviation").isVisible()
    combo.setCurrentIndex(titles.index(TruncatedNormal.title))
    # What was set there before comes back.
    assert opened.form.spec == Dense(weight_initialiser=TruncatedNormal(standard_deviation=0.3))


def test_a_nested_error_stands_at_the_nested_field(qtbot: QtBot) -> None:
    opened = _open(qtbot, Dense(bias_initialiser=Constant(value=0.1)))
    _type(qtbot, opened.box("value"), "99")
    assert _sentences(opened.form) == ["Constant: Value must be at most 10; 99 is not."]
    # The first 9 was right.
    assert opened.form.spec == Dense(bias_initialiser=Constant(value=9.0))


def test_only_what_is_offered_can_be_chosen(qtbot: QtBot) -> None:
    def offers(info: Param, cls: type[Spec]) -> bool:
        return not issubclass(cls, LossSpec) or "classification" in cls.tasks

    opened = _open(qtbot, TrainingSpec(), offers=offers)
    combo = opened.combo("loss")
    offered = {combo.itemText(index) for index in range(combo.count())}
    assert offered == {cls.title for cls in LOSSES if "classification" in cls.tasks}


# From outside


def test_updates_from_outside_are_shown_and_not_emitted(qtbot: QtBot) -> None:
    opened = _open(qtbot, Conv2d())
    other = Conv2d(filters=7, padding="valid", bias=False, weight_initialiser=TruncatedNormal(standard_deviation=0.3))
    opened.form.set_spec(other)
    assert opened.changes == []
    assert opened.form.spec == other
    assert opened.box("filters").number() == 7
    assert opened.combo("padding").currentText() == "valid"
    assert opened.combo("weight_initialiser").currentText() == "Truncated normal"
    assert opened.box("standard_deviation").number() == 0.3
    opened.form.set_spec(Dense(units=9))
    assert opened.box("units").number() == 9
    assert opened.changes == []


def test_updates_of_other_fields_leave_what_is_typed(qtbot: QtBot) -> None:
    opened = _open(qtbot, Adam())
    box = opened.box("learning_rate")
    _type(qtbot, box, "0.50", enter=False)
    opened.form.set_spec(Adam(learning_rate=0.5, beta1=0.8))
    assert box.text() == "0.50"
    assert opened.box("beta1").number() == 0.8


def test_every_registered_spec_has_a_form(qtbot: QtBot) -> None:
    for spec in (*(cls() for cls in LAYERS), TrainingSpec(), NetworkSpec()):
        form = SpecForm(spec)
        qtbot.addWidget(form)
        for info in spec.params():
            # Its own row: a nested spec may have a field of the same name.
            row = form.findChild(QWidget, f"row_{info.name}", Qt.FindChildOption.FindDirectChildrenOnly)
            if not info.editable:
                assert row is None
                continue
            assert row is not None
            field = row.findChild(QWidget, f"field_{info.name}")
            assert field is not None
            assert field.accessibleName() == info.title
            assert field.accessibleDescription() == info.doc
