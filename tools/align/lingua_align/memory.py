"""Whether a training run fits, asked before it begins: a run that dies after an hour helps nobody."""

from collections.abc import Callable
from typing import Any

from .errors import AlignError, Exit

FLOAT = 4  # bytes
GIB = 2**30
ADAM = 4  # values for each that is trained: gradient, two moments, the best so far
# Values kept per token for the way back, in multiples of the widths. SmolLM2-135M with LoRA and 1,024 tokens in F32:
# 4.3 GiB by this count, 4.2 measured.
ACTIVATIONS, INNER = 24, 6  # per layer, of the embedding and the feed-forward part
LOGITS = 3
PROGRAM = GIB // 2  # PyTorch itself


def needed(network: Any, tokens: int) -> int:
    """Bytes for training with `tokens` tokens at once."""
    config, parameters = network.config, list(network.parameters())
    trained = sum(one.numel() for one in parameters if one.requires_grad)
    inner = getattr(config, "intermediate_size", None) or 4 * config.hidden_size
    width = ACTIVATIONS * config.hidden_size + INNER * inner
    per_token = config.num_hidden_layers * width + LOGITS * config.vocab_size
    return PROGRAM + FLOAT * (sum(one.numel() for one in parameters) + ADAM * trained + tokens * per_token)


def available(device: str) -> int:
    import psutil
    import torch

    return torch.cuda.mem_get_info()[0] if device == "cuda" else psutil.virtual_memory().available


def check(network: Any, tokens: int, device: str, available: Callable[[str], int] = available) -> None:
    need, have = needed(network, tokens), available(device)
    if need > have:
        raise AlignError(Exit.MEMORY, f"training needs about {need / GIB:.1f} GiB, and {have / GIB:.1f} GiB are free; "
                                      "--method lora, a smaller --tokens-at-once or a smaller --length needs less")
