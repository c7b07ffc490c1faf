"""`nnviz presets`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from nnviz.core.cli.console import print_json
from nnviz.core.presets import PRESETS


def presets(json: Annotated[bool, typer.Option("--json", help="One JSON object per preset.")] = False) -> None:
    """List the presets: ready networks with their data and training."""
    table = Table("preset", "data", "parameters", "what it teaches", box=None, pad_edge=False)
    for preset in sorted(PRESETS, key=lambda preset: preset.order):
        name = preset.name.replace("_", "-")
        parameters = preset.network.parameter_count()
        if json:
            print_json(
                {
                    "name": name,
                    "title": preset.title,
                    "dataset": preset.dataset.name,
                    "parameters": parameters,
                    "teaches": preset.teaches,
                }
            )
        table.add_row(name, preset.dataset.title, f"{parameters:,}", preset.teaches)
    if not json:
        Console(highlight=False).print(table)
