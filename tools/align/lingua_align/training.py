"""The training loop: AdamW on the answers' tokens, evaluation on what is held out, early stop, checkpoints.

A run depends on its settings, its examples and its model alone; one that was interrupted ends as if it had not been."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from .adapters import body
from .checkpoint import Checkpoint, State
from .errors import AlignError, Exit
from .examples import Example, micro_batches


@dataclass(frozen=True)
class Settings:
    learning_rate: float
    epochs: int = 2
    batch: int = 16  # examples in a step
    tokens_at_once: int = 1024  # in a forward pass, padding included
    evaluate_every: int = 10  # steps
    patience: int = 3  # evaluations without a better one
    seed: int = 0
    bf16: bool = False
    device: str = "cpu"


class Training:
    def __init__(self, network: Any, examples: Sequence[Example], held: Sequence[Example], settings: Settings,
                 checkpoint: Checkpoint, report: Callable[[State, int], None], stopped: Callable[[], bool]):
        """`report` hears of every step, `stopped` is asked after each whether to break off."""
        self.network, self.examples, self.held, self.settings = network, examples, held, settings
        self.checkpoint, self.report, self.stopped = checkpoint, report, stopped
        self.trained = {name: one for name, one in network.named_parameters() if one.requires_grad}
        self.optimizer = torch.optim.AdamW(self.trained.values(), settings.learning_rate, weight_decay=0.0)
        self.steps_per_epoch = math.ceil(len(examples) / settings.batch)
        self.steps = settings.epochs * self.steps_per_epoch
        self.state, self.best = State(), self.copy()

    def run(self) -> State:
        """Leaves the network with the parameters that did best on what is held out."""
        self.resume()
        if not self.state.history:
            self.evaluate()
        self.report(self.state, self.steps)
        while self.state.step < self.steps and not self.patience_is_over():
            self.step()
            stopping = self.stopped()
            if self.state.step % self.settings.evaluate_every == 0 or self.state.step == self.steps:
                self.evaluate()
            elif stopping:
                self.save()
            self.report(self.state, self.steps)
            if stopping and self.state.step < self.steps:
                raise AlignError(Exit.INTERRUPTED, f"interrupted after step {self.state.step} of {self.steps}; the "
                                                   "same command goes on from there")
        self.restore(self.best)
        return self.state

    def step(self) -> None:
        for group in self.optimizer.param_groups:
            group["lr"] = self.settings.learning_rate * schedule(self.state.step, self.steps)
        batch = self.batch(self.state.step)
        tokens = sum(example.targets for example in batch)
        total = 0.0
        for part in micro_batches(batch, self.settings.tokens_at_once):
            nll = self.nll(part)
            (nll / tokens).backward()
            total += nll.item()
        if not math.isfinite(total):
            raise AlignError(Exit.DIVERGED, f"the loss is {total} at step {self.state.step + 1}; "
                                            "a smaller --learning-rate may help")
        torch.nn.utils.clip_grad_norm_(self.trained.values(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.state.step += 1
        self.state.learnt += total
        self.state.learnt_tokens += tokens

    def batch(self, step: int) -> list[Example]:
        """Each epoch has an order of its own, which depends on nothing but the seed."""
        epoch, number = divmod(step, self.steps_per_epoch)
        order = list(self.examples)
        random.Random(f"{self.settings.seed} {epoch}").shuffle(order)
        return order[number * self.settings.batch:(number + 1) * self.settings.batch]

    def nll(self, examples: Sequence[Example]) -> torch.Tensor:
        return answer_nll(self.network, examples, self.settings.device, self.settings.bf16)

    def evaluate(self) -> None:
        """Held-out NLL into the history; the best parameters are kept; the state is on disk afterwards."""
        state = self.state
        held = per_token(self.nll, self.held, self.settings.tokens_at_once)
        state.history.append((state.step, state.learnt / max(1, state.learnt_tokens), held))
        state.learnt, state.learnt_tokens = 0.0, 0
        if held < state.best[1]:
            state.best, self.best = (state.step, held), self.copy()
        self.save()

    def patience_is_over(self) -> bool:
        return sum(step > self.state.best[0] for step, _, _ in self.state.history) >= self.settings.patience

    def copy(self) -> dict[str, torch.Tensor]:
        return {name: one.detach().cpu().clone() for name, one in self.trained.items()}

    def restore(self, parameters: dict[str, torch.Tensor]) -> None:
        with torch.no_grad():
            for name, one in self.trained.items():
                one.copy_(parameters[name])

    def save(self) -> None:
        self.checkpoint.save(self.state, {"parameters": self.copy(), "best": self.best,
                                          "optimizer": self.optimizer.state_dict()})

    def resume(self) -> None:
        if found := self.checkpoint.load():
            self.state, tensors = found
            self.restore(tensors["parameters"])
            self.best = tensors["best"]
            self.optimizer.load_state_dict(tensors["optimizer"])


def schedule(step: int, steps: int) -> float:
    """Rises over the first twentieth, then falls to zero."""
    rising = max(1, steps // 20)
    return min((step + 1) / rising, (steps - step) / max(1, steps - rising))


def answer_nll(network: Any, examples: Sequence[Example], device: str, bf16: bool) -> torch.Tensor:
    """Sum of -ln p over the answers' tokens. What is padded stands behind all that counts; nothing looks there."""
    width = max(len(example.ids) for example in examples)
    ids = torch.tensor([(*example.ids, *[0] * (width - len(example.ids))) for example in examples]).to(device)
    learnt = torch.tensor([(*example.learnt, *[False] * (width - len(example.ids))) for example in examples])[:, 1:]
    with torch.autocast(device, torch.bfloat16, enabled=bf16):
        hidden = body(network)(input_ids=ids[:, :-1], use_cache=False).last_hidden_state
        logits = network.get_output_embeddings()(hidden[learnt.to(device)])
    return torch.nn.functional.cross_entropy(logits.float(), ids[:, 1:][learnt.to(device)], reduction="sum")


def per_token(nll: Callable[[Sequence[Example]], torch.Tensor], examples: Sequence[Example], tokens: int) -> float:
    """Mean over all answers' tokens in nats, computed `tokens` tokens at once."""
    with torch.no_grad():
        total = sum(nll(part).item() for part in micro_batches(examples, tokens))
    return total / sum(example.targets for example in examples)
