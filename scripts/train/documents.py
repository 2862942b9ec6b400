"""Lines of text → documents of tokens → rows of equal length for training."""

from pathlib import Path

import numpy as np
import sentencepiece

from tokenizer import BOS, EOS

NEWLINE = 3 + 0x0A  # the byte-fallback token of "\n"
PAGE_LINES = 12
PAGE_SHARE = 0.25


def encode_lines(tokenizer: sentencepiece.SentencePieceProcessor, path: Path) -> tuple[list[list[int]], list[list[int]]]:
    """Each line's tokens as it begins a text (with the dummy prefix), and as it follows a newline (without)."""
    lines = path.read_text(encoding="utf-8").splitlines()
    first = tokenizer.encode(lines)
    after_newline = [ids[ids.index(NEWLINE) + 1:] for ids in tokenizer.encode(["\n" + line for line in lines])]
    return first, after_newline


def documents(first: list[list[int]], after_newline: list[list[int]], random: np.random.Generator,
              page_share: float = PAGE_SHARE) -> list[list[int]]:
    """One epoch in random order. A document is bos, one line, eos; a quarter of the lines are in pages of 12 neighbours."""
    result = []
    start = -int(random.integers(PAGE_LINES))
    for begin in range(start, len(first), PAGE_LINES):
        run = range(max(begin, 0), min(begin + PAGE_LINES, len(first)))
        if random.random() < page_share:
            page = [BOS, *first[run[0]]]
            for i in run[1:]:
                page += [NEWLINE, *after_newline[i]]
            result.append([*page, EOS])
        else:
            result += [[BOS, *first[i], EOS] for i in run]
    random.shuffle(result)
    return result


def pack(epoch: list[list[int]], length: int) -> np.ndarray:
    """int64 (rows, length + 1): the documents end to end, cut into rows that overlap by one token; the tail is dropped."""
    stream = np.concatenate([np.asarray(document, dtype=np.int64) for document in epoch])
    rows = (len(stream) - 1) // length
    return np.stack([stream[i * length:(i + 1) * length + 1] for i in range(rows)])
