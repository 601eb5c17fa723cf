"""Local readers. What prompts have in common at their beginning goes through the model once, and several answers are
generated in the same forward passes."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import zip_longest
from pathlib import Path

from ..digest import of_file, of_value
from .base import Generation, Likelihood, Limits
from .context import Context
from .slots import Slots, common

CELLS = 16384  # tokens in the cache, all sequences together


class LlamaReader:
    def __init__(self, name: str, model: Path, chat: bool = False, parallel: int = 16):
        """`chat`: prompts become user messages in the model's own template; else they are texts to go on with."""
        self.name, self.model, self.chat, self.parallel = name, model, chat, parallel

    def fingerprint(self) -> str:
        import llama_cpp

        return of_value(["llama.cpp", llama_cpp.__version__, of_file(self.model), self.chat])

    @cached_property
    def context(self) -> Context:
        return Context(self.model, CELLS, self.parallel + 1)

    def likelihoods(self, jobs: Sequence[tuple[str, str]]) -> Iterator[tuple[int, Likelihood]]:
        """Prompts in sorted order, one sequence: each keeps what it shares with the one before."""
        prompts = [self._ids(prompt) for prompt, _ in jobs]
        cached: list[int] = []
        for index in sorted(range(len(jobs)), key=lambda index: (prompts[index], jobs[index][1])):
            prompt, answer = prompts[index], self.context.tokenize(jobs[index][1])
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
        slots = Slots(self.context, self.parallel, limits)
        for index, following in zip_longest(order, order[1:]):
            branch = common(ids[index], [] if following is None else ids[following])
            self._check_length(len(ids[index]) + branch + limits.max_tokens)
            while not slots.room_for(ids[index], branch):
                yield from slots.step()
            slots.start(index, ids[index], branch)
        while slots.busy():
            yield from slots.step()
        self.context.forget(0)

    def _ids(self, prompt: str) -> list[int]:
        if not self.chat:
            return self.context.beginning() + self.context.tokenize(prompt)
        return self.context.tokenize(render(self.context.chat_template(), prompt), special=True)

    def _check_length(self, needed: int) -> None:
        if needed > self.context.cells:
            raise ValueError(f"a prompt and its answer need {needed} tokens of cache, more than {self.context.cells}")


def render(template: str, prompt: str) -> str:
    """The conversation that asks `prompt`, up to where the answer begins."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(template).render(messages=[{"role": "user", "content": prompt}], bos_token="",
                                                    add_generation_prompt=True)
