"""What is trained: everything, or low-rank additions to every matrix of the layers (LoRA, arXiv 2106.09685)."""

from typing import Any

import torch
from peft import LoraConfig, inject_adapter_in_model
from peft.tuners.lora import LoraLayer
from transformers.pytorch_utils import Conv1D

SCALE = 2  # of the additions: alpha / rank


def prepare(network: Any, method: str, rank: int, seed: int) -> None:
    """`method`: "full" or "lora". The additions begin at zero, in random directions."""
    torch.manual_seed(seed)
    if method == "full":
        return
    matrices = {name.rsplit(".", 1)[-1]: module for name, module in body(network).named_modules()
                if isinstance(module, torch.nn.Linear | Conv1D)}
    transposed = any(isinstance(module, Conv1D) for module in matrices.values())
    inject_adapter_in_model(LoraConfig(r=rank, lora_alpha=SCALE * rank, target_modules=sorted(matrices),
                                       fan_in_fan_out=transposed), network)


def body(network: Any) -> Any:
    """All but the output head."""
    return network.transformer if hasattr(network, "transformer") else network.model


def merged(network: Any) -> dict[str, torch.Tensor]:
    """All parameters by the names they had before `prepare`, with what was learnt added to them."""
    for module in network.modules():
        if isinstance(module, LoraLayer) and not module.merged:
            module.merge()
    return {name.replace(".base_layer", ""): parameter for name, parameter in network.named_parameters()
            if ".lora_" not in name}
