"""How far a long run is: one line that rewrites itself on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
QUIET = 60.0  # seconds between lines that nobody watches


def shown(label: str, steps: Iterable[T], total: int, done: int = 0) -> Iterator[T]:
    """`steps`, counted on standard error; `done` of `total` came from the cache."""
    start = said = time.monotonic()
    terminal = sys.stderr.isatty()
    count = done
    for step in steps:
        count += 1
        now = time.monotonic()
        if terminal or now - said >= QUIET:
            said, left = now, (now - start) / (count - done) * (total - count)
            text = f"{label}: {count} of {total}, {clock(left)} left"
            print(f"\r\x1b[K{text}" if terminal else text, end="" if terminal else "\n", file=sys.stderr, flush=True)
        yield step
    cached = f" ({done} from the cache)" if done else ""
    print(f"{chr(13) + chr(27) + '[K' if terminal else ''}{label}: {total}{cached} in "
          f"{clock(time.monotonic() - start)}", file=sys.stderr, flush=True)


def clock(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"
