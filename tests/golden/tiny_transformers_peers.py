"""The tiny models of tiny_transformers.py in two independent programs, llama.cpp and transformers, both in F32.

Needs llama-cpp-python 0.3.36 (libllama 0.5.0), transformers 4.53.3, torch 2.15.0 and gguf 0.19.0.
"""
import tempfile

import numpy as np
import torch

from tiny_transformers import (EPSILON, FEED_FORWARD, HEAD, LAYERS, PERIOD, ROPE_BASE, ROPE_BASE_LOCAL, SEPARATOR,
                               SLIDING_WINDOW, VOCABULARY, WINDOW)


def write_gguf(path, model, weights):
    import gguf

    writer = gguf.GGUFWriter(path, "llama" if model == "llama3" else model)
    writer.add_block_count(LAYERS)
    writer.add_context_length(WINDOW)
    writer.add_embedding_length(weights.embedding)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(weights.heads)
    if model == "gpt2":
        writer.add_layer_norm_eps(EPSILON)
    else:
        writer.add_head_count_kv(weights.kv_heads)
        writer.add_key_length(HEAD)
        writer.add_value_length(HEAD)
        writer.add_layer_norm_rms_eps(EPSILON)
        writer.add_rope_freq_base(ROPE_BASE)
    if model == "gemma3":
        writer.add_sliding_window(SLIDING_WINDOW)
        writer.add_sliding_window_pattern(PERIOD)
        writer.add_rope_freq_base_swa(ROPE_BASE_LOCAL)
    add_byte_tokenizer(writer)
    for name, values in weights.tensors.items():
        writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add_byte_tokenizer(writer):
    """The tokenizer of tests/support/tiny_model.hpp: all bytes, the separator, the products of four merges."""
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    others = iter(range(256, 512))
    letters = [chr(byte if byte in printable else next(others)) for byte in range(256)]
    space = letters[ord(" ")]
    tokens = [*letters, "<|endoftext|>", space + "t", "he", space + "the", "in"]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    writer.add_token_types([3 if token == SEPARATOR else 1 for token in range(len(tokens))])
    writer.add_token_merges([space + " t", "h e", space + "t he", "i n"])
    writer.add_bos_token_id(SEPARATOR)


def llama_logits(model, weights, ids):
    from llama_cpp import Llama

    type_f32 = 0
    with tempfile.NamedTemporaryFile(suffix=".gguf") as file:
        write_gguf(file.name, model, weights)
        llama = Llama(file.name, n_ctx=WINDOW, n_batch=len(ids), n_threads=2, logits_all=True, flash_attn=False,
                      type_k=type_f32, type_v=type_f32, verbose=False)
        llama.eval(ids)
        return llama.scores[: len(ids)].copy()


def transformers_logits(model, weights, ids):
    network = make_network(model, weights)
    names = {ours: theirs for theirs, ours in tensor_names(model, weights)}
    state = network.state_dict()
    for ours, values in weights.tensors.items():
        if ours == "rope_freqs.weight":
            network.model.rotary_emb.inv_freq /= torch.tensor(values)
            continue
        state[names[ours]].copy_(torch.tensor(as_transformers_has_it(model, ours, values)))
    if "output.weight" not in weights.tensors:
        network.tie_weights()
    with torch.no_grad():
        return network(torch.tensor([ids])).logits[0].numpy()


def make_network(model, weights):
    import transformers

    if model == "gpt2":
        config = transformers.GPT2Config(vocab_size=VOCABULARY, n_positions=WINDOW, n_embd=weights.embedding,
                                         n_layer=LAYERS, n_head=weights.heads, n_inner=FEED_FORWARD,
                                         layer_norm_epsilon=EPSILON)
        return transformers.GPT2LMHeadModel(config).eval()
    name = {"llama": "Llama", "llama3": "Llama", "qwen2": "Qwen2", "qwen3": "Qwen3", "gemma3": "Gemma3"}[model]
    make_config = getattr(transformers, name + ("TextConfig" if model == "gemma3" else "Config"))
    particulars = {"gemma3": {"sliding_window": SLIDING_WINDOW, "sliding_window_pattern": PERIOD,
                              "rope_local_base_freq": ROPE_BASE_LOCAL, "query_pre_attn_scalar": HEAD},
                   "qwen2": {"tie_word_embeddings": False}}
    config = make_config(vocab_size=VOCABULARY, hidden_size=weights.embedding, intermediate_size=FEED_FORWARD,
                         num_hidden_layers=LAYERS, num_attention_heads=weights.heads,
                         num_key_value_heads=weights.kv_heads, head_dim=HEAD, max_position_embeddings=WINDOW,
                         rms_norm_eps=EPSILON, rope_theta=ROPE_BASE, attn_implementation="eager",
                         **{"tie_word_embeddings": True, **particulars.get(model, {})})
    return getattr(transformers, name + "ForCausalLM")(config).eval()


def tensor_names(model, weights):
    """Pairs (name in transformers, name in GGUF)."""
    if model == "gpt2":
        whole = [("transformer.wte", "token_embd"), ("transformer.wpe", "position_embd"),
                 ("transformer.ln_f", "output_norm")]
        layer = [("ln_1", "attn_norm"), ("attn.c_attn", "attn_qkv"), ("attn.c_proj", "attn_output"),
                 ("ln_2", "ffn_norm"), ("mlp.c_fc", "ffn_up"), ("mlp.c_proj", "ffn_down")]
        stem = "transformer.h"
    else:
        whole = [("model.embed_tokens", "token_embd"), ("model.norm", "output_norm"), ("lm_head", "output")]
        layer = [("input_layernorm", "attn_norm"), ("self_attn.q_proj", "attn_q"), ("self_attn.k_proj", "attn_k"),
                 ("self_attn.v_proj", "attn_v"), ("self_attn.o_proj", "attn_output"), ("mlp.gate_proj", "ffn_gate"),
                 ("mlp.up_proj", "ffn_up"), ("mlp.down_proj", "ffn_down"), ("self_attn.q_norm", "attn_q_norm"),
                 ("self_attn.k_norm", "attn_k_norm")]
        layer += ([("post_attention_layernorm", "post_attention_norm"), ("pre_feedforward_layernorm", "ffn_norm"),
                   ("post_feedforward_layernorm", "post_ffw_norm")] if model == "gemma3" else
                  [("post_attention_layernorm", "ffn_norm")])
        stem = "model.layers"
    whole += [(f"{stem}.{i}.{theirs}", f"blk.{i}.{ours}") for i in range(LAYERS) for theirs, ours in layer]
    return [(f"{theirs}.{kind}", f"{ours}.{kind}") for theirs, ours in whole for kind in ("weight", "bias")]


def as_transformers_has_it(model, name, values):
    if model == "gpt2" and name.startswith("blk.") and values.ndim == 2:
        return values.T  # Conv1D: inputs x outputs
    if model == "gemma3" and "norm" in name:
        return values - np.float32(1)
    if model.startswith("llama") and name.endswith(("attn_q.weight", "attn_k.weight")):
        pairs = values.reshape(-1, HEAD // 2, 2, values.shape[1])  # the file's neighbours are transformers' halves
        return pairs.swapaxes(1, 2).reshape(values.shape)
    return values
