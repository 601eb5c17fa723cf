"""The architectures that `lingua` scores with, between two worlds: keys and tensors of a GGUF file on one side,
configuration and parameters of transformers on the other. Everything here is read in both directions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Keys = dict[str, Any]  # of a GGUF file, without the architecture's name in front

SIZES = {
    "block_count": "num_hidden_layers", "embedding_length": "hidden_size", "feed_forward_length": "intermediate_size",
    "attention.head_count": "num_attention_heads", "attention.head_count_kv": "num_key_value_heads",
    "attention.key_length": "head_dim", "attention.layer_norm_rms_epsilon": "rms_norm_eps",
    "context_length": "max_position_embeddings", "rope.freq_base": "rope_theta",
}
GPT2_SIZES = {
    "block_count": "n_layer", "embedding_length": "n_embd", "feed_forward_length": "n_inner",
    "attention.head_count": "n_head", "attention.layer_norm_epsilon": "layer_norm_epsilon",
    "context_length": "n_positions",
}
WHOLE = {"token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head"}
LAYER = {
    "attn_norm": "input_layernorm", "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj", "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj",
}
HEAD_NORMS = {"attn_q_norm": "self_attn.q_norm", "attn_k_norm": "self_attn.k_norm"}
GEMMA3_NORMS = {"post_attention_norm": "post_attention_layernorm", "ffn_norm": "pre_feedforward_layernorm",
                "post_ffw_norm": "post_feedforward_layernorm"}
GPT2_LAYER = {"attn_norm": "ln_1", "attn_qkv": "attn.c_attn", "attn_output": "attn.c_proj", "ffn_norm": "ln_2",
              "ffn_up": "mlp.c_fc", "ffn_down": "mlp.c_proj"}

Layout = Callable[[str, np.ndarray, int], np.ndarray]  # (name in the file, values, head size)


def as_it_is(name: str, values: np.ndarray, head: int) -> np.ndarray:
    return values


def halves(name: str, values: np.ndarray, head: int) -> np.ndarray:
    """llama's files hold neighbours where transformers rotates halves of a head."""
    if not name.endswith(("attn_q.weight", "attn_k.weight")):
        return values
    return values.reshape(-1, head // 2, 2, values.shape[1]).swapaxes(1, 2).reshape(values.shape)


def neighbours(name: str, values: np.ndarray, head: int) -> np.ndarray:
    if not name.endswith(("attn_q.weight", "attn_k.weight")):
        return values
    return values.reshape(-1, 2, head // 2, values.shape[1]).swapaxes(1, 2).reshape(values.shape)


def without_one(name: str, values: np.ndarray, head: int) -> np.ndarray:
    """Gemma's norms multiply by 1 + weight; its files hold the sum."""
    return values - np.float32(1) if "norm" in name else values


def with_one(name: str, values: np.ndarray, head: int) -> np.ndarray:
    return values + np.float32(1) if "norm" in name else values


def transposed(name: str, values: np.ndarray, head: int) -> np.ndarray:
    """GPT-2's matrices are inputs x outputs in transformers."""
    return values.T if name.startswith("blk.") and values.ndim == 2 else values


@dataclass(frozen=True)
class Architecture:
    name: str  # general.architecture
    config: str  # class in transformers, whose model_type is `model_type`
    model_type: str
    sizes: dict[str, str] = field(default_factory=lambda: SIZES)  # key: attribute of the configuration
    whole: dict[str, str] = field(default_factory=lambda: WHOLE)  # tensors: modules
    layer: dict[str, str] = field(default_factory=lambda: LAYER)
    layers: str = "model.layers"
    activation: str = "silu"
    from_file: Layout = as_it_is
    to_file: Layout = as_it_is

    def tensors(self, layers: int) -> dict[str, str]:
        """Name in a GGUF file: name of the parameter, of all that may occur."""
        modules = dict(self.whole)
        for number in range(layers):
            modules |= {f"blk.{number}.{ours}": f"{self.layers}.{number}.{theirs}"
                        for ours, theirs in self.layer.items()}
        return {f"{ours}.{kind}": f"{theirs}.{kind}" for ours, theirs in modules.items() for kind in ("weight", "bias")}


ARCHITECTURES = (
    Architecture("llama", "LlamaConfig", "llama", from_file=halves, to_file=neighbours),
    Architecture("qwen2", "Qwen2Config", "qwen2"),
    Architecture("qwen3", "Qwen3Config", "qwen3", layer=LAYER | HEAD_NORMS),
    Architecture("gemma3", "Gemma3TextConfig", "gemma3_text", layer=LAYER | HEAD_NORMS | GEMMA3_NORMS,
                 sizes=SIZES | {"attention.sliding_window": "sliding_window",
                                "rope.freq_base_swa": "rope_local_base_freq"},
                 activation="gelu_pytorch_tanh", from_file=without_one, to_file=with_one),
    Architecture("gpt2", "GPT2Config", "gpt2", sizes=GPT2_SIZES, layer=GPT2_LAYER, layers="transformer.h",
                 whole={"token_embd": "transformer.wte", "position_embd": "transformer.wpe",
                        "output_norm": "transformer.ln_f", "output": "lm_head"},
                 activation="gelu_new", from_file=transposed, to_file=transposed),
)


def find(name: str) -> Architecture | None:
    """By general.architecture or by transformers' model_type."""
    return next((one for one in ARCHITECTURES if name in (one.name, one.model_type)), None)
