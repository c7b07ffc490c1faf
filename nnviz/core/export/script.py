"""A stand-alone PyTorch script of a network, its data and its training.

The calls that build and train the network here are printed there, so the script ends with the same weights. It follows
`nnviz.core.training.trainer` step by step: whoever changes what a step does changes both.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nnviz import __version__
from nnviz.core.call import Call
from nnviz.core.datasets.base import DatasetSpec
from nnviz.core.datasets.method_source import function_source, literal
from nnviz.core.export.layout import WIDTH, call_source, sorted_imports, without_imports
from nnviz.core.export.writing import ExportError, write_text
from nnviz.core.network import LayerTrace, NetworkSpec, initialiser_calls
from nnviz.core.sequence_network import container
from nnviz.core.training.asked import asked
from nnviz.core.training.make_trainer import learns_by_contrast
from nnviz.core.training.problems import problems
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import EVALUATION_BATCH


def script_source(title: str, network: NetworkSpec, dataset: DatasetSpec, training: TrainingSpec) -> str:
    """The script as text.

    Args:
        title: Name of the network for people.
        network: The network.
        dataset: The data that it learns from.
        training: How it learns.

    Raises:
        NnvizError: If network, data and training do not fit each other; the sentence says what to change.
    """
    found = problems(network, training, dataset)
    if found:
        raise found[0]
    if learns_by_contrast(network, training):
        raise ExportError(
            "Contrastive divergence cannot be written as a script. Export the network as ONNX with its weights or, "
            "where other layers stand behind the RBMs, set the Pretraining to Random start."
        )
    return _Script(title, network, dataset, training).source()


def write_script(path: Path, title: str, network: NetworkSpec, dataset: DatasetSpec, training: TrainingSpec) -> None:
    """Write the script; an older file of that name is replaced.

    Raises:
        NnvizError: If there is no such script, or the file cannot be written.
    """
    write_text(path, script_source(title, network, dataset, training))


class _TotalSteps(int):
    """The number of steps, printed as the variable that holds it: a schedule's call may contain it."""

    def __repr__(self) -> str:
        return "total_steps"


class _Script:
    def __init__(self, title: str, network: NetworkSpec, dataset: DatasetSpec, training: TrainingSpec) -> None:
        self.title = title
        self.network = network
        self.dataset = dataset
        self.training = training
        self.images = network.input_shape.is_image
        self.every_step = dataset.output_shape.is_sequence
        self.classifies = dataset.task == "classification"
        self.loss = training.loss.torch_call(dataset.task)
        self.optimiser = training.optimiser.torch_call("model.parameters()")
        self.schedule = self._schedule()
        self.augmentation = training.augmentation.torch_call(network.input_shape)
        self.regularisers = [(spec.when, spec.torch_call("model", "optimiser")) for spec in training.regularisers]
        self.container = container(network.input_shape)
        self.layers = list(_layers(network))

    def source(self) -> str:
        imports, data = without_imports(self.dataset.script())
        imports += ["import argparse", "from pathlib import Path", "import torch", "from torch import nn"]
        if self.training.keep_best:
            imports.append("import copy")
        calls = self._calls()
        imports += [statement for call in calls for statement in call.imports()]
        definitions = {name: source for call in calls for name, source in call.definitions()}
        parts = [
            self._docstring() + "\n" + sorted_imports(imports) + "\n" + self._constants(),
            _heading(f"Data: {_plain(self.dataset.title)}") + data,
        ]
        if definitions:
            parts.append(_heading("What PyTorch does not have") + "\n\n\n".join(definitions.values()) + "\n")
        parts += [_heading("The network") + self._build_model(), _heading("Training") + self._training_functions()]
        parts += [self._batches(), self._train(), self._main(), 'if __name__ == "__main__":\n    main()\n']
        return "\n\n".join(part.rstrip("\n") + "\n" for part in parts)

    def _schedule(self) -> Call | None:
        spec, rate = self.training.schedule, self.training.optimiser.learning_rate
        total = self.training.steps
        if not total and spec.torch_call("optimiser", rate, 100) is not None:
            total = self.training.total_steps(self.dataset.train_samples())
        return spec.torch_call("optimiser", rate, _TotalSteps(total or 100))

    def _calls(self) -> list[Call]:
        calls = [call for _, call, initialisers in self.layers for call in (call, *initialisers)]
        calls += [self.container, self.loss, self.optimiser]
        calls += [call for call in (self.schedule, self.augmentation) if call is not None]
        return calls + [call for _, call in self.regularisers]

    def _docstring(self) -> str:
        sklearn = ["scikit-learn"] if "sklearn" in self.dataset.script() else []
        packages = ["numpy", *sklearn, "torch"]
        first = (
            f"{_plain(self.title)}: {self.network.parameter_count():,} parameters learn {_plain(self.dataset.title)}."
        )
        return (
            f'"""{first}\n\n'
            f"Written by nnviz {__version__}, and does without it. It needs: pip install {' '.join(packages)}\n\n"
            "It ends with the same weights as nnviz: the same seed, the same order of random numbers, the same\n"
            "steps. On another kind of processor the last digits may differ.\n"
            '"""\n'
        )

    def _constants(self) -> str:
        training = self.training
        lines = [f"TRAINING_SEED = {training.seed}  # start of all random numbers: same seed, same weights"]
        lines += [f"BATCH_SIZE = {training.batch_size}  # samples per step"]
        if training.steps:
            lines.append(f"STEPS = {training.steps}  # batches, all in all")
        else:
            lines.append(f"EPOCHS = {training.epochs}  # passes through the training data")
        if training.validate_every:
            lines.append(f"VALIDATE_EVERY = {training.validate_every}  # steps between two measurements")
        if training.early_stopping:
            lines.append(f"PATIENCE = {training.early_stopping}  # measurements without a lower loss, then it stops")
        if self.dataset.classes:
            lines += _tuple_lines("CLASS_NAMES", self.dataset.classes)
        return "\n".join(lines) + "\n"

    def _build_model(self) -> str:
        lines = ["def build_model():", f'    """{self.network.input_shape} in, {self.network.output_shape()} out."""']
        lines.append(f"    model = {self.container.source()}")
        for trace, call, initialisers in self.layers:
            lines += ["", f"    # {_layer_comment(trace)}"]
            line = f'    model.add_module("{trace.name}", {call.source()})'
            if not initialisers and len(line) <= WIDTH:
                lines.append(line)
                continue
            lines.append(call_source("layer = ", call, indent=4))
            lines += [call_source("", initialiser, indent=4) for initialiser in initialisers]
            lines.append(f'    model.add_module("{trace.name}", layer)')
        return "\n".join([*lines, "", "    return model"]) + "\n"

    def _training_functions(self) -> str:
        return (function_source(asked) + "\n\n" if self.every_step else "") + self._evaluate()

    def _evaluate(self) -> str:
        lines = [
            "def evaluate(model, loss_function, x, y):",
            f'    """Mean loss{" and share of right answers" if self.classifies else ""}, without dropout."""',
            "    if len(x) == 0:",
            f'        return float("nan"){", float(" + chr(34) + "nan" + chr(34) + ")" if self.classifies else ""}',
            "    model.eval()",
            "    losses, right = [], 0" if self.classifies else "    losses = []",
            *(["    answers = 0"] if self.every_step else []),
            "    with torch.no_grad():",
            "        # In small batches, for memory's sake.",
            f"        for first in range(0, len(x), {EVALUATION_BATCH}):",
            f"            batch_x, batch_y = x[first : first + {EVALUATION_BATCH}], "
            f"y[first : first + {EVALUATION_BATCH}]",
        ]
        if self.images:
            lines.append("            batch_x = batch_x.contiguous(memory_format=torch.channels_last)")
        if self.every_step:
            lines.append("            outputs, batch_y = asked(model(batch_x), batch_y)")
            lines.append("            answers += len(batch_y)")
        else:
            lines.append("            outputs = model(batch_x)")
        lines.append("            losses.append(loss_function(outputs, batch_y) * len(batch_y))")
        if self.classifies:
            lines.append("            right += outputs.argmax(dim=1).eq(batch_y).sum().item()")
        number = "answers" if self.every_step else "len(x)"
        mean = f"float(torch.stack(losses).sum()) / {number}"
        lines.append(f"    return {mean}, right / {number}" if self.classifies else f"    return {mean}")
        return "\n".join(lines) + "\n"

    def _batches(self) -> str:
        lines = [
            "def batches(samples, shuffler, device):",
            '    """Indices of all samples in random order, cut into batches."""',
        ]
        lines.append("    order = torch.randperm(samples, generator=shuffler).to(device)")
        lines.append("    parts = list(order.split(BATCH_SIZE))")
        if self.training.batch_size > 1:
            lines += [
                "    if len(parts) > 1 and len(parts[-1]) == 1:",
                "        # A single sample joins the batch before: batch norm cannot normalise one by itself.",
                "        parts[-2:] = [torch.cat(parts[-2:])]",
            ]
        return "\n".join([*lines, "    return parts"]) + "\n"

    def _train(self) -> str:
        training = self.training
        lines = [
            "def train(model, loss_function, train_x, train_y, validation):",
            '    """Train the model, and measure it on the validation data now and then."""',
            "    # Shuffling has random numbers of its own, apart from dropout and the like.",
            "    shuffler = torch.Generator().manual_seed(TRAINING_SEED)",
        ]
        if not (training.steps and training.validate_every):
            lines.append('    steps_per_epoch = len(batches(len(train_x), torch.Generator(), "cpu"))')
        lines.append("    total_steps = STEPS" if training.steps else "    total_steps = EPOCHS * steps_per_epoch")
        lines.append(call_source("optimiser = ", self.optimiser, indent=4))
        if self.schedule is not None:
            lines.append(call_source("schedule = ", self.schedule, indent=4))
        if self.augmentation is not None:
            lines.append(call_source("augment = ", self.augmentation, indent=4))
        for when in ("before_step", "after_step"):
            lines += self._regularisers(when)
        if training.early_stopping or training.keep_best:
            lines.append('    lowest = float("inf")')
        if training.early_stopping:
            lines.append("    waited = 0  # measurements since the lowest loss")
        if training.keep_best:
            lines.append("    best = None")
        goes_on = "step < total_steps and waited < PATIENCE" if training.early_stopping else "step < total_steps"
        lines += ["", "    step = 0", f"    while {goes_on}:"]
        lines += ["        for indices in batches(len(train_x), shuffler, train_x.device):", *self._step()]
        if training.keep_best:
            lines += ["    if best is not None:", "        model.load_state_dict(best)"]
        return "\n".join(lines) + "\n"

    def _regularisers(self, when: str) -> list[str]:
        calls = [call for moment, call in self.regularisers if moment == when]
        if not calls:
            return []
        lines = [f"    {when} = ["]
        lines += [call_source("", call, ",", 8) for call in calls]
        return [*lines, "    ]"]

    def _step(self) -> list[str]:
        training = self.training
        lines = ["x, y = train_x[indices], train_y[indices]"]
        if self.augmentation is not None:
            lines.append("x = augment(x)")
        if self.images:
            lines.append("x = x.contiguous(memory_format=torch.channels_last)")
        loss = "loss_function(*asked(model(x), y))" if self.every_step else "loss_function(model(x), y)"
        lines += ["model.train()", "optimiser.zero_grad()", f"loss = {loss}", "loss.backward()"]
        lines += self._call_all("before_step")
        lines.append("optimiser.step()")
        lines += self._call_all("after_step")
        if self.schedule is not None:
            lines.append("schedule.step()")
        lines += [
            "step += 1",
            "if step % 100 == 0 or step == total_steps:",
            '    print(f"step {step} of {total_steps}: loss {loss.item():.4f}")',
        ]
        lines.append(f"if {self._validation_is_due()}:")
        measured = "evaluate(model, loss_function, *validation)"
        if self.classifies:
            lines += [
                f"    val_loss, accuracy = {measured}",
                '    print(f"step {step}: validation loss {val_loss:.4f}, accuracy {accuracy:.2%}")',
            ]
        else:
            lines += [
                f"    val_loss = {measured}",
                '    print(f"step {step}: validation loss {val_loss:.4f}")',
            ]
        lines += self._compare()
        ends = "step == total_steps or waited == PATIENCE" if training.early_stopping else "step == total_steps"
        lines += [f"if {ends}:", "    break"]
        return [" " * 12 + line for line in lines]

    def _validation_is_due(self) -> str:
        # Also at the end of every epoch if the training is measured in epochs, and in any case at the end.
        moments = ["step % VALIDATE_EVERY == 0"] if self.training.validate_every else []
        if not (self.training.steps and self.training.validate_every):
            moments.append("step % steps_per_epoch == 0")
        if self.training.steps:
            moments.append("step == total_steps")
        return " or ".join(moments)

    def _compare(self) -> list[str]:
        training = self.training
        if not training.early_stopping and not training.keep_best:
            return []
        lines = ["    if val_loss < lowest:", "        lowest = val_loss"]
        if training.early_stopping:
            lines.append("        waited = 0")
        if training.keep_best:
            lines.append("        best = copy.deepcopy(model.state_dict())")
        if training.early_stopping:
            lines += ["    else:", "        waited += 1"]
        return lines

    def _call_all(self, when: str) -> list[str]:
        if not any(moment == when for moment, _ in self.regularisers):
            return []
        return [f"for regularise in {when}:", "    regularise()"]

    def _main(self) -> str:
        lines = [
            "def main():",
            '    """Load the data, train, measure on the test data and save the weights."""',
            "    # Numbers below 1e-38 count as zero: processors are up to a hundred times slower with them.",
            "    torch.set_flush_denormal(True)",
            "    # Convolutions keep all digits of their numbers on NVIDIA's cards, too.",
            "    torch.backends.cudnn.allow_tf32 = False",
            '    fastest = "cuda" if torch.cuda.is_available() else "cpu"',
            "    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])",
        ]
        load = "load_data()"
        if self.dataset.needs_download:
            load = "load_data(options.data_dir)"
            lines += [
                "    parser.add_argument(",
                '        "--data-dir",',
                "        type=Path,",
                '        default=Path("data"),',
                f'        help="folder with the files of {_plain(self.dataset.title)}; missing ones are downloaded",',
                "    )",
            ]
        lines += [
            '    parser.add_argument("--device", default=fastest, help="cpu, cuda or what else torch knows")',
            '    parser.add_argument("--out", type=Path, default=Path("weights.pt"), help="file for the weights")',
            "    options = parser.parse_args()",
            "",
            f"    data = [torch.from_numpy(array).to(options.device) for array in {load}]",
            "    train_x, train_y, validation_x, validation_y, test_x, test_y = data",
            "    torch.manual_seed(TRAINING_SEED)",
            "    model = build_model().to(options.device)",
        ]
        if self.images:
            lines.append("    # Convolutions are fastest with the channels last in memory.")
            lines.append("    model = model.to(memory_format=torch.channels_last)")
        lines.append(call_source("loss_function = ", self.loss, indent=4))
        lines.append("    train(model, loss_function, train_x, train_y, (validation_x, validation_y))")
        if self.classifies:
            lines += [
                "    test_loss, accuracy = evaluate(model, loss_function, test_x, test_y)",
                '    print(f"test loss {test_loss:.4f}, accuracy {accuracy:.2%}")',
            ]
        else:
            lines.append("    test_loss = evaluate(model, loss_function, test_x, test_y)")
            lines.append('    print(f"test loss {test_loss:.4f}")')
        lines += [
            "    torch.save(model.state_dict(), options.out)",
            '    print(f"Saved the weights as {options.out}.")',
        ]
        return "\n".join(lines) + "\n"


def _layers(network: NetworkSpec) -> Iterator[tuple[LayerTrace, Call, list[Call]]]:
    """Every layer that takes part, with the call that makes its module and those that fill its tensors."""
    import torch

    for trace in network.trace():
        if not trace.layer.enabled:
            continue
        assert trace.arrives is not None  # problems() found none
        call = trace.layer.torch_call(trace.arrives)
        # On this device nothing is computed or kept; only the names of the tensors are wanted.
        with torch.device("meta"):
            module = call.evaluate()
        yield trace, call, list(initialiser_calls(trace.layer, module))


def _layer_comment(trace: LayerTrace) -> str:
    text = f"{trace.layer.title}: {trace.arrives} -> {trace.leaves}"
    return f"{text}; {trace.parameter_formula} parameters" if trace.parameters else text


def _heading(text: str) -> str:
    return f"# {text} ".ljust(80, "-") + "\n"


def _plain(text: str) -> str:
    """A title that can stand in a docstring or comment, whatever a file was called."""
    return " ".join(text.replace("\\", "/").replace('"', "'").split())


def _tuple_lines(name: str, values: tuple[str, ...]) -> list[str]:
    line = f"{name} = {literal(values)}"
    if len(line) <= 100:
        return [line]
    return [f"{name} = (", *(f"    {literal(value)}," for value in values), ")"]
