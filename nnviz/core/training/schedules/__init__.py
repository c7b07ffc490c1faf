"""Learning-rate schedules: one per file, found by their registry."""

from nnviz.core.training.schedules.base import SCHEDULES, ScheduleSpec

__all__ = ["SCHEDULES", "ScheduleSpec"]
