"""The readers by name: small local models through llama.cpp, and whatever endpoint the environment names."""

from functools import cache

from .. import places
from .base import Reader

WIDENED = {"smollm2"}  # Q4_1: 260 tokens/s, BF16: 685, on two cores with AVX-512 BF16; 26 and, F32, 125 on one without


@cache
def reader(name: str) -> Reader:
    """"smollm2", "gemma", "qwen" complete a text; "qwen-chat" answers a user message; "endpoint" is a server."""
    if name == "endpoint":
        from .endpoint import Endpoint

        return Endpoint.from_environment()
    from .llama import LlamaReader
    from .widen import widened

    model, _, chat = name.partition("-")
    path = places.model(model)
    return LlamaReader(name, widened(path) if model in WIDENED else path, chat=chat == "chat")
