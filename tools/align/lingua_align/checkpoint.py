"""What a run that was interrupted needs to go on as if it had not been: one file, which lies beside the
output until that is there."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import AlignError, Exit


@dataclass
class State:
    step: int = 0
    learnt: float = 0.0  # NLL and tokens that were learnt since the last evaluation
    learnt_tokens: int = 0
    history: list[tuple[int, float, float]] = field(default_factory=list)  # step, NLL per token: learnt, held out
    best: tuple[int, float] = (0, float("inf"))  # step, held-out NLL per token


class Checkpoint:
    def __init__(self, path: Path, fingerprint: str):
        """`fingerprint`: of all that the result depends on."""
        self.path, self.fingerprint = path, fingerprint

    def save(self, state: State, tensors: dict[str, Any]) -> None:
        import torch

        part = self.path.with_name(self.path.name + ".part")
        try:
            torch.save({"fingerprint": self.fingerprint, "state": vars(state), "tensors": tensors}, part)
            os.replace(part, self.path)
        except (OSError, RuntimeError) as error:  # torch has its own words for a full disk
            part.unlink(missing_ok=True)
            raise AlignError(Exit.OUTPUT_UNWRITABLE, f"{self.path} cannot be written: {error}") from error

    def load(self) -> tuple[State, dict[str, Any]] | None:
        """None when there is none; an error when it belongs to another run."""
        import torch

        if not self.path.exists():
            return None
        try:
            found = torch.load(self.path, map_location="cpu", weights_only=True)
            other, state, tensors = found["fingerprint"], State(**found["state"]), found["tensors"]
        except Exception as error:  # whatever a damaged file makes torch say
            raise AlignError(Exit.INPUT_MALFORMED, f"{self.path} is damaged; delete it to begin again") from error
        if other != self.fingerprint:
            raise AlignError(Exit.OPTION, f"{self.path} is of a run with another model, other pairs or other options; "
                                          "run that to its end, or delete the file to begin again")
        return state, tensors

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)
