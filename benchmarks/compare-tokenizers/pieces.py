"""Encodes each line of standard input, a JSON string, with SentencePiece and the model named as argument."""

import json
import sys

import sentencepiece

processor = sentencepiece.SentencePieceProcessor(model_file=sys.argv[1])
for line in sys.stdin:
    print(json.dumps(processor.encode(json.loads(line)), separators=(",", ":")))
