"""The data sets by name. Texts come from ../shared/data beside the repository, or where LINGUA_DATA says."""

from collections.abc import Callable, Iterator
from functools import cache

from ..item import Item
from . import bbh, gsm8k, leval, longbench, multidoc, sharegpt

LOADERS: dict[str, Callable[[], Iterator[Item]]] = {
    "sharegpt": sharegpt.load,
    "gsm8k": gsm8k.load,
    "bbh": bbh.load,
    "scientific_qa": leval.scientific_qa,
    "papers": leval.papers,
    "meetings": leval.meetings,
    "reports": leval.reports,
    "multi_news": longbench.multi_news,
    "multifieldqa_zh": longbench.multifieldqa_zh,
    "multidoc": multidoc.load,
}


@cache
def load(name: str) -> tuple[Item, ...]:
    return tuple(LOADERS[name]())
