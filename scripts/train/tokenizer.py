"""Trains the SentencePiece-BPE vocabulary, set up as Mistral's: identity normaliser, byte fallback, single digits."""

import argparse
from pathlib import Path

import sentencepiece

UNK, BOS, EOS = 0, 1, 2


def train_tokenizer(text: Path, model_prefix: Path, vocab_size: int) -> None:
    """Writes `<model_prefix>.model`. Ids: 0 unk, 1 bos, 2 eos, 3–258 the bytes, then pieces in the order of their merges."""
    sentencepiece.SentencePieceTrainer.train(
        input=str(text),
        model_prefix=str(model_prefix),
        model_type="bpe",
        vocab_size=vocab_size,
        byte_fallback=True,
        split_digits=True,
        normalization_rule_name="identity",
        add_dummy_prefix=True,
        remove_extra_whitespaces=False,
        character_coverage=1.0,
        unk_id=UNK,
        bos_id=BOS,
        eos_id=EOS,
        pad_id=-1,
        max_sentence_length=1 << 16,
        num_threads=2,
    )


def load_tokenizer(path: Path) -> sentencepiece.SentencePieceProcessor:
    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.txt; tokenizer.model is written there")
    parser.add_argument("--vocab-size", type=int, default=4096)
    options = parser.parse_args()
    train_tokenizer(options.data / "train.txt", options.data / "tokenizer", options.vocab_size)


if __name__ == "__main__":
    main()
