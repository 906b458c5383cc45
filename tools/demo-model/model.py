"""Whisper's architecture in JAX, with a vocabulary of only the tokens the phrases need."""

import jax
import jax.numpy as jnp
import numpy as np

WIDTH, HEADS, AUDIO_LAYERS = 64, 2, 3
# Two text layers would tell whisper.cpp that this is a distilled model without timestamps.
TEXT_LAYERS = 3


def sinusoid(n, longest=1000.0):
    """Positions as Whisper writes them: (n, WIDTH)."""
    half = WIDTH // 2
    speeds = np.exp(-np.log(longest) * np.arange(half) / (half - 1))
    angle = np.arange(n)[:, None] * speeds[None]
    return np.concatenate([np.sin(angle), np.cos(angle)], 1).astype(np.float32)


# Timestamps share one linear map of these, so that all 1501 learn together.
TIMES = sinusoid(1501)
AUDIO_PLACES = sinusoid(1500)
TEXT_PLACES = sinusoid(448) * 0.2
# The last dimension of the output is reserved: see ggml.py.
KEEP = np.r_[np.ones(WIDTH - 1), 0].astype(np.float32)


def init(n_tokens, n_labels, seed):
    """Random parameters; `n_labels` auxiliary outputs per audio frame, which are not exported."""
    rng = np.random.default_rng(seed)

    def normal(*shape, std=None):
        return (rng.standard_normal(shape) * (std or shape[0] ** -0.5)).astype(np.float32)

    def zeros(n):
        return np.zeros(n, np.float32)

    def norm():
        return {"w": np.ones(WIDTH, np.float32), "b": zeros(WIDTH)}

    def attention():
        return {
            **{"q": normal(WIDTH, WIDTH), "qb": zeros(WIDTH), "k": normal(WIDTH, WIDTH)},
            **{"v": normal(WIDTH, WIDTH), "vb": zeros(WIDTH)},
            **{"o": normal(WIDTH, WIDTH) * 0.3, "ob": zeros(WIDTH)},
        }

    def feed():
        return {
            **{"a": normal(WIDTH, 4 * WIDTH), "ab": zeros(4 * WIDTH)},
            **{"b": normal(4 * WIDTH, WIDTH) * 0.3, "bb": zeros(WIDTH)},
        }

    def layer(crossed):
        cross = {"cross_norm": norm(), "cross": attention()} if crossed else {}
        return {"att_norm": norm(), "att": attention(), **cross, "mlp_norm": norm(), "mlp": feed()}

    return {
        **{"conv1": normal(3 * 80, WIDTH), "conv1b": zeros(WIDTH)},
        **{"conv2": normal(3 * WIDTH, WIDTH), "conv2b": zeros(WIDTH)},
        **{"audio": [layer(False) for _ in range(AUDIO_LAYERS)], "audio_norm": norm()},
        **{"tokens": normal(n_tokens, WIDTH, std=0.15)},
        **{"times": (np.eye(WIDTH) * 0.15).astype(np.float32)},
        **{"times_b": normal(1, WIDTH, std=0.15)[0]},
        **{"text": [layer(True) for _ in range(TEXT_LAYERS)], "text_norm": norm()},
        **{"labels": normal(WIDTH, n_labels), "labels_b": zeros(n_labels)},
    }


def normed(x, p):
    mean = x.mean(-1, keepdims=True)
    spread = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(spread + 1e-5) * p["w"] + p["b"]


def heads(x, y, p):
    """Queries of x, keys and values of y: (batch, head, time, WIDTH / HEADS)."""
    size = WIDTH // HEADS

    def split(t):
        return t.reshape(*t.shape[:2], HEADS, size).transpose(0, 2, 1, 3)

    q, k, v = split(x @ p["q"] + p["qb"]), split(y @ p["k"]), split(y @ p["v"] + p["vb"])
    return q * size**-0.5, k.transpose(0, 1, 3, 2), v


def joined(out, p):
    batch, _, n, _ = out.shape
    return out.transpose(0, 2, 1, 3).reshape(batch, n, WIDTH) @ p["o"] + p["ob"]


def attend(x, y, p, mask=None):
    """Attention of x to y; gives the result and the weights (batch, head, x, y)."""
    q, k, v = heads(x, y, p)
    scores = q @ k if mask is None else q @ k + mask
    weights = jax.nn.softmax(scores, -1)
    return joined(weights @ v, p), weights


def attend_to_itself(x, p, piece=125):
    """Attention over long audio, `piece` queries at a time: stays in the cache, twice as fast."""
    q, k, v = heads(x, x, p)
    batch, n_heads, n, size = q.shape
    pieces = q.reshape(batch, n_heads, n // piece, piece, size).transpose(2, 0, 1, 3, 4)
    out = jax.lax.map(jax.checkpoint(lambda part: jax.nn.softmax(part @ k, -1) @ v), pieces)
    return joined(out.transpose(1, 2, 0, 3, 4).reshape(q.shape), p)


def gelu(x):
    """The tanh form, as ggml has it."""
    return jax.nn.gelu(x, approximate=True)


def fed(x, p):
    return gelu(x @ p["a"] + p["ab"]) @ p["b"] + p["bb"]


def encode(params, mel, places):
    """Audio frames (batch, time / 2, WIDTH) of a spectrogram (batch, time, 80)."""
    n = mel.shape[1]

    def beside(x, step):
        x = jnp.pad(x, ((0, 0), (1, 1), (0, 0)))
        return jnp.concatenate([x[:, i : i + n : step] for i in range(3)], -1)

    x = gelu(beside(mel, 1) @ params["conv1"] + params["conv1b"])
    x = gelu(beside(x, 2) @ params["conv2"] + params["conv2b"]) + places
    for layer in params["audio"]:
        h = normed(x, layer["att_norm"])
        x = x + attend_to_itself(h, layer["att"])
        x = x + fed(normed(x, layer["mlp_norm"]), layer["mlp"])
    return normed(x, params["audio_norm"])


def embedding(params):
    """Rows of the compact vocabulary: tokens, then the 1501 timestamps."""
    times = TIMES @ params["times"] + params["times_b"]
    return jnp.concatenate([params["tokens"], times]) * KEEP


def decode(params, tokens, audio):
    """Scores of the next tokens, and what the first head of each layer looked at."""
    table = embedding(params)
    n = tokens.shape[1]
    x = table[tokens] + TEXT_PLACES[:n]
    mask = jnp.where(jnp.tril(jnp.ones((n, n), bool)), 0.0, -1e9)
    looks = []
    for layer in params["text"]:
        h = normed(x, layer["att_norm"])
        x = x + attend(h, h, layer["att"], mask)[0]
        out, weights = attend(normed(x, layer["cross_norm"]), audio, layer["cross"])
        x = x + out
        looks.append(weights[:, 0])
        x = x + fed(normed(x, layer["mlp_norm"]), layer["mlp"])
    return normed(x, params["text_norm"]) @ table.T, looks
