"""Mistral's forward pass in PyTorch: RMSNorm, grouped-query attention under a sliding window, RoPE on adjacent pairs, SwiGLU.

Parameters carry the tensor names of GGUF, and float32 throughout. Letters in shapes: B rows, T positions of a row,
D dim, H query heads, K key/value heads, G = H/K, d head_dim, W window, N = T/W blocks, V vocabulary.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

BOS = 1


@dataclass(frozen=True)
class Config:
    dim: int = 256
    layers: int = 5
    hidden_dim: int = 768
    heads: int = 8
    kv_heads: int = 2
    head_dim: int = 32
    vocab: int = 4096
    context: int = 512
    window: int = 64
    rope_theta: float = 10_000.0
    norm_eps: float = 1e-5


class RmsNorm(nn.Module):
    def __init__(self, dim: int, eps: float):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(dim))  # (D)

    def forward(self, x: Tensor) -> Tensor:
        """(…, D) → (…, D)"""
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps) * self.weight


def rope_table(config: Config, length: int) -> tuple[Tensor, Tensor]:
    """Cosine and sine, each (length, d/2)."""
    frequency = config.rope_theta ** (-torch.arange(0, config.head_dim, 2).double() / config.head_dim)
    angle = torch.outer(torch.arange(length).double(), frequency)
    return angle.cos().float(), angle.sin().float()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotates the pairs (2i, 2i+1): x (B, heads, T, d); cos, sin (T, d/2)."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1).flatten(-2)


def document_numbers(tokens: Tensor) -> Tensor:
    """(B, T) → (B, T): documents packed into one row are numbered by the bos tokens before and at each position."""
    return (tokens == BOS).cumsum(dim=1)


def dense_mask(documents: Tensor, window: int) -> Tensor:
    """(B, T) → bool (B, 1, T, T): i sees j when i − W < j ≤ i and both are in one document."""
    position = torch.arange(documents.shape[1])
    distance = position[:, None] - position[None, :]
    same = documents[:, :, None] == documents[:, None, :]
    return ((distance >= 0) & (distance < window) & same)[:, None]


def dense_attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """q (B, H, T, d); k, v (B, K, T, d); mask bool (B, 1, T, T) → (B, H, T, d). The plain form, for evaluation."""
    group = q.shape[1] // k.shape[1]
    k, v = k.repeat_interleave(group, dim=1), v.repeat_interleave(group, dim=1)
    scores = (q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])).masked_fill(~mask, -torch.inf)
    return scores.softmax(-1) @ v


def blocked_mask(documents: Tensor, window: int) -> Tensor:
    """(B, T) → bool (B, 1, N, 1, W, 2W): the same rule for queries of block n and keys of blocks n−1 and n."""
    rows, length = documents.shape
    blocks = documents.view(rows, length // window, window)  # (B, N, W)
    query, key = torch.arange(window), torch.arange(2 * window)
    distance = window + query[:, None] - key[None, :]
    before = functional.pad(blocks, (0, 0, 1, 0), value=-1)[:, :-1]
    keys = torch.cat((before, blocks), dim=2)  # (B, N, 2W)
    same = blocks[..., :, None] == keys[..., None, :]
    return ((distance >= 0) & (distance < window) & same)[:, None, :, None]


def blocked_attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """As dense_attention, for T a multiple of W: no query looks past the block before its own. Costs T·2W, not T·T."""
    rows, heads, length, d = q.shape
    kv_heads = k.shape[1]
    window = mask.shape[-2]
    n, group = length // window, heads // kv_heads

    def with_block_before(x: Tensor) -> Tensor:
        """(B, K, T, d) → (B, K, N, 2W, d)"""
        x = x.reshape(rows, kv_heads, n, window, d)
        return torch.cat((functional.pad(x, (0, 0, 0, 0, 1, 0))[:, :, :-1], x), dim=3)

    q = q.reshape(rows, kv_heads, group, n, window, d).transpose(2, 3).reshape(rows, kv_heads, n, group * window, d)
    scores = q @ with_block_before(k).transpose(-1, -2) / math.sqrt(d)  # (B, K, N, G·W, 2W)
    scores = scores.view(rows, kv_heads, n, group, window, 2 * window).masked_fill(~mask, -torch.inf)
    out = scores.softmax(-1).view(rows, kv_heads, n, group * window, 2 * window) @ with_block_before(v)
    return out.view(rows, kv_heads, n, group, window, d).transpose(2, 3).reshape(rows, heads, length, d)


class Block(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.config = config
        dim, q_rows, kv_rows = config.dim, config.heads * config.head_dim, config.kv_heads * config.head_dim
        self.attn_norm = RmsNorm(dim, config.norm_eps)
        self.attn_q = nn.Linear(dim, q_rows, bias=False)
        self.attn_k = nn.Linear(dim, kv_rows, bias=False)
        self.attn_v = nn.Linear(dim, kv_rows, bias=False)
        self.attn_output = nn.Linear(q_rows, dim, bias=False)
        self.ffn_norm = RmsNorm(dim, config.norm_eps)
        self.ffn_gate = nn.Linear(dim, config.hidden_dim, bias=False)
        self.ffn_up = nn.Linear(dim, config.hidden_dim, bias=False)
        self.ffn_down = nn.Linear(config.hidden_dim, dim, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, blocked: bool) -> Tensor:
        """x (B, T, D) → (B, T, D)"""
        rows, length, _ = x.shape
        h = self.attn_norm(x)
        q, k, v = (w(h).view(rows, length, -1, self.config.head_dim).transpose(1, 2)
                   for w in (self.attn_q, self.attn_k, self.attn_v))
        attention = blocked_attention if blocked else dense_attention
        out = attention(rotate(q, cos, sin), rotate(k, cos, sin), v, mask)
        x = x + self.attn_output(out.transpose(1, 2).reshape(rows, length, -1))
        h = self.ffn_norm(x)
        return x + self.ffn_down(functional.silu(self.ffn_gate(h)) * self.ffn_up(h))


class Mistral(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.config = config
        self.token_embd = nn.Embedding(config.vocab, config.dim)
        self.blk = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.output_norm = RmsNorm(config.dim, config.norm_eps)
        self.output = nn.Linear(config.dim, config.vocab, bias=False)
        self.apply_initial_weights()

    def apply_initial_weights(self) -> None:
        """Normal, 0.02; what is added to the residual stream is scaled down by the number of additions."""
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                residual = name.endswith(("attn_output.weight", "ffn_down.weight"))
                nn.init.normal_(parameter, std=0.02 / (math.sqrt(2 * self.config.layers) if residual else 1))

    def forward(self, tokens: Tensor, blocked: bool = False) -> Tensor:
        """tokens int64 (B, T) → logits (B, T, V). Attention stays inside each document (bos begins one)."""
        cos, sin = rope_table(self.config, tokens.shape[1])
        documents = document_numbers(tokens)
        mask = (blocked_mask if blocked else dense_mask)(documents, self.config.window)
        x = self.token_embd(tokens)
        for block in self.blk:
            x = block(x, cos, sin, mask, blocked)
        return self.output(self.output_norm(x))

    def parameter_count(self) -> int:
        return sum(p.numel() for p in self.parameters())
