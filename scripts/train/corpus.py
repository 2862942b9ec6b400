"""Reads WordNet's database files and writes the training text and the held-out text, one `word: definition` a line.

Source: /usr/share/wordnet/data.{noun,verb,adj,adv} (Debian package `wordnet-base`); the format is in its wndb(5).
"""

import argparse
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PARTS_OF_SPEECH = ("noun", "verb", "adj", "adv")
HELD_OUT_PER_MILLE = 6


@dataclass(frozen=True)
class Entry:
    """One sense of one word."""

    word: str
    definition: str

    def line(self) -> str:
        return f"{self.word}: {self.definition}"


def definition_of(gloss: str) -> str:
    """The gloss without its examples: a gloss is a definition, then `; "example"` any number of times."""
    return re.split(r'[;:,]\s*"', gloss.strip(), maxsplit=1)[0].strip(" ;")


def word_of(lemma: str, part_of_speech: str) -> str:
    """`hot_dog` → `hot dog`, `afraid(p)` → `afraid`, the verb `run` → `to run`."""
    word = re.sub(r"\((a|p|ip)\)$", "", lemma).replace("_", " ")
    return "to " + word if part_of_speech == "verb" else word


def entries(wordnet: Path) -> Iterator[Entry]:
    """Every (word, sense), in the order of the database: neighbours have related meanings."""
    for part_of_speech in PARTS_OF_SPEECH:
        for record in (wordnet / f"data.{part_of_speech}").read_text(encoding="utf-8").splitlines():
            if record.startswith("  "):  # the licence, at the head of each file
                continue
            fields, gloss = record.split(" | ", maxsplit=1)
            definition = definition_of(gloss)
            if not definition or definition.startswith('"'):
                continue
            columns = fields.split(" ")
            word_count = int(columns[3], 16)
            for i in range(word_count):
                yield Entry(word_of(columns[4 + 2 * i], part_of_speech), definition)


def is_held_out(definition: str) -> bool:
    """Decides by the definition alone, so that synonyms and equal glosses fall on the same side."""
    digest = hashlib.sha256(definition.encode()).digest()
    return int.from_bytes(digest[:8], "big") % 1000 < HELD_OUT_PER_MILLE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    parser.add_argument("--out", type=Path, required=True, help="folder for train.txt and heldout.txt")
    options = parser.parse_args()

    all_entries = list(entries(options.wordnet))
    training = [e for e in all_entries if not is_held_out(e.definition)]
    held_out = [e for e in all_entries if is_held_out(e.definition)]
    assert not {e.definition for e in training} & {e.definition for e in held_out}
    assert any(e.word == "mistral" for e in training)

    options.out.mkdir(parents=True, exist_ok=True)
    for name, part in (("train.txt", training), ("heldout.txt", held_out)):
        text = "".join(e.line() + "\n" for e in part)
        (options.out / name).write_text(text, encoding="utf-8")
        print(f"{name}: {len(part)} lines, {len({e.definition for e in part})} definitions, {len(text.encode())} bytes")


if __name__ == "__main__":
    main()
