"""The readers by name: small local models through llama.cpp, and whatever endpoint the environment names."""

from functools import cache

from .. import places
from .base import Reader

NOBODY = "nobody"  # reads nothing, for runs that are only about what compression costs and keeps


@cache
def reader(name: str) -> Reader:
    """"smollm2", "gemma", "qwen" complete a text; "qwen-chat" answers a user message; "endpoint" is a server."""
    if name == "endpoint":
        from .endpoint import Endpoint

        return Endpoint.from_environment()
    from .llama import LlamaReader
    from .widen import widened

    model, _, chat = name.partition("-")
    return LlamaReader(name, widened(model, places.model(model)), chat=chat == "chat")
