"""Trains the model for a given number of minutes; the learning rate follows the clock, so training ends on time."""

import argparse
import json
import math
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from documents import documents, encode_lines, pack
from model import BOS, Config, Mistral
from muon import Muon
from tokenizer import load_tokenizer


def rate_at(progress: float, warm_up: float = 0.03, floor: float = 0.02) -> float:
    """The share of the peak learning rate at progress in [0, 1]: a linear rise, then a cosine down to the floor."""
    if progress < warm_up:
        return (progress + 1e-3) / warm_up
    cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, (progress - warm_up) / (1 - warm_up))))
    return floor + (1 - floor) * cosine


def batches(first: list[list[int]], after_newline: list[list[int]], config: Config, rows: int,
            random: np.random.Generator) -> Iterator[tuple[float, Tensor]]:
    """Without end: (epochs begun and fraction of the current one, int64 (rows, context + 1))."""
    epoch = 0
    while True:
        packed = pack(documents(first, after_newline, random), config.context)
        for i in range(0, len(packed) - rows + 1, rows):
            yield epoch + i / len(packed), torch.from_numpy(packed[i:i + rows])
        epoch += 1


def loss_of(model: Mistral, batch: Tensor) -> Tensor:
    """Mean cross-entropy in nats. batch (B, T + 1); bos, which begins a document, is not a target.

    Matrix products are in bfloat16 (weights, residual stream, norms and loss stay float32): on two Zen 4 cores these
    products ran two to three times faster.
    """
    target = batch[:, 1:].masked_fill(batch[:, 1:] == BOS, -100)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(batch[:, :-1], blocked=True)
    return functional.cross_entropy(logits.float().flatten(0, 1), target.flatten(), ignore_index=-100)


@torch.no_grad()
def held_out_loss(model: Mistral, packed: Tensor, rows: int) -> float:
    """Mean over rows of packed held-out documents. Watched only: nothing is chosen by it."""
    losses = [loss_of(model, packed[i:i + rows]) for i in range(0, len(packed), rows)]
    return float(torch.stack(losses).mean())


def optimizers_of(model: Mistral) -> list[torch.optim.Optimizer]:
    """Muon for the matrices inside the layers, AdamW for the embedding, the output and the norms."""
    matrices = [p for p in model.blk.parameters() if p.dim() == 2]
    inside = {id(p) for p in matrices}
    rest = [p for p in model.parameters() if id(p) not in inside]
    return [Muon(matrices, lr=0.02), torch.optim.AdamW(rest, lr=3e-3, betas=(0.9, 0.95), weight_decay=0.0)]


def save(model: Mistral, path: Path) -> None:
    partial = path.with_suffix(".partial")
    torch.save({"config": asdict(model.config), "weights": model.state_dict()}, partial)
    partial.rename(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.txt, heldout.txt, tokenizer.model")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint file; the log goes beside it as .tsv")
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--rows", type=int, default=8, help="rows of `context` tokens in a batch")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    tokenizer = load_tokenizer(options.data / "tokenizer.model")
    config = Config(vocab=tokenizer.vocab_size())
    model = Mistral(config)
    print(json.dumps(asdict(config)), f"{model.parameter_count()} parameters", flush=True)
    optimizers = optimizers_of(model)
    peaks = [optimizer.defaults["lr"] for optimizer in optimizers]
    held_out = torch.from_numpy(pack(documents(*encode_lines(tokenizer, options.data / "heldout.txt"),
                                               np.random.default_rng(0)), config.context))
    source = batches(*encode_lines(tokenizer, options.data / "train.txt"), config, options.rows,
                     np.random.default_rng(options.seed))

    log = options.out.with_suffix(".tsv").open("w", encoding="utf-8")
    print("step", "minutes", "tokens", "epoch", "rate", "train_loss", "held_out_loss", sep="\t", file=log, flush=True)
    recent: list[float] = []  # losses since the last report
    begin, last_report, step, epoch, rate = time.monotonic(), -math.inf, 0, 0.0, 0.0
    while True:
        minutes = (time.monotonic() - begin) / 60
        done = minutes >= options.minutes
        if done or minutes - last_report >= options.minutes / 25:
            last_report = minutes
            save(model, options.out)
            train_loss = sum(recent) / len(recent) if recent else math.nan
            recent.clear()
            print(step, f"{minutes:.1f}", step * options.rows * config.context, f"{epoch:.2f}",
                  f"{rate:.3f}", f"{train_loss:.4f}",
                  f"{held_out_loss(model, held_out, options.rows):.4f}", sep="\t", file=log, flush=True)
        if done:
            break
        rate = rate_at(minutes / options.minutes)
        for optimizer, peak in zip(optimizers, peaks):
            optimizer.param_groups[0]["lr"] = rate * peak
        epoch, batch = next(source)
        loss = loss_of(model, batch)
        model.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
        recent.append(float(loss))
        step += 1


if __name__ == "__main__":
    main()
