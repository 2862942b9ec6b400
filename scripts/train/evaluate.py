"""Perplexity on the held-out text: of a model, and of a unigram model on the same tokens.

Per document: each line by itself, bos before it, the sliding window applied; every token of the line is a target, in its
float32 log-probability; neither bos nor eos is one. As a stream: the file tokenised as one text, cut every context − 1
tokens, bos before each piece; every token but bos is a target.
"""

import argparse
import json
import math
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from export_gguf import model_from_checkpoint
from load_gguf import model_from_gguf
from model import Mistral
from tokenizer import BOS, load_tokenizer


@dataclass(frozen=True)
class Score:
    tokens: int
    bytes: int
    nats: float

    def report(self) -> dict[str, float]:
        return {
            "tokens": self.tokens,
            "bytes": self.bytes,
            "nats_per_token": round(self.nats / self.tokens, 4),
            "perplexity": round(math.exp(self.nats / self.tokens), 3),
            "bits_per_byte": round(self.nats / math.log(2) / self.bytes, 4),
        }


@torch.no_grad()
def log_probabilities(model: Mistral, tokens: list[int]) -> torch.Tensor:
    """tokens (n), bos first → float32 (n − 1): the log-probability of each token after the first, given those before it."""
    logits = model(torch.tensor([tokens]))[0, :-1]
    return logits.log_softmax(-1).gather(1, torch.tensor(tokens[1:])[:, None])[:, 0]


def model_score(model: Mistral, pieces: list[list[int]], text_bytes: int) -> Score:
    """pieces: tokens without bos."""
    nats = -sum(log_probabilities(model, [BOS, *piece]).double().sum().item() for piece in pieces)
    return Score(sum(map(len, pieces)), text_bytes, nats)


def unigram_score(training: list[list[int]], pieces: list[list[int]], vocab: int, text_bytes: int) -> Score:
    """Token counts of the training text, one added to each."""
    counts = np.bincount(np.concatenate(training), minlength=vocab) + 1
    nats = -np.log(counts / counts.sum())[np.concatenate(pieces)].sum()
    return Score(sum(map(len, pieces)), text_bytes, float(nats))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="a .gguf file or a checkpoint")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--text", type=Path, required=True, help="held-out text, one document a line")
    parser.add_argument("--train", type=Path, help="training text: adds the unigram model's figures")
    parser.add_argument("--window", type=int, help="sliding window, in place of the model's own")
    options = parser.parse_args()

    model = (model_from_gguf if options.model.suffix == ".gguf" else model_from_checkpoint)(options.model)
    if options.window:
        model.config = replace(model.config, window=options.window)
    tokenizer = load_tokenizer(options.tokenizer)
    text = options.text.read_text(encoding="utf-8")
    documents = tokenizer.encode(text.splitlines())
    document_bytes = sum(len(line.encode()) for line in text.splitlines())
    stream, size = tokenizer.encode(text), model.config.context - 1
    pieces = [stream[i:i + size] for i in range(0, len(stream), size)]

    result = {
        "model": options.model.name,
        "window": model.config.window,
        "per_document": model_score(model, documents, document_bytes).report(),
        "stream": model_score(model, pieces, len(text.encode())).report(),
    }
    if options.train:
        training = tokenizer.encode(options.train.read_text(encoding="utf-8").splitlines())
        result["unigram_per_document"] = unigram_score(training, documents, model.config.vocab, document_bytes).report()
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
