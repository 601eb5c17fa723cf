"""Local readers. What prompts have in common at their beginning goes through the model once, and several answers are
generated in the same forward passes."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cached_property
from itertools import zip_longest
from pathlib import Path

from ..digest import of_file, of_value
from .base import Generation, Likelihood, Limits
from .context import Context, Model
from .slots import Slots, common

CELLS = 16384  # tokens of a prompt and its answer
TOGETHER = 65536  # tokens in the cache, all sequences of a generation together: 2 GB for Qwen


class LlamaReader:
    def __init__(self, name: str, model: Path, chat: bool = False, parallel: int = 32):
        """`chat`: prompts become user messages in the model's own template; else they are texts to go on with."""
        self.name, self.path, self.chat, self.parallel = name, model, chat, parallel

    def fingerprint(self) -> str:
        import llama_cpp

        return of_value(["llama.cpp", llama_cpp.__version__, of_file(self.path), self.chat])

    @cached_property
    def model(self) -> Model:
        return Model(self.path)

    @cached_property
    def context(self) -> Context:
        """Of likelihoods."""
        return Context(self.model, CELLS)

    def likelihoods(self, jobs: Sequence[tuple[str, str]]) -> Iterator[tuple[int, Likelihood]]:
        """Prompts in sorted order, one sequence: each keeps what it shares with the one before."""
        prompts = [self._ids(prompt) for prompt, _ in jobs]
        cached: list[int] = []
        for index in sorted(range(len(jobs)), key=lambda index: (prompts[index], jobs[index][1])):
            prompt, answer = prompts[index], self.model.tokenize(jobs[index][1])
            self._check_length(len(prompt) + len(answer))
            keep = min(common(cached, prompt), len(prompt) - 1)
            self.context.forget(0, keep)
            if prompt[keep:-1]:
                self.context.append(0, keep, prompt[keep:-1])
            nll = self.context.append_scored(0, len(prompt) - 1, [prompt[-1], *answer[:-1]], answer[-1])
            cached = prompt + answer[:-1]
            yield index, Likelihood(nll, len(answer), len(prompt))
        self.context.forget(0)

    def generate(self, prompts: Sequence[str], limits: Limits) -> Iterator[tuple[int, Generation]]:
        """Prompts in sorted order, so that neighbours share what they can."""
        ids = [self._ids(prompt) for prompt in prompts]
        order = sorted(range(len(prompts)), key=ids.__getitem__)
        longest = max(map(len, ids), default=0) + limits.max_tokens
        self._check_length(longest)
        sequences = 1 + min(self.parallel, len(prompts), max(1, TOGETHER // longest - 1))
        with closing(Context(self.model, longest, sequences)) as context:
            slots = Slots(context, limits)
            for index, following in zip_longest(order, order[1:]):
                while not slots.free():
                    yield from slots.step()
                slots.start(index, ids[index], common(ids[index], [] if following is None else ids[following]))
            while slots.busy():
                yield from slots.step()

    def _ids(self, prompt: str) -> list[int]:
        if not self.chat:
            return self.model.beginning() + self.model.tokenize(prompt)
        return self.model.tokenize(render(self.model.chat_template(), prompt), special=True)

    def _check_length(self, needed: int) -> None:
        if needed > CELLS:
            raise ValueError(f"a prompt and its answer need {needed} tokens of cache, more than {CELLS}")


def render(template: str, prompt: str) -> str:
    """The conversation that asks `prompt`, up to where the answer begins."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(template).render(messages=[{"role": "user", "content": prompt}], bos_token="",
                                                    add_generation_prompt=True)
