"""Never more than one at a time, the most urgent first, and no flicker."""

from __future__ import annotations

import pytest

from nnviz.core.diagnosis import diagnosis as module
from nnviz.core.diagnosis.base import CONDITIONS, Condition, Finding, Known, Phrase, about, figure, per_cent
from nnviz.core.diagnosis.diagnosis import PATIENCE, Diagnosis
from nnviz.core.run_curves import RunCurves
from nnviz.core.training.spec import TrainingSpec
from tests.core.diagnosis.watched import mlp

KNOWN = Known(mlp(4), TrainingSpec(), RunCurves())


class _Switched(Condition):
    """Says what the test tells it to."""

    level = 0.0
    """Found above 1, and above 0.5 while it is said."""

    def find(self, known: Known, said: bool) -> Finding | None:
        if type(self).level <= (0.5 if said else 1.0):
            return None
        return Finding(self.name, Phrase(self.name), Phrase("why"), (Phrase("try"),))


@pytest.fixture
def switches(monkeypatch: pytest.MonkeyPatch) -> tuple[type[_Switched], type[_Switched]]:
    class Urgent(_Switched):
        name, order = "urgent", 1

    class Mild(_Switched):
        name, order = "mild", 2

    monkeypatch.setattr(module, "CONDITIONS", [Mild, Urgent])
    return Urgent, Mild


def look(diagnosis: Diagnosis) -> str:
    finding = diagnosis.look(KNOWN)
    assert finding is diagnosis.finding
    return finding.kind if finding else ""


def test_the_most_urgent_one_alone_is_said(switches: tuple[type[_Switched], type[_Switched]]) -> None:
    urgent, mild = switches
    diagnosis = Diagnosis()
    assert look(diagnosis) == ""
    mild.level = 2.0
    assert look(diagnosis) == "mild"
    urgent.level = 2.0
    assert look(diagnosis) == "urgent"


def test_what_is_said_stays_by_a_looser_measure_and_then_for_some_looks(
    switches: tuple[type[_Switched], type[_Switched]],
) -> None:
    _, mild = switches
    diagnosis = Diagnosis()
    mild.level = 0.8
    assert look(diagnosis) == ""
    mild.level = 1.2
    assert look(diagnosis) == "mild"
    mild.level = 0.8
    assert [look(diagnosis) for _ in range(10)] == ["mild"] * 10
    mild.level = 0.1
    assert [look(diagnosis) for _ in range(PATIENCE)] == ["mild"] * (PATIENCE - 1) + [""]
    mild.level = 0.8
    assert look(diagnosis) == ""


def test_one_look_without_it_changes_nothing(switches: tuple[type[_Switched], type[_Switched]]) -> None:
    _, mild = switches
    diagnosis = Diagnosis()
    said = []
    for level in (2, 0, 0, 2, 0, 0, 2, 0, 0):
        mild.level = level
        said.append(look(diagnosis))
    assert said == ["mild"] * 9


def test_what_was_dismissed_is_not_said_again(switches: tuple[type[_Switched], type[_Switched]]) -> None:
    urgent, mild = switches
    urgent.level = mild.level = 2.0
    diagnosis = Diagnosis()
    assert look(diagnosis) == "urgent"
    diagnosis.dismiss()
    assert diagnosis.finding is None
    assert look(diagnosis) == "mild"
    diagnosis.dismiss()
    assert look(diagnosis) == ""
    assert look(Diagnosis()) == "urgent", "another run, another diagnosis"


def test_every_condition_has_an_urgency_of_its_own_and_says_nothing_of_a_run_that_has_not_begun() -> None:
    orders = [kind.order for kind in CONDITIONS]
    assert len(set(orders)) == len(orders) == 6
    assert Diagnosis().look(KNOWN) is None


def test_one_more_condition_is_one_more_file(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    import nnviz.core.diagnosis as package

    (tmp_path / "always.py").write_text(
        '''"""Condition: always."""

from nnviz.core.diagnosis.base import CONDITIONS, Condition, Finding, Phrase


@CONDITIONS.register
class Always(Condition):
    """Always."""

    order = 1

    def find(self, known, said):
        return Finding(self.name, Phrase("Always"), Phrase("why"), ())
'''
    )
    CONDITIONS.discover()
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    monkeypatch.setattr(CONDITIONS, "_discovered", False)
    monkeypatch.setattr(CONDITIONS, "_classes", dict(CONDITIONS._classes))
    finding = Diagnosis().look(KNOWN)
    assert finding is not None
    assert finding.kind == "always"
    sys.modules.pop("nnviz.core.diagnosis.always", None)


def test_numbers_in_sentences() -> None:
    assert [figure(value) for value in (0.012345, 4.567, 123.4, 1234.5, 4.5e7)] == [
        "0.0123",
        "4.57",
        "123",
        "1,234",
        "4.5e+07",
    ]
    assert [about(value) for value in (3.44, 18.4, 1234, 254848.0, 3.2e12)] == [
        "3.4",
        "18",
        "1,200",
        "250,000",
        "3.2e+12",
    ]
    assert [per_cent(value) for value in (0.0000123, 0.07, 0.852)] == ["0.0012", "7", "85"]
