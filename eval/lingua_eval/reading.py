"""Second half of a run: every prompt read by a reader, out of the cache where it is there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from .cache import Cache
from .progress import shown
from .readers.base import Generation, Likelihood, Limits, Reader

T = TypeVar("T")
Result = TypeVar("Result", Likelihood, Generation)


def likelihoods(reader: Reader, jobs: Sequence[tuple[str, str]], cache: Cache, label: str) -> list[Likelihood]:
    """Of each (prompt, answer)."""
    fingerprint = reader.fingerprint()
    return _through(cache, jobs, lambda job: ["likelihood", fingerprint, *job], Likelihood,
                    lambda missing: reader.likelihoods(missing), label)


def generations(reader: Reader, prompts: Sequence[str], limits: Limits, cache: Cache, label: str) -> list[Generation]:
    fingerprint = reader.fingerprint()
    end = [limits.max_tokens, list(limits.stop), *([limits.enough.__qualname__] if limits.enough else [])]
    return _through(cache, prompts, lambda prompt: ["generation", fingerprint, prompt, *end],
                    Generation, lambda missing: reader.generate(missing, limits), label)


def _through(cache: Cache, jobs: Sequence[Any], key: Callable[[Any], Any], kind: type[Result],
             answer: Callable[[list[Any]], Iterable[tuple[int, Result]]], label: str) -> list[Result]:
    """Answers to all jobs; each distinct one that the cache does not know is asked once, and stored at once."""
    unique = list(dict.fromkeys(jobs))
    found: dict[Any, Result] = {}
    for job in unique:
        if (value := cache.get(key(job))) is not None:
            found[job] = kind(**value)
    missing = [job for job in unique if job not in found]
    for index, result in _counted(label, answer(missing) if missing else (), len(unique), len(found)):
        cache.put(key(missing[index]), asdict(result))
        found[missing[index]] = result
    return [found[job] for job in jobs]


def _counted(label: str, steps: Iterable[T], total: int, done: int) -> Iterator[T]:
    return shown(label, steps, total, done) if done < total else iter(())
