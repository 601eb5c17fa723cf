#!/usr/bin/env python3
"""Makes tests/data/golden/reference.json: which tokens microsoft/LLMLingua keeps of real prompts.

Runs the token-level stage of llmlingua 0.2.2 (one context, no context filter) with SmolLM2-135M-Instruct, its weights
dequantised from the GGUF to 32-bit floats, on excerpts of the data folder. The excerpts themselves are not stored,
only where they stand, a hash of their tokens, and two sets of kept tokens: as the original computes them, and with the
document separator before every text it scores, as our scorers have it.

Needs: llmlingua==0.2.2 transformers==4.46.3 torch gguf (no network).
Run:   reference_golden.py MODEL.gguf DATA_FOLDER tests/data/golden/reference.json
"""
import argparse
import json
import pathlib
import tempfile

import tiktoken
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

SEPARATOR = 0  # <|endoftext|>
BYTES = 5500

# (file, line of a JSONL file, JSON pointer, first byte, bytes, rate, tokens per segment)
EXCERPTS = [
    ("gsm8k/prompt_hardest.txt", None, None, 0, 4000, 0.2, 100),
    ("gsm8k/prompt_hardest.txt", None, None, 0, 4000, 0.5, 200),
    ("leval/scientific_qa.jsonl", 0, "/input", 0, BYTES, 0.2, 200),
    ("leval/scientific_qa.jsonl", 3, "/input", 4000, BYTES, 0.3, 200),
    ("leval/scientific_qa.jsonl", 7, "/input", 0, BYTES, 0.5, 100),
    ("leval/scientific_qa.jsonl", 11, "/input", 2000, BYTES, 0.4, 200),
    ("leval/paper_assistant.jsonl", 0, "/input", 0, BYTES, 0.33, 200),
    ("leval/paper_assistant.jsonl", 5, "/input", 8000, BYTES, 0.2, 100),
    ("leval/paper_assistant.jsonl", 9, "/input", 3000, BYTES, 0.5, 200),
    ("leval/gov_report_summ.jsonl", 0, "/input", 0, BYTES, 0.25, 200),
    ("leval/gov_report_summ.jsonl", 4, "/input", 5000, BYTES, 0.33, 200),
    ("leval/gov_report_summ.jsonl", 8, "/input", 0, BYTES, 0.5, 200),
    ("leval/meeting_summ.jsonl", 0, "/input", 0, BYTES, 0.2, 200),
    ("leval/meeting_summ.jsonl", 6, "/input", 20000, BYTES, 0.3, 200),
    ("leval/meeting_summ.jsonl", 12, "/input", 0, BYTES, 0.5, 200),
    ("leval/quality.jsonl", 0, "/input", 0, BYTES, 0.33, 200),
    ("leval/quality.jsonl", 5, "/input", 6000, BYTES, 0.4, 100),
    ("leval/quality.jsonl", 10, "/input", 0, BYTES, 0.2, 200),
    ("longbench/multi_news.jsonl", 0, "/context", 0, BYTES, 0.5, 200),
    ("longbench/multi_news.jsonl", 18, "/context", 0, BYTES, 0.33, 200),
    ("longbench/multi_news.jsonl", 42, "/context", 0, BYTES, 0.25, 200),
    ("longbench/multi_news.jsonl", 99, "/context", 0, BYTES, 0.4, 200),
    ("longbench/multi_news.jsonl", 150, "/context", 0, BYTES, 0.2, 100),
    ("longbench/multi_news.jsonl", 171, "/context", 0, BYTES, 0.45, 200),
]


def excerpt(data, file, line, pointer, begin, size):
    """Bytes [begin, begin + size) of a text, both ends moved forward to a code point boundary."""
    text = (data / file).read_bytes().decode()
    if pointer is not None:
        value = json.loads(text.split("\n")[line])
        for key in pointer.split("/")[1:]:
            value = value[int(key)] if isinstance(value, list) else value[key]
        text = value
    raw = text.encode()

    def boundary(offset):
        while offset < len(raw) and raw[offset] & 0xC0 == 0x80:
            offset += 1
        return min(offset, len(raw))

    begin, end = boundary(begin), boundary(begin + size)
    return begin, end, raw[begin:end].decode()


def convert(gguf, folder):
    """The GGUF as a Hugging Face folder. What transformers gets wrong: the output head is tied, no BOS belongs before
    every text, and digits are tokens of their own."""
    path = pathlib.Path(gguf).resolve()
    model = AutoModelForCausalLM.from_pretrained(path.parent, gguf_file=path.name, torch_dtype=torch.float32)
    model.config.tie_word_embeddings = True
    model.lm_head.weight = model.model.embed_tokens.weight
    model.save_pretrained(folder)
    AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name).save_pretrained(folder)
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    digits = {"type": "Digits", "individual_digits": True}
    for file, key, value in [
        ("tokenizer.json", "post_processor", None),
        ("tokenizer.json", "pre_tokenizer", {"type": "Sequence", "pretokenizers": [digits, byte_level]}),
        ("tokenizer_config.json", "tokenizer_class", "PreTrainedTokenizerFast"),
    ]:
        file = pathlib.Path(folder, file)
        file.write_text(json.dumps(json.loads(file.read_text()) | {key: value}))


class AfterSeparator(torch.nn.Module):
    """A model whose every text stands after the document separator, which callers do not see."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        with torch.no_grad():
            self.separator = model(torch.tensor([[SEPARATOR]]), use_cache=True).past_key_values

    def forward(self, input_ids, attention_mask, past_key_values=None, use_cache=True):
        behind = past_key_values or [[k[:, :, :0], v[:, :, :0]] for k, v in self.separator]
        past = tuple(
            (torch.cat([sk, k], dim=2), torch.cat([sv, v], dim=2))
            for (sk, sv), (k, v) in zip(self.separator, behind)
        )
        mask = torch.cat([torch.ones_like(attention_mask[:, :1]), attention_mask], dim=1)
        response = self.model(input_ids, attention_mask=mask, past_key_values=past, use_cache=use_cache)
        response.past_key_values = [[k[:, :, 1:], v[:, :, 1:]] for k, v in response.past_key_values]
        return response


def kept_tokens(compressor, text, target, segment):
    """Runs the token-level stage and follows which of the original's tokens are still there."""
    original = compressor.get_compressed_input
    count = compressor.get_token_length(text)
    compressor.places = torch.arange(count).unsqueeze(0)

    def follow(loss, input_ids, attention_mask, end, **kwargs):
        places = original(loss, compressor.places, attention_mask, int(end), **kwargs)[0]
        result = original(loss, input_ids, attention_mask, int(end), **kwargs)
        compressor.places = places
        return result

    compressor.get_compressed_input = follow
    compressor.compress_prompt(
        [text], target_token=target, iterative_size=segment, use_context_level_filter=False, concate_question=False
    )
    compressor.get_compressed_input = original
    kept = set(compressor.places[0].tolist())
    return "".join("1" if i in kept else "0" for i in range(count))


def as_hex(bits):
    """Four tokens a digit, the first one in the highest bit; padded with zeros."""
    bits += "0" * (-len(bits) % 4)
    return "".join(f"{int(bits[i:i + 4], 2):x}" for i in range(0, len(bits), 4))


def fnv1a(ids):
    """64-bit FNV-1a over token ids."""
    value = 14695981039346656037
    for token in ids:
        value = (value ^ token) * 1099511628211 % 2**64
    return f"{value:016x}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gguf")
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        convert(arguments.gguf, folder)
        tokenizer = AutoTokenizer.from_pretrained(folder)
        # The original counts tokens for its own report with OpenAI's tokenizer, which it would download.
        encoding = type("Encoding", (), {"encode": lambda self, x, **_: tokenizer(x)["input_ids"]})()
        tiktoken.encoding_for_model = lambda name: encoding
        from llmlingua import PromptCompressor

        compressor = PromptCompressor(folder, device_map="cpu", model_config={"torch_dtype": torch.float32})
    plain = compressor.model
    after_separator = AfterSeparator(plain)

    prompts = []
    for file, line, pointer, begin, size, rate, segment in EXCERPTS:
        begin, end, text = excerpt(arguments.data, file, line, pointer, begin, size)
        ids = tokenizer(text)["input_ids"]
        assert len(ids) > 1000, (file, line, len(ids))
        target = int(len(ids) * rate)
        compressor.model = plain
        kept = kept_tokens(compressor, text, target, segment)
        compressor.model = after_separator
        kept_after_separator = kept_tokens(compressor, text, target, segment)
        same = sum(a == b for a, b in zip(kept, kept_after_separator)) / len(ids)
        print(file, line, begin, len(ids), rate, kept.count("1"), f"{same:.4f}", flush=True)
        prompts.append({
            "file": file, "line": line, "pointer": pointer, "begin": begin, "end": end, "target": target,
            "segment": segment, "tokens": len(ids),
            "ids_hash": fnv1a(ids),
            "kept": as_hex(kept), "kept_after_separator": as_hex(kept_after_separator),
        })  # fmt: skip
    lines = ",\n".join("  " + json.dumps(prompt) for prompt in prompts)
    arguments.output.write_text(
        '{"made_by": "tests/golden/reference_golden.py", "llmlingua": "0.2.2", "transformers": "4.46.3",\n'
        f'"model": "SmolLM2-135M-Instruct.Q4_1.gguf", "prompts": [\n{lines}\n]}}\n'
    )


if __name__ == "__main__":
    main()
