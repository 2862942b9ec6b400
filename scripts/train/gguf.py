"""Writes and reads GGUF version 3 (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md): what this model needs of it.

Tensors are float32 or Q8_0. Metadata values are str, bool, int (uint32), float (float32), and lists of str, int (int32),
float.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

import q8_0

MAGIC = b"GGUF"
VERSION = 3
ALIGNMENT = 32
UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
TENSOR_F32, TENSOR_Q8_0 = 0, 8


@dataclass(frozen=True)
class Tensor:
    """shape is numpy's: (rows, columns). In the file the dimensions stand in the opposite order."""

    name: str
    shape: tuple[int, ...]
    kind: int
    data: bytes


def float32_tensor(name: str, values: np.ndarray) -> Tensor:
    return Tensor(name, values.shape, TENSOR_F32, values.astype("<f4").tobytes())


def q8_0_tensor(name: str, values: np.ndarray) -> Tensor:
    return Tensor(name, values.shape, TENSOR_Q8_0, q8_0.quantize(values))


def values_of(tensor: Tensor) -> np.ndarray:
    """float32, of the tensor's shape."""
    if tensor.kind == TENSOR_F32:
        return np.frombuffer(tensor.data, dtype="<f4").reshape(tensor.shape)
    return q8_0.dequantize(tensor.data, tensor.shape)


def _aligned(size: int) -> int:
    return (size + ALIGNMENT - 1) // ALIGNMENT * ALIGNMENT


def _string(text: str) -> bytes:
    encoded = text.encode("utf-8")
    return struct.pack("<Q", len(encoded)) + encoded


def _type_of(value: object, in_list: bool) -> int:
    if isinstance(value, bool):
        return BOOL
    if isinstance(value, int):
        return INT32 if in_list else UINT32
    return FLOAT32 if isinstance(value, float) else STRING


def _scalar(value: object, kind: int) -> bytes:
    if kind == STRING:
        return _string(value)
    return struct.pack({UINT32: "<I", INT32: "<i", FLOAT32: "<f", BOOL: "<?"}[kind], value)


def _value(value: object) -> bytes:
    """Type, then value."""
    if isinstance(value, list):
        kind = _type_of(value[0], in_list=True)
        return struct.pack("<IIQ", ARRAY, kind, len(value)) + b"".join(_scalar(item, kind) for item in value)
    kind = _type_of(value, in_list=False)
    return struct.pack("<I", kind) + _scalar(value, kind)


def write(path: Path, metadata: dict[str, object], tensors: list[Tensor]) -> None:
    header = MAGIC + struct.pack("<IQQ", VERSION, len(tensors), len(metadata))
    header += b"".join(_string(key) + _value(value) for key, value in metadata.items())
    offset = 0
    for tensor in tensors:
        dimensions = tensor.shape[::-1]
        header += _string(tensor.name) + struct.pack(f"<I{len(dimensions)}Q", len(dimensions), *dimensions)
        header += struct.pack("<IQ", tensor.kind, offset)
        offset += _aligned(len(tensor.data))
    with path.open("wb") as file:
        file.write(header.ljust(_aligned(len(header)), b"\0"))
        for tensor in tensors:
            file.write(tensor.data.ljust(_aligned(len(tensor.data)), b"\0"))


def _read(file: BinaryIO, form: str) -> tuple:
    return struct.unpack(form, file.read(struct.calcsize(form)))


def _read_scalar(file: BinaryIO, kind: int) -> object:
    if kind == STRING:
        return file.read(_read(file, "<Q")[0]).decode("utf-8")
    return _read(file, {UINT32: "<I", INT32: "<i", FLOAT32: "<f", BOOL: "<?"}[kind])[0]


def _read_value(file: BinaryIO) -> object:
    kind, = _read(file, "<I")
    if kind == ARRAY:
        kind, count = _read(file, "<IQ")
        return [_read_scalar(file, kind) for _ in range(count)]
    return _read_scalar(file, kind)


def read(path: Path) -> tuple[dict[str, object], dict[str, Tensor]]:
    """Metadata, and tensors by name. Reads only the types that write writes."""
    with path.open("rb") as file:
        magic, version, tensor_count, metadata_count = _read(file, "<4sIQQ")
        if (magic, version) != (MAGIC, VERSION):
            raise ValueError(f"{path}: not a GGUF version 3 file (magic {magic!r}, version {version})")
        metadata = {_read_scalar(file, STRING): _read_value(file) for _ in range(metadata_count)}
        headers = []
        for _ in range(tensor_count):
            name = _read_scalar(file, STRING)
            rank, = _read(file, "<I")
            shape = _read(file, f"<{rank}Q")[::-1]
            headers.append((name, shape, *_read(file, "<IQ")))
        start = _aligned(file.tell())
        tensors = {}
        for name, shape, kind, offset in headers:
            count = int(np.prod(shape))
            size = count * 4 if kind == TENSOR_F32 else count // q8_0.BLOCK * q8_0.BLOCK_BYTES
            file.seek(start + offset)
            tensors[name] = Tensor(name, shape, kind, file.read(size))
    return metadata, tensors
