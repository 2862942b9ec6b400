"""Writes expected.json: what an engine must reproduce with the GGUF file. Tokens are SentencePiece's own.

Everything is computed in float32 from the dequantised weights, with the sliding window applied.
"""

import argparse
import json
from pathlib import Path

import sentencepiece
import torch

from evaluate import log_probabilities
from load_gguf import model_from_gguf
from model import Mistral
from tokenizer import BOS, EOS, load_tokenizer

GREEDY_TOKENS = 24
PROMPTS = ["mistral:", "dog:", "to run:", "family", "quickly:"]
STRINGS = [
    "", " ", "  ", "     ", "\n", "\n\n", "\t", "\r\n", "\0", "a", " a", "a ", "  a  b   c    ", "mistral", "mistral:",
    "Mistral: A Strong WIND", "to run: move fast by using one's feet", "dog:\ncat:\n\tbird: ", "0", "42", "1234567890",
    "3.14159, 1,000,000 and 2^10", "year 1789-1815 (A.D.)", "don't; `quoted' words", "\"double\" — “curly” … ‘single’",
    "#@|\\~", "a@b.example|c#d", "<s>", "</s>", "<unk>", "<0x0A>", "[INST] hello [/INST]", "▁", "a▁b", " ▁ ",
    "naïve café, Ærøskøbing", "cafe\u0301", "ﬁne ½ Ⅳ", "Ωμέγα", "Привет, мир", "日本語のテキスト", "한국어", "שלום עולם",
    "مرحبا", "🙂", "👩‍👩‍👧‍👦 family", "🇫🇷 mistral 🌬️", "x\u200by\ufeffz", "\u00a0non\u00a0breaking", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \U0010ffff",
    "supercalifragilisticexpialidocious", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "ababababab the the thethe",
    "def f(x):\n    return x  # comment\n", "Zz" * 20,
]


@torch.no_grad()
def prompt_case(model: Mistral, tokenizer: sentencepiece.SentencePieceProcessor, text: str) -> dict[str, object]:
    """margins: by how much the chosen token's logit exceeds the next best, so that near ties can be told from errors."""
    tokens = [BOS, *tokenizer.encode(text)]
    greedy: list[int] = []
    margins: list[float] = []
    while len(greedy) < GREEDY_TOKENS and EOS not in greedy:
        best = model(torch.tensor([tokens + greedy]))[0, -1].topk(2)
        greedy.append(int(best.indices[0]))
        margins.append(round(float(best.values[0] - best.values[1]), 4))
    return {
        "text": text,
        "tokens": tokens,
        "prompt_logprobs": [round(float(p), 5) for p in log_probabilities(model, tokens)],
        "greedy": greedy,
        "greedy_margins": margins,
        "greedy_text": tokenizer.decode([token for token in greedy if token != EOS]),
    }


def tokenizer_case(tokenizer: sentencepiece.SentencePieceProcessor, text: str) -> dict[str, object]:
    tokens = tokenizer.encode(text)
    return {"text": text, "tokens": tokens, "decoded": tokenizer.decode(tokens)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--text", type=Path, required=True, help="held-out text: its head is a prompt longer than the window")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    model, tokenizer = model_from_gguf(options.model), load_tokenizer(options.tokenizer)
    long_prompt = "\n".join(options.text.read_text(encoding="utf-8").splitlines()[:12])
    result = {
        "model": options.model.name,
        "window": model.config.window,
        "about": {
            "tokens": "of a prompt: with bos. Of a tokenizer case: without",
            "prompt_logprobs": "entry i: natural log-probability of tokens[i + 1] given tokens[0..i]",
            "greedy": f"at most {GREEDY_TOKENS} tokens, ends with eos ({EOS}) if that came",
            "greedy_margins": "logit of the chosen token less that of the next best",
            "decoded": "SentencePiece's decoding of tokens",
        },
        "prompts": [prompt_case(model, tokenizer, text) for text in [*PROMPTS, long_prompt]],
        "tokenizer": [tokenizer_case(tokenizer, text) for text in STRINGS],
    }
    options.out.write_text(json.dumps(result, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
