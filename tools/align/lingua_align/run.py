"""What `train` and `measure` do, from options to files."""

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from . import adapters, export, memory, pairs
from .checkpoint import Checkpoint, State
from .errors import AlignError, Exit
from .examples import Example, encode_all, split
from .loading import load
from .model import Model
from .progress import Progress, curve, say
from .training import Settings, Training, answer_nll, per_token

LEARNING_RATES = {"lora": 2e-4, "full": 2e-5}


def train(options: argparse.Namespace, stop: Sequence[int]) -> None:
    """`stop`: not empty once the run is to end."""
    start = time.monotonic()
    check_output(options.output)
    device = prepare(options)
    model, learnt, held = load_inputs(options)
    fingerprint = fingerprint_of(options, model.network, learnt, held)
    adapters.prepare(model.network, options.method, options.rank, options.seed)
    memory.check(model.network, options.tokens_at_once, device)
    settings = Settings(options.learning_rate or LEARNING_RATES[options.method], options.epochs, options.batch,
                        options.tokens_at_once, options.evaluate_every, options.patience, options.seed, options.bf16,
                        device)
    checkpoint = Checkpoint(options.output.with_name(options.output.name + ".checkpoint"), fingerprint)
    training = Training(model.network.to(device), learnt, held, settings, checkpoint, Progress(), lambda: bool(stop))
    state = training.run()
    export.write(model, adapters.merged(model.network), options.output, options.type)
    checkpoint.remove()
    show(options, training, state, time.monotonic() - start)


def measure(options: argparse.Namespace) -> None:
    device = prepare(options)
    model, _, held = load_inputs(options)
    network = model.network.to(device)
    nll = per_token(lambda part: answer_nll(network, part, device, options.bf16), held, options.tokens_at_once)
    tokens = sum(example.targets for example in held)
    result = {"nll": nll, "tokens": tokens, "pairs": len(held)}
    print(json.dumps(result) if options.json else f"{nll:.4f} nats per token of {len(held)} held-out answers, "
                                                  f"{tokens} tokens")


def check_output(path: Path) -> None:
    """Before the work, not after it."""
    if path.is_dir() or not os.access(path.parent, os.W_OK):
        raise AlignError(Exit.OUTPUT_UNWRITABLE, f"{path} cannot be written; --output names a file in a folder that "
                                                 "exists and can be written to")


def prepare(options: argparse.Namespace) -> str:
    """Everything in a fixed order; the device."""
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(options.threads or len(os.sched_getaffinity(0)))
    if options.device == "cuda" and not torch.cuda.is_available():
        raise AlignError(Exit.OPTION, "--device cuda: PyTorch finds no GPU")
    return options.device or ("cuda" if torch.cuda.is_available() else "cpu")


def load_inputs(options: argparse.Namespace) -> tuple[Model, list[Example], list[Example]]:
    """The model, what is learnt, what is held out."""
    dialogues, empty = pairs.read(options.files)
    learnt, held = split(dialogues, options.held_out, options.seed, getattr(options, "pairs", None))
    model = load(options.model)
    vocabulary = model.vocabulary()
    found = encode_all(learnt, vocabulary, options.length), encode_all(held, vocabulary, options.length)
    left_out = len(learnt) + len(held) - sum(map(len, found))
    say(f"{options.model.name}: {len(found[0])} pairs to learn, {len(found[1])} held out" +
        (f"; {empty} with an empty instruction or answer left out" if empty else "") +
        (f"; {left_out} whose answer begins after --length {options.length} left out" if left_out else ""))
    return model, *found


def fingerprint_of(options: argparse.Namespace, network: Any, learnt: list[Example], held: list[Example]) -> str:
    """Of all that the weights in the end depend on."""
    names = ("method", "rank", "learning_rate", "epochs", "batch", "evaluate_every", "patience", "seed", "bf16",
             "tokens_at_once")
    digest = hashlib.sha256(repr([getattr(options, name) for name in names]).encode())
    digest.update(repr([learnt, held]).encode())
    for parameter in network.parameters():
        digest.update(parameter.detach().numpy().tobytes())
    return digest.hexdigest()


def show(options: argparse.Namespace, training: Training, state: State, seconds: float) -> None:
    before, (best, after) = state.history[0][2], state.best
    stopped = "" if state.step == training.steps else ", stopped early"
    say(f"\n{curve(state.history)}\n\nheld out: {before:.4f} -> {after:.4f} nats per token, best at step {best} of "
        f"{training.steps}{stopped}; {seconds:.0f} s; {options.output}")
    if best == 0:
        say("nothing that was learnt helped: the file has the weights of the source")
    if options.json:
        tokens = sum(example.targets for example in training.held)
        json.dump({"held_out": {"before": before, "after": after, "tokens": tokens}, "best_step": best,
                   "steps": training.steps, "seconds": seconds,
                   "curve": [dict(zip(("step", "learnt", "held_out"), point, strict=True)) for point in state.history]},
                  sys.stdout)
        print()
