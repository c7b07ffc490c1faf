"""The one thing that is said of a training at a time."""

from __future__ import annotations

from nnviz.core.diagnosis.base import CONDITIONS, Condition, Finding, Known

PATIENCE = 3
"""Looks in a row at which nothing is found any more before it is no longer said."""


class Diagnosis:
    """Says of one run the most urgent thing that is going on, and does not change its mind with every batch.

    What is said stays while its condition holds by a looser measure, and for some looks after that; it gives way to
    something more urgent at once.

    Attributes:
        finding: What is said now, or None.
    """

    def __init__(self) -> None:
        self.finding: Finding | None = None
        self._conditions: list[Condition] = [kind() for kind in sorted(CONDITIONS, key=lambda kind: kind.order)]
        self._dismissed: set[str] = set()
        self._missed = 0

    def look(self, known: Known) -> Finding | None:
        """See what is going on; returns `finding`."""
        said = self.finding.kind if self.finding is not None else ""
        for condition in self._conditions:
            if condition.name in self._dismissed:
                continue
            found = condition.find(known, condition.name == said)
            if found is not None:
                self.finding, self._missed = found, 0
                return found
            if condition.name == said and self._missed < PATIENCE - 1:
                # Nothing more urgent was found: it may be back with the next look.
                self._missed += 1
                return self.finding
        self.finding, self._missed = None, 0
        return None

    def condition(self) -> Condition | None:
        """The condition that is said now."""
        return next((each for each in self._conditions if self.finding and each.name == self.finding.kind), None)

    def dismiss(self) -> None:
        """Say what is said now no more in this run."""
        if self.finding is not None:
            self._dismissed.add(self.finding.kind)
        self.finding, self._missed = None, 0
