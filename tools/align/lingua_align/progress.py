"""How a run goes, on standard error: a line for each evaluation, on a terminal also one that follows the steps."""

import sys
import time
from collections.abc import Sequence

from lingua_eval.progress import clock

from .checkpoint import State

BAR = 40  # characters


class Progress:
    def __init__(self) -> None:
        self.start, self.first, self.said = time.monotonic(), None, 0
        self.terminal = sys.stderr.isatty()
        self.clear = "\r\x1b[K" if self.terminal else ""

    def __call__(self, state: State, steps: int) -> None:
        if self.first is None:
            self.first = state.step
            if state.step:
                say(f"going on from step {state.step} of {steps}")
        for step, learnt, held in state.history[self.said:]:
            say(f"{self.clear}step {step} of {steps}: held out {held:.4f} nats per token" +
                (f", learnt {learnt:.4f}" if step else "") + self.left(state.step, steps))
        self.said = len(state.history)
        if self.terminal:
            print(f"{self.clear}step {state.step} of {steps}{self.left(state.step, steps)}", end="", file=sys.stderr,
                  flush=True)

    def left(self, step: int, steps: int) -> str:
        done = step - (self.first or 0)
        return f"; {clock((time.monotonic() - self.start) / done * (steps - step))} left" if done else ""


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def curve(history: Sequence[tuple[int, float, float]]) -> str:
    """Held-out NLL by step, a bar for each evaluation; the shortest bar is the best one."""
    values = [held for _, _, held in history]
    lowest, spread = min(values), max(values) - min(values) or 1.0
    rows = [f"{step:6}  {held:.4f}  {'█' * (1 + round((BAR - 1) * (held - lowest) / spread))}"
            for step, _, held in history]
    return "\n".join([f"{'step':>6}  held-out NLL", *rows])
