"""Entry point of `nnviz`: collects the commands, opens the window without one, and turns faults into sentences."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, Any

import typer

from nnviz import __version__
from nnviz.allocator import keep_freed_memory
from nnviz.core.cli.console import say
from nnviz.core.cli.open import WINDOW
from nnviz.core.errors import NnvizError

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""Base of all wrong calls; typer exports it under no name of its own."""

INTERRUPTED = 130
"""What typer makes of Ctrl+C."""

app = typer.Typer(
    name="nnviz",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    data_dir: Annotated[Path | None, typer.Option(help="Folder that is searched for data sets first.")] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    """Assemble neural networks, watch them learn, draw digits for them to read. Without a command: open the window."""
    if version:
        print(f"nnviz {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        window = importlib.import_module(WINDOW)
        raise typer.Exit(window.window_main(data_dir=data_dir))


def main() -> None:
    """Run the command line and end the process with its exit code: 0 if it worked, 2 for a wrong call, 1 otherwise."""
    keep_freed_memory()
    # A second call in the same process finds them registered.
    for command in () if app.registered_commands else ("open", "presets", "train", "evaluate", "predict", "export"):
        module = importlib.import_module(f"nnviz.core.cli.{command}")
        app.command(command)(getattr(module, command))
    try:
        code = app(prog_name="nnviz", standalone_mode=False)
    except UsageError as error:
        say(_wrong_call(error))
        sys.exit(2)
    except NnvizError as error:
        say(f"nnviz: {error}")
        sys.exit(1)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        say(f"nnviz: {error.filename or 'A file'} cannot be used: {error.strerror or error}.")
        sys.exit(1)
    except Exception as error:
        if os.environ.get("NNVIZ_DEBUG"):
            traceback.print_exc()
        say(f"nnviz: something unexpected went wrong ({type(error).__name__}: {error}). NNVIZ_DEBUG=1 shows where.")
        sys.exit(1)
    if code == INTERRUPTED:
        say("nnviz: stopped.")
        code = 1
    sys.exit(code)


def _wrong_call(error: Any) -> str:
    """One sentence in place of the frame that typer draws, which breaks paths in the middle."""
    ours = isinstance(error, typer.BadParameter) and error.param is None and not error.param_hint
    text = str(error.message if ours else error.format_message())
    end = "" if text.endswith((".", "?")) else "."
    command = error.ctx.command_path if error.ctx else "nnviz"
    return f"nnviz: {text}{end} See {command} --help."
