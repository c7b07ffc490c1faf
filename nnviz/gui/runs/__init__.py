"""Runs: earlier trainings."""
