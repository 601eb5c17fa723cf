"""How close two texts are in meaning: the cosine of their embeddings, where the paper has BERTScore."""

from collections.abc import Sequence

from ..cache import Cache
from ..digest import of_file
from ..systems.rivals import WORKERS, cosine, worker


def similarities(pairs: Sequence[tuple[str, str]], cache: Cache) -> list[float]:
    """Of each pair of texts, in per cent; out of the cache where they are there."""
    version = of_file(WORKERS / "embedding.py")
    keys = {pair: ["similarity", version, *pair] for pair in pairs}
    found = {pair: value for pair, key in keys.items() if (value := cache.get(key)) is not None}
    if missing := [pair for pair in keys if pair not in found]:
        with worker("embedding") as process:
            for pair in missing:
                found[pair] = 100 * cosine(*process.ask({"texts": list(pair)})["vectors"])
                cache.put(keys[pair], found[pair])
    return [found[pair] for pair in pairs]
