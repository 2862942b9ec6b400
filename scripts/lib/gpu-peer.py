"""Times PyTorch on an NVIDIA GPU at the shape of Mistral 7B in bfloat16, with random weights: a peer for gpu-check.

Hugging Face's MistralForCausalLM where transformers is installed, else the same layers in plain PyTorch. Prints rows of
a markdown table: tokens per second of a prompt of 512 tokens, and of generating 32 tokens after 0, 4096 and 16384
others; by CUDA events, after a warm-up. Exit status 3: there is no PyTorch that sees a GPU.
"""

import sys

try:
    import torch
except ImportError:
    print("gpu-peer: there is no PyTorch here", file=sys.stderr)
    sys.exit(3)
if not torch.cuda.is_available():
    print("gpu-peer: PyTorch sees no GPU", file=sys.stderr)
    sys.exit(3)

VOCAB, DIM, FFN, LAYERS, HEADS, KV_HEADS, HEAD_DIM, EPSILON, THETA = 32000, 4096, 14336, 32, 32, 8, 128, 1e-5, 1e6
PROMPT, NEW, DEPTHS = 512, 32, (0, 4096, 16384)
LONGEST = DEPTHS[-1] + PROMPT + NEW + 8


class Plain(torch.nn.Module):
    """Mistral's layers with a cache of all positions; the rotation of queries and keys is by halves."""

    def __init__(self):
        super().__init__()
        linear = lambda i, o: torch.nn.Linear(i, o, bias=False)  # noqa: E731
        self.embedding = torch.nn.Embedding(VOCAB, DIM)
        self.layers = torch.nn.ModuleList()
        for _ in range(LAYERS):
            layer = torch.nn.ModuleDict(
                {
                    "q": linear(DIM, HEADS * HEAD_DIM),
                    "k": linear(DIM, KV_HEADS * HEAD_DIM),
                    "v": linear(DIM, KV_HEADS * HEAD_DIM),
                    "o": linear(HEADS * HEAD_DIM, DIM),
                    "gate": linear(DIM, FFN),
                    "up": linear(DIM, FFN),
                    "down": linear(FFN, DIM),
                }
            )
            layer.norms = torch.nn.Parameter(torch.ones(2, DIM))
            self.layers.append(layer)
        self.norm = torch.nn.Parameter(torch.ones(DIM))
        self.output = linear(DIM, VOCAB)

    def prepare(self):
        shape = (LAYERS, 1, KV_HEADS, LONGEST, HEAD_DIM)
        self.keys = torch.zeros(shape, dtype=torch.bfloat16, device="cuda")
        self.values = torch.zeros(shape, dtype=torch.bfloat16, device="cuda")
        frequencies = THETA ** (-torch.arange(0, HEAD_DIM, 2, device="cuda").float() / HEAD_DIM)
        angles = torch.outer(torch.arange(LONGEST, device="cuda").float(), frequencies)
        self.cos, self.sin = angles.cos().bfloat16(), angles.sin().bfloat16()

    def rotate(self, x, position):
        n, half = x.shape[2], HEAD_DIM // 2
        cos, sin = self.cos[position : position + n], self.sin[position : position + n]
        a, b = x[..., :half], x[..., half:]
        return torch.cat((a * cos - b * sin, b * cos + a * sin), dim=-1)

    def forward(self, tokens, position):
        norm = lambda x, w: torch.nn.functional.rms_norm(x, (DIM,), w, EPSILON)  # noqa: E731
        x, n = self.embedding(tokens), tokens.shape[1]
        end = position + n
        for i, layer in enumerate(self.layers):
            h = norm(x, layer.norms[0])
            q = self.rotate(layer["q"](h).view(1, n, HEADS, HEAD_DIM).transpose(1, 2), position)
            k = self.rotate(layer["k"](h).view(1, n, KV_HEADS, HEAD_DIM).transpose(1, 2), position)
            self.keys[i, :, :, position:end] = k
            self.values[i, :, :, position:end] = layer["v"](h).view(1, n, KV_HEADS, HEAD_DIM).transpose(1, 2)
            mask = torch.ones(n, end, dtype=torch.bool, device="cuda").tril(position) if n > 1 else None
            attended = torch.nn.functional.scaled_dot_product_attention(
                q, self.keys[i, :, :, :end], self.values[i, :, :, :end], attn_mask=mask, enable_gqa=True
            )
            x = x + layer["o"](attended.transpose(1, 2).reshape(1, n, HEADS * HEAD_DIM))
            h = norm(x, layer.norms[1])
            x = x + layer["down"](torch.nn.functional.silu(layer["gate"](h)) * layer["up"](h))
        return self.output(norm(x[:, -1:], self.norm))


def plain():
    with torch.device("cuda"):
        torch.set_default_dtype(torch.bfloat16)
        model = Plain()
    model.prepare()
    return "PyTorch " + torch.__version__, lambda tokens, position, state: (model(tokens, position), state)


def hugging_face():
    import transformers

    config = transformers.MistralConfig(
        vocab_size=VOCAB,
        hidden_size=DIM,
        intermediate_size=FFN,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        num_key_value_heads=KV_HEADS,
        head_dim=HEAD_DIM,
        max_position_embeddings=LONGEST,
        rms_norm_eps=EPSILON,
        rope_theta=THETA,
        sliding_window=None,
    )
    torch.set_default_dtype(torch.bfloat16)
    with torch.device("cuda"):
        model = transformers.MistralForCausalLM(config).eval()

    def step(tokens, position, state):
        result = model(input_ids=tokens, past_key_values=state, use_cache=True)
        return result.logits, result.past_key_values

    return "transformers " + transformers.__version__, step


def seconds(work):
    start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
    start.record()
    work()
    end.record()
    torch.cuda.synchronize()
    return start.elapsed_time(end) / 1e3


def tokens(count):
    return torch.randint(0, VOCAB, (1, count), device="cuda")


@torch.inference_mode()
def main():
    try:
        name, step = hugging_face()
    except ImportError:
        name, step = plain()
    prompt = tokens(PROMPT)
    step(prompt, 0, None)
    best = min(seconds(lambda: step(prompt, 0, None)) for _ in range(3))
    print(f"| {name}, bf16 | pp{PROMPT} | {PROMPT / best:.2f} |")
    for depth in DEPTHS:
        state, position = None, 0
        while position < depth:
            _, state = step(tokens(PROMPT), position, state)
            position += PROMPT

        def generate(count):
            nonlocal state, position
            for _ in range(count):
                _, state = step(tokens(1), position, state)
                position += 1

        generate(4)
        taken = seconds(lambda: generate(NEW))
        where = f" @ d{depth}" if depth else ""
        print(f"| {name}, bf16 | tg{NEW}{where} | {NEW / taken:.2f} |")


main()
