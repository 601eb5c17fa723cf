"""Any server that speaks OpenAI's chat completions: for those who have one. It generates; it gives no likelihoods."""

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Any

from ..digest import of_value
from .base import Generation, Likelihood, Limits

PASSING = {408, 409, 425, 429, 500, 502, 503, 504}  # statuses that may be gone at the next try


@dataclass(frozen=True)
class Endpoint:
    url: str  # up to and including /v1
    model: str
    key: str = ""  # sent, never stored or shown
    prices: tuple[float, float] = (0.0, 0.0)  # per million tokens of prompt and of answer
    timeout: float = 120.0  # seconds
    tries: int = 6
    first_wait: float = 1.0  # seconds before the second try; doubled for each one after it
    parallel: int = 4
    name: str = "endpoint"

    @staticmethod
    def from_environment() -> "Endpoint":
        """LINGUA_EVAL_URL and LINGUA_EVAL_MODEL must be set; LINGUA_EVAL_KEY and LINGUA_EVAL_PRICES need not."""
        try:
            url, model = os.environ["LINGUA_EVAL_URL"], os.environ["LINGUA_EVAL_MODEL"]
        except KeyError as missing:
            raise ValueError(f"the reader 'endpoint' needs the environment variable {missing.args[0]}") from None
        prices = os.environ.get("LINGUA_EVAL_PRICES", "0,0").split(",")
        return Endpoint(url.rstrip("/"), model, os.environ.get("LINGUA_EVAL_KEY", ""),
                        (float(prices[0]), float(prices[1])))

    def fingerprint(self) -> str:
        return of_value(["endpoint", self.url, self.model])

    def likelihoods(self, jobs: Sequence[tuple[str, str]]) -> Iterator[tuple[int, Likelihood]]:
        raise ValueError("an endpoint gives no likelihoods of given answers; use it where readers generate")

    def generate(self, prompts: Sequence[str], limits: Limits) -> Iterator[tuple[int, Generation]]:
        """Whole answers: what would be enough is not known to a server."""
        with ThreadPoolExecutor(self.parallel) as pool:
            waiting = {pool.submit(self._answer, prompt, limits): i for i, prompt in enumerate(prompts)}
            try:
                for done in as_completed(waiting):
                    yield waiting[done], done.result()
            finally:
                pool.shutdown(cancel_futures=True)

    def _answer(self, prompt: str, limits: Limits) -> Generation:
        request = {"model": self.model, "messages": [{"role": "user", "content": prompt}], "temperature": 0,
                   "max_tokens": limits.max_tokens, **({"stop": limits.stop[:4]} if limits.stop else {})}
        answer = self._post(request)
        usage = answer.get("usage", {})
        asked, answered = usage.get("prompt_tokens", 0), usage.get("completion_tokens", 0)
        cost = (asked * self.prices[0] + answered * self.prices[1]) / 1e6
        return Generation(answer["choices"][0]["message"]["content"] or "", answered, asked, cost)

    def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {self.key}"} if self.key else {})}
        request = urllib.request.Request(f"{self.url}/chat/completions", json.dumps(body).encode(), headers)
        for attempt in range(1, self.tries + 1):
            wait = self.first_wait * 2 ** (attempt - 1)
            try:
                with urllib.request.urlopen(request, timeout=self.timeout) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:
                if error.code not in PASSING or attempt == self.tries:
                    detail = error.read(500).decode(errors="replace")
                    raise RuntimeError(f"{self.url} answered {error.code}: {detail}") from None
                wait = max(wait, _seconds(error.headers.get("Retry-After")))
            except (OSError, http.client.HTTPException, json.JSONDecodeError) as error:  # no answer, or half of one
                if attempt == self.tries:
                    raise RuntimeError(f"{self.url} does not answer: {error}") from error
            time.sleep(wait)
        raise AssertionError("unreachable")


def _seconds(retry_after: str | None) -> float:
    """The header's number; dates, which are allowed too, count as none."""
    return float(retry_after) if retry_after and retry_after.isdigit() else 0.0
