"""A model of llama.cpp, and key-value caches for several sequences of tokens at once."""

import ctypes
import os
from collections.abc import Sequence
from pathlib import Path

import llama_cpp
import numpy as np

from ..tokens import piece, quiet, tokenize

BATCH = 512  # tokens per forward pass
LOGITS = 128  # rows of logits at once: with Gemma's vocabulary each takes a megabyte


class Model:
    def __init__(self, path: Path):
        quiet(llama_cpp)
        self.model = llama_cpp.llama_model_load_from_file(str(path).encode(), llama_cpp.llama_model_default_params())
        if not self.model:
            raise FileNotFoundError(f"{path} cannot be loaded; `make models` gets the models")
        self.vocab = llama_cpp.llama_model_get_vocab(self.model)
        self.vocabulary = llama_cpp.llama_vocab_n_tokens(self.vocab)

    def tokenize(self, text: str, special: bool = False) -> list[int]:
        return tokenize(llama_cpp, self.vocab, text, special)

    def beginning(self) -> list[int]:
        """The token that the model expects before any text, if there is one."""
        wanted = llama_cpp.llama_vocab_get_add_bos(self.vocab)
        return [llama_cpp.llama_vocab_bos(self.vocab)] if wanted else []

    def piece(self, token: int) -> bytes:
        return piece(llama_cpp, self.vocab, token)

    def ends(self, token: int) -> bool:
        return llama_cpp.llama_vocab_is_eog(self.vocab, token)

    def chat_template(self) -> str:
        return llama_cpp.llama_model_chat_template(self.model, None).decode()


class Context:
    """A cache of its own for each sequence: in one for all, attention would walk over what belongs to others."""

    def __init__(self, model: Model, cells: int, sequences: int = 1):
        """`cells`: tokens that a sequence may hold."""
        parameters = llama_cpp.llama_context_default_params()
        parameters.n_ctx, parameters.n_batch, parameters.n_ubatch = cells * sequences, BATCH, BATCH
        parameters.n_seq_max, parameters.kv_unified = sequences, False
        parameters.n_threads = parameters.n_threads_batch = len(os.sched_getaffinity(0))
        self.context = llama_cpp.llama_init_from_model(model.model, parameters)
        if not self.context:
            raise MemoryError(f"no room for {sequences} sequences of {cells} tokens")
        self.model, self.sequences = model, sequences
        self.memory = llama_cpp.llama_get_memory(self.context)
        self.batch = llama_cpp.llama_batch_init(BATCH, 0, 1)

    def close(self) -> None:
        llama_cpp.llama_batch_free(self.batch)
        llama_cpp.llama_free(self.context)

    def forget(self, sequence: int, begin: int = 0) -> None:
        llama_cpp.llama_memory_seq_rm(self.memory, sequence, begin, -1)

    def copy(self, source: int, target: int, count: int) -> None:
        """The first `count` tokens of one sequence become those of another, which holds none yet."""
        if count > 0:
            llama_cpp.llama_memory_seq_cp(self.memory, source, target, -1, -1)
            self.forget(target, count)

    def append(self, sequence: int, position: int, ids: Sequence[int]) -> np.ndarray:
        """Appends `ids`; the logits after the last of them."""
        logits = np.empty(0)
        for start in range(0, len(ids), BATCH):
            part = ids[start:start + BATCH]
            last = start + len(part) == len(ids)
            logits = self.forward([(token, position + start + i, sequence, last and i + 1 == len(part))
                                   for i, token in enumerate(part)])
        return logits[-1]

    def append_scored(self, sequence: int, position: int, ids: Sequence[int], then: int) -> float:
        """Appends `ids`; the sum of -ln p over ids[1:] and the token `then` that follows them."""
        total = 0.0
        following = [*ids[1:], then]
        for start in range(0, len(ids), LOGITS):
            part = ids[start:start + LOGITS]
            logits = self.forward([(token, position + start + i, sequence, True) for i, token in enumerate(part)])
            total += sum(map(surprisal, logits, following[start:start + LOGITS]))
        return total

    def forward(self, entries: Sequence[tuple[int, int, int, bool]]) -> np.ndarray:
        """Of each (token, position, sequence, whether its logits are wanted): the logits, a row for each wanted."""
        batch = self.batch
        batch.n_tokens = len(entries)
        for i, (token, position, sequence, wanted) in enumerate(entries):
            batch.token[i], batch.pos[i], batch.logits[i] = token, position, wanted
            batch.n_seq_id[i], batch.seq_id[i][0] = 1, sequence
        if status := llama_cpp.llama_decode(self.context, batch):
            raise RuntimeError(f"llama_decode failed with status {status} on {len(entries)} tokens")
        rows = sum(wanted for _, _, _, wanted in entries)
        if rows == 0:
            return np.empty((0, self.model.vocabulary), np.float32)
        logits = llama_cpp.llama_get_logits(self.context)
        return np.ctypeslib.as_array(ctypes.cast(logits, ctypes.POINTER(ctypes.c_float)), (rows, self.model.vocabulary))


def surprisal(logits: np.ndarray, token: int) -> float:
    """-ln of the token's softmax; row by row, since a row fits into the CPU's cache."""
    highest = logits.max()
    return float(highest + np.log(np.exp(logits - highest).sum(dtype=np.float64)) - logits[token])
