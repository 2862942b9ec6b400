"""GGUF's Q8_0: blocks of 32 weights along a row, each a float16 scale and 32 signed bytes; 34 bytes a block."""

import numpy as np

BLOCK = 32
BLOCK_BYTES = 34


def quantize(weights: np.ndarray) -> bytes:
    """float32 (…, columns), columns a multiple of 32 → packed blocks. As llama.cpp: d = amax / 127, halves away from zero."""
    blocks = weights.astype(np.float32).reshape(-1, BLOCK)  # (blocks, 32)
    scale = np.abs(blocks).max(axis=1, keepdims=True) / np.float32(127)
    inverse = np.divide(np.float32(1), scale, out=np.zeros_like(scale), where=scale != 0)
    scaled = blocks * inverse
    rounded = np.trunc(scaled + np.copysign(np.float32(0.5), scaled)).astype(np.int8)
    packed = np.empty((len(blocks), BLOCK_BYTES), dtype=np.uint8)
    packed[:, :2] = scale.astype("<f2").view(np.uint8)
    packed[:, 2:] = rounded.view(np.uint8)
    return packed.tobytes()


def dequantize(packed: bytes, shape: tuple[int, ...]) -> np.ndarray:
    """Packed blocks → float32 of the given shape."""
    blocks = np.frombuffer(packed, dtype=np.uint8).reshape(-1, BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)  # (blocks, 1)
    return (blocks[:, 2:].view(np.int8).astype(np.float32) * scale).reshape(shape)
