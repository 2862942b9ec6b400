"""GGUF → the model, its weights dequantised to float32."""

from pathlib import Path

import torch

import gguf
from model import Config, Mistral


def model_from_gguf(path: Path) -> Mistral:
    metadata, tensors = gguf.read(path)
    model = Mistral(Config(
        dim=metadata["llama.embedding_length"],
        layers=metadata["llama.block_count"],
        hidden_dim=metadata["llama.feed_forward_length"],
        heads=metadata["llama.attention.head_count"],
        kv_heads=metadata["llama.attention.head_count_kv"],
        head_dim=metadata["llama.attention.key_length"],
        vocab=metadata["llama.vocab_size"],
        context=metadata["llama.context_length"],
        window=metadata["llama.attention.sliding_window"],
        rope_theta=metadata["llama.rope.freq_base"],
        norm_eps=metadata["llama.attention.layer_norm_rms_epsilon"],
    ))
    model.load_state_dict({name: torch.tensor(gguf.values_of(tensor)) for name, tensor in tensors.items()})
    return model.eval()
