"""What restricted Boltzmann machines learn, against published figures. Takes from minutes to an hour.

  exact      16 hidden units, PCD-1, 50 epochs: exact test log-likelihood in nats, MNIST with a threshold at a half
  annealed   500 hidden units, PCD: the same by annealed importance sampling, forwards and in reverse
  labels     1,000 labels of MNIST: test accuracy from pre-trained and from random weights, mean over seeds

The second figure depends on how MNIST is made binary: `--binarise sample` draws each test pixel once with its grey
value as probability, as Salakhutdinov & Murray did; `threshold` compares it with a half.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from statistics import mean
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def _trained(preset: Any, data: Any, **changes: Any) -> tuple[Any, float]:
    from nnviz.core.training.make_trainer import make_trainer

    network = changes.pop("network", preset.network)
    trainer = make_trainer(network, preset.training.replace(**changes), data, "cpu")
    began = time.perf_counter()
    for step in trainer.steps():
        if step.ends_epoch:
            history = trainer.take_history()
            trainer.check_finite()
            if len(history.validation_loss):
                loss, seconds = history.validation_loss[-1], time.perf_counter() - began
                print(f"epoch {trainer.epoch}: {loss:.4f} after {seconds:.0f} s", file=sys.stderr)
    return trainer, time.perf_counter() - began


def exact(arguments: argparse.Namespace) -> dict[str, Any]:
    """Exact test log-likelihood of 16 hidden units."""
    import torch

    from nnviz.core.datasets.base import LoadContext
    from nnviz.core.presets.rbm_16_exact import Rbm16Exact

    data = Rbm16Exact.dataset.load(LoadContext(data_dir=arguments.data_dir))
    changes = {"epochs": arguments.epochs} if arguments.epochs else {}
    trainer, seconds = _trained(Rbm16Exact, data, seed=arguments.seed, **changes)
    machine = trainer.machine(trainer.rbm)
    log_z = machine.log_z()
    result: dict[str, Any] = {"seconds": seconds, "log_z": log_z, "epochs": trainer.total_epochs}
    for name in ("train", "test"):
        v = trainer.inputs_of(trainer.rbm, torch.from_numpy(data.split(name).x))
        result[f"{name}_log_likelihood"] = float(machine.log_likelihood(v, log_z).mean())
    return result


def annealed(arguments: argparse.Namespace) -> dict[str, Any]:
    """Test log-likelihood of 500 hidden units, estimated."""
    import torch

    from nnviz.core.datasets.base import LoadContext
    from nnviz.core.layers.flatten import Flatten
    from nnviz.core.layers.rbm import Rbm
    from nnviz.core.presets.rbm_16_exact import Rbm16Exact
    from nnviz.core.rbm.annealing import base_biases, forward_ais, reverse_ais
    from nnviz.core.training.optimisers.momentum import Momentum

    layer = Rbm(hidden=500, persistent=True, gibbs_steps=arguments.steps, binarise=arguments.binarise)
    network = Rbm16Exact.network.replace(layers=(Flatten(), layer))
    data = Rbm16Exact.dataset.load(LoadContext(data_dir=arguments.data_dir))
    optimiser = Momentum(learning_rate=arguments.rate, momentum=0.5)
    epochs = arguments.epochs or 20
    trainer, seconds = _trained(
        Rbm16Exact, data, network=network, optimiser=optimiser, epochs=epochs, seed=arguments.seed
    )
    machine = trainer.machine(trainer.rbm)
    torch.manual_seed(0)
    train = trainer.inputs_of(trainer.rbm, torch.from_numpy(data.train.x), sample=True)
    v = trainer.inputs_of(trainer.rbm, torch.from_numpy(data.test.x), sample=True)
    base = base_biases(machine, train)
    began = time.perf_counter()
    forward = forward_ais(machine, base, chains=100, temperatures=arguments.temperatures)
    backward = reverse_ais(machine, base, train[:100], temperatures=arguments.temperatures)
    free = -float(machine.free_energy(v).double().mean())
    return {
        "seconds": seconds,
        "seconds_annealing": time.perf_counter() - began,
        "epochs": epochs,
        "binarise": arguments.binarise,
        "test_log_likelihood_forward": free - forward.log_z,
        "forward_spread": [free - forward.high, free - forward.low],
        "test_log_likelihood_reverse": free - backward.log_z,
        "reverse_spread": [free - backward.high, free - backward.low],
    }


def labels(arguments: argparse.Namespace) -> dict[str, Any]:
    """Pre-trained against random start with 1,000 labels; another 1,000 for each seed, the same for both.

    Besides, from the same pre-trained weights: only the last layer is trained.
    """
    from nnviz.core.datasets.base import LoadContext
    from nnviz.core.datasets.mnist_few_labels import MnistFewLabels
    from nnviz.core.presets.random_1000_labels import Random1000Labels
    from nnviz.core.presets.rbm_1000_labels import Rbm1000Labels
    from nnviz.core.training.checkpoint import restore_checkpoint, save_checkpoint
    from nnviz.core.training.contrastive import ContrastiveTrainer
    from nnviz.core.training.make_trainer import make_trainer

    found: dict[str, list[float]] = {"pretrained": [], "random": [], "pretrained_last_layer_only": []}
    began = time.perf_counter()
    for seed in map(int, arguments.seeds.split(",")):
        data = MnistFewLabels(seed=seed).load(LoadContext(data_dir=arguments.data_dir))
        training = Rbm1000Labels.training.replace(seed=seed)
        trainer = make_trainer(Rbm1000Labels.network, training, data, "cpu")
        assert isinstance(trainer, ContrastiveTrainer)
        end = training.replace(pretraining=training.pretraining.replace(afterwards="fine-tune the end"))
        last_layer = make_trainer(Rbm1000Labels.network, end, data, "cpu")
        for step in trainer.steps():
            if step.ends_epoch and step.number == trainer.phases[0].ends:
                restore_checkpoint(last_layer, save_checkpoint(trainer))
                break
        random, _ = _trained(Random1000Labels, data, seed=seed)
        for name, other in (("pretrained", trainer), ("pretrained_last_layer_only", last_layer), ("random", random)):
            for _ in other.steps():
                pass
            found[name].append(100 * other.evaluate(data.test).accuracy)
            seconds = time.perf_counter() - began
            print(f"seed {seed}, {name}: {found[name][-1]:.2f} % after {seconds:.0f} s", file=sys.stderr, flush=True)
    means = {f"mean_{name}": mean(values) for name, values in found.items()}
    gained = means["mean_pretrained"] - means["mean_random"]
    return {**found, **means, "points_gained": gained, "seconds": time.perf_counter() - began}


PARTS = {"exact": exact, "annealed": annealed, "labels": labels}


def main() -> None:
    """Train, measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--data-dir", type=Path, help="folder with MNIST; the user's cache by default")
    parser.add_argument("--epochs", type=int, default=0, help="passes through the training data")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", default="1,2,3,4,5", help="labels: which")
    parser.add_argument("--steps", type=int, default=1, help="annealed: Gibbs steps per batch")
    parser.add_argument("--rate", type=float, default=0.05, help="annealed: learning rate")
    parser.add_argument("--binarise", choices=("threshold", "sample"), default="threshold", help="annealed: how")
    parser.add_argument("--temperatures", type=int, default=10_000, help="annealed: how many")
    arguments = parser.parse_args()
    print(json.dumps(PARTS[arguments.part](arguments)))


if __name__ == "__main__":
    main()
