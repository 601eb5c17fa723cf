"""Tokens as the scorer counts them, through llama.cpp: the one ruler for every system's budget."""

import ctypes
from functools import cache
from pathlib import Path

from . import places


class Tokenizer:
    """The vocabulary of a GGUF model, without its weights."""

    def __init__(self, model: Path):
        import llama_cpp

        self.api = quiet(llama_cpp)
        parameters = self.api.llama_model_default_params()
        parameters.vocab_only = True
        self.model = self.api.llama_model_load_from_file(str(model).encode(), parameters)
        if not self.model:
            raise FileNotFoundError(f"{model} cannot be loaded; `make models` gets the models")
        self.vocab = self.api.llama_model_get_vocab(self.model)

    def ids(self, text: str) -> list[int]:
        return tokenize(self.api, self.vocab, text, special=False)

    def count(self, text: str) -> int:
        return len(self.ids(text))

    def pieces(self, text: str) -> list[bytes]:
        """The bytes of each token; joined they are the text."""
        return [piece(self.api, self.vocab, token) for token in self.ids(text)]


@cache
def scorer() -> Tokenizer:
    return Tokenizer(places.scorer())


def tokenize(api, vocab, text: str, special: bool) -> list[int]:
    """`special`: whether names of control tokens in the text mean these tokens, as in chat templates."""
    data = text.encode()
    room = len(data) + 8
    ids = (api.llama_token * room)()
    count = api.llama_tokenize(vocab, data, len(data), ids, room, False, special)
    return list(ids[:count])


def piece(api, vocab, token: int) -> bytes:
    room = ctypes.create_string_buffer(256)
    length = api.llama_token_to_piece(vocab, token, room, len(room), 0, False)
    return room.raw[:length]


@cache
def _silent():
    import llama_cpp

    return llama_cpp.llama_log_callback(lambda level, text, data: None)


def quiet(api):
    """`api`, told to log nothing."""
    api.llama_log_set(_silent(), ctypes.c_void_p(0))
    return api
