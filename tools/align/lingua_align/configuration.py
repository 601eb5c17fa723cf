"""A GGUF file's keys as a configuration of transformers, and back. What `lingua` does not compute is refused."""

from typing import Any

from .architectures import Architecture
from .errors import AlignError, Exit

LAYERS_OF_GEMMA_27B = 62  # the one whose queries are scaled by another size than the head's; the format has no key
FULL, SLIDING = "full_attention", "sliding_attention"


def from_keys(architecture: Architecture, keys: dict[str, Any], vocabulary: int, tied: bool) -> Any:
    """`keys`: without the architecture's name in front."""
    import transformers

    values = {theirs: keys[ours] for ours, theirs in architecture.sizes.items() if ours in keys}
    values |= {"vocab_size": vocabulary, "tie_word_embeddings": tied}
    if architecture.name == "gpt2":
        values |= {"resid_pdrop": 0.0, "embd_pdrop": 0.0, "attn_pdrop": 0.0}
    else:
        heads = keys["attention.head_count"]
        values.setdefault("num_key_value_heads", heads)
        values.setdefault("head_dim", keys["embedding_length"] // heads)
        values.setdefault("rope_theta", 10000.0)
    factor = keys.get("rope.scaling.factor", 1.0)
    if keys.get("rope.scaling.type", "linear") == "linear" and factor != 1.0:
        values["rope_scaling"] = {"rope_type": "linear", "factor": factor}
    if architecture.name == "gemma3":
        values["layer_types"] = layer_types(keys["block_count"], keys.get("attention.sliding_window_pattern", 6))
        whole = values["num_hidden_layers"] == LAYERS_OF_GEMMA_27B
        values["query_pre_attn_scalar"] = keys["embedding_length"] // heads if whole else values["head_dim"]
    return getattr(transformers, architecture.config)(**values)


def to_keys(architecture: Architecture, config: Any) -> dict[str, Any]:
    """Inverse of from_keys. Raises MODEL_UNSUPPORTED for what a GGUF file could not say."""
    activation = getattr(config, "hidden_activation", None) or getattr(config, "hidden_act", None) or \
        getattr(config, "activation_function", None)
    if activation != architecture.activation:
        raise AlignError(Exit.MODEL_UNSUPPORTED, f"the model's activation is {activation}; a {architecture.name} "
                                                 f"model as lingua knows it has {architecture.activation}")
    keys = {ours: getattr(config, theirs, None) for ours, theirs in architecture.sizes.items()}
    if architecture.name == "gpt2":
        keys["feed_forward_length"] = keys["feed_forward_length"] or 4 * config.n_embd
        return keys
    keys["attention.key_length"] = keys["attention.key_length"] or config.hidden_size // config.num_attention_heads
    keys["attention.value_length"] = keys["attention.key_length"]
    scaling = config.rope_scaling or {}
    kind = scaling.get("rope_type", scaling.get("type", "default"))
    if kind == "linear":
        keys |= {"rope.scaling.type": "linear", "rope.scaling.factor": float(scaling["factor"])}
    elif kind not in ("default", "llama3"):  # llama3's factors are a tensor of the file
        raise AlignError(Exit.MODEL_UNSUPPORTED, f"rope scaling '{kind}'; lingua knows linear and llama3")
    if architecture.name == "gemma3":
        keys["attention.sliding_window_pattern"] = config.layer_types.index(FULL) + 1
    elif SLIDING in (getattr(config, "layer_types", None) or []):
        raise AlignError(Exit.MODEL_UNSUPPORTED, f"a {architecture.name} model as lingua knows it has no sliding "
                                                 "window")
    return {key: value for key, value in keys.items() if value is not None}


def layer_types(layers: int, period: int) -> list[str]:
    """Every `period`-th layer sees everything."""
    return [SLIDING if (layer + 1) % period else FULL for layer in range(layers)]
