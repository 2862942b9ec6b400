"""Writes a trained checkpoint as GGUF (architecture `llama`): matrices in Q8_0, norms in float32."""

import argparse
from pathlib import Path

import sentencepiece
import torch

import gguf
from model import Config, Mistral
from tokenizer import BOS, EOS, UNK, load_tokenizer

FILE_TYPE_MOSTLY_Q8_0 = 7
QUANTIZATION_VERSION = 2
NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6


def model_from_checkpoint(path: Path) -> Mistral:
    checkpoint = torch.load(path)
    model = Mistral(Config(**checkpoint["config"]))
    model.load_state_dict(checkpoint["weights"])
    return model.eval()


def model_metadata(config: Config) -> dict[str, object]:
    return {
        "general.architecture": "llama",
        "general.name": "Sirocco WordNet",
        "general.description": "A small Mistral-architecture model of dictionary definitions",
        "general.license": "LicenseRef-WordNet-3.0",
        "general.file_type": FILE_TYPE_MOSTLY_Q8_0,
        "general.quantization_version": QUANTIZATION_VERSION,
        "general.alignment": gguf.ALIGNMENT,
        "llama.vocab_size": config.vocab,
        "llama.context_length": config.context,
        "llama.embedding_length": config.dim,
        "llama.block_count": config.layers,
        "llama.feed_forward_length": config.hidden_dim,
        "llama.attention.head_count": config.heads,
        "llama.attention.head_count_kv": config.kv_heads,
        "llama.attention.key_length": config.head_dim,
        "llama.attention.value_length": config.head_dim,
        "llama.attention.layer_norm_rms_epsilon": config.norm_eps,
        "llama.attention.sliding_window": config.window,
        "llama.rope.dimension_count": config.head_dim,
        "llama.rope.freq_base": config.rope_theta,
    }


def token_type(tokenizer: sentencepiece.SentencePieceProcessor, token: int) -> int:
    if tokenizer.is_unknown(token):
        return UNKNOWN
    if tokenizer.is_control(token):
        return CONTROL
    return BYTE if tokenizer.is_byte(token) else NORMAL


def tokenizer_metadata(tokenizer: sentencepiece.SentencePieceProcessor) -> dict[str, object]:
    tokens = range(tokenizer.vocab_size())
    return {
        "tokenizer.ggml.model": "llama",
        "tokenizer.ggml.pre": "default",
        "tokenizer.ggml.tokens": [tokenizer.id_to_piece(token) for token in tokens],
        "tokenizer.ggml.scores": [float(tokenizer.get_score(token)) for token in tokens],
        "tokenizer.ggml.token_type": [token_type(tokenizer, token) for token in tokens],
        "tokenizer.ggml.unknown_token_id": UNK,
        "tokenizer.ggml.bos_token_id": BOS,
        "tokenizer.ggml.eos_token_id": EOS,
        "tokenizer.ggml.add_bos_token": True,
        "tokenizer.ggml.add_eos_token": False,
        "tokenizer.ggml.add_space_prefix": True,
        "tokenizer.ggml.remove_extra_whitespaces": False,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.model")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    model = model_from_checkpoint(options.checkpoint)
    tensors = [
        (gguf.q8_0_tensor if parameter.dim() == 2 else gguf.float32_tensor)(name, parameter.detach().numpy())
        for name, parameter in model.named_parameters()
    ]
    metadata = model_metadata(model.config) | tokenizer_metadata(load_tokenizer(options.tokenizer))
    gguf.write(options.out, metadata, tensors)
    print(f"{options.out}: {options.out.stat().st_size} bytes, {len(tensors)} tensors")


if __name__ == "__main__":
    main()
