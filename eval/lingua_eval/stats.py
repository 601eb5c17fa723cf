"""Estimates with 95 % bootstrap intervals. Items that share a text are resampled together, and methods are compared on
the same items with the same resamples, so that what makes an item hard cancels out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
SEED = 20231009  # the date of arXiv 2310.05736; any number would do, but the same one always


@dataclass(frozen=True)
class Estimate:
    value: float
    low: float
    high: float

    @classmethod
    def of(cls, value: float, samples: NDArray[np.float64]) -> Self:
        low, high = np.percentile(samples, [2.5, 97.5])
        return cls(float(value), float(low), float(high))


class Bootstrap:
    """Resamples of items, drawn by cluster; use one for all quantities that are compared."""

    def __init__(self, clusters: Sequence[str]):
        names, index = np.unique(np.asarray(clusters), return_inverse=True)
        draws = np.random.default_rng(SEED).multinomial(len(names), np.full(len(names), 1 / len(names)), RESAMPLES)
        self.weights = draws[:, index].astype(np.float64)  # RESAMPLES x items

    def sums(self, values: Sequence[float]) -> tuple[float, NDArray[np.float64]]:
        array = np.asarray(values, np.float64)
        return float(array.sum()), self.weights @ array

    def ratio(self, numerator: Sequence[float], denominator: Sequence[float]) -> Estimate:
        """sum(numerator) / sum(denominator); NaN where the denominator is 0."""
        (top, tops), (bottom, bottoms) = self.sums(numerator), self.sums(denominator)
        with np.errstate(divide="ignore", invalid="ignore"):
            samples = tops / bottoms
        return Estimate.of(top / bottom if bottom else float("nan"), samples)

    def mean(self, values: Sequence[float]) -> Estimate:
        return self.ratio(values, np.ones(len(values)).tolist())


def retained_benefit(bootstrap: Bootstrap, none: Sequence[float], full: Sequence[float],
                     compressed: Sequence[float]) -> Estimate:
    """(NLL without - NLL compressed) / (NLL without - NLL full), sums over items of the NLL per token."""
    gained = [a - b for a, b in zip(none, compressed, strict=True)]
    possible = [a - b for a, b in zip(none, full, strict=True)]
    return bootstrap.ratio(gained, possible)
