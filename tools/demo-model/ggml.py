"""Writes the trained parameters as a Whisper model in ggml form, quantised or not."""

import struct

import numpy as np

import model
from vocabulary import FIRST_TIME, N_VOCAB

MAGIC = 0x67676D6C
F32, F16, Q5_0 = 0, 1, 6
# What the header calls them; quantised files carry the version of the format in thousands.
FILE_TYPE = {F16: 1, Q5_0: 2_008}
BLOCK = 32
# The score of tokens that were never trained.
NEVER = -20


def quantised(values):
    """Blocks of 32 values as ggml's q5_0: a half-precision scale, 32 high bits, 32 low nibbles."""
    x = np.ascontiguousarray(values, np.float32).reshape(-1, BLOCK)
    biggest = np.take_along_axis(x, np.abs(x).argmax(1)[:, None], 1)
    scale = biggest / np.float32(-16)
    with np.errstate(divide="ignore"):
        inverse = np.where(scale != 0, np.float32(1) / scale, np.float32(0))
    codes = np.clip((x * inverse + np.float32(16.5)).astype(np.int32), 0, 31).astype(np.uint32)
    low, high = codes & 15, codes >> 4
    out = np.empty((len(x), 22), np.uint8)
    out[:, :2] = scale.astype("<f2").view(np.uint8)
    high = (high << np.arange(BLOCK, dtype=np.uint32)).sum(1, dtype=np.uint32)
    out[:, 2:6] = high.astype("<u4")[:, None].view(np.uint8)
    out[:, 6:] = low[:, :16] | low[:, 16:] << 4
    return out.tobytes()


def unquantised(data):
    """The values of q5_0 blocks."""
    blocks = np.frombuffer(data, np.uint8).reshape(-1, 22)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    high = blocks[:, 2:6].copy().view("<u4") >> np.arange(BLOCK, dtype=np.uint32) & 1
    low = np.concatenate([blocks[:, 6:] & 15, blocks[:, 6:] >> 4], 1)
    return ((low + 16 * high).astype(np.float32) - 16) * scale


def tensors(params, ids):
    """(name, array) in the order and the shapes of Whisper."""
    width = model.WIDTH

    def linear(name, weight, bias=None):
        yield name + ".weight", weight.T
        if bias is not None:
            yield name + ".bias", bias

    def norm(name, p):
        yield name + ".weight", p["w"]
        yield name + ".bias", p["b"]

    def attention(name, p):
        yield from linear(name + ".query", p["q"], p["qb"])
        yield from linear(name + ".key", p["k"])
        yield from linear(name + ".value", p["v"], p["vb"])
        yield from linear(name + ".out", p["o"], p["ob"])

    def convolution(name, weight, bias, inputs):
        yield name + ".weight", weight.reshape(3, inputs, width).transpose(2, 1, 0)
        yield name + ".bias", bias[:, None]

    def layers(name, stack, crossed):
        for i, layer in enumerate(stack):
            block = f"{name}.blocks.{i}"
            yield from attention(block + ".attn", layer["att"])
            yield from norm(block + ".attn_ln", layer["att_norm"])
            if crossed:
                yield from attention(block + ".cross_attn", layer["cross"])
                yield from norm(block + ".cross_attn_ln", layer["cross_norm"])
            yield from norm(block + ".mlp_ln", layer["mlp_norm"])
            yield from linear(block + ".mlp.0", layer["mlp"]["a"], layer["mlp"]["ab"])
            yield from linear(block + ".mlp.2", layer["mlp"]["b"], layer["mlp"]["bb"])

    yield "encoder.positional_embedding", model.AUDIO_PLACES
    yield from convolution("encoder.conv1", params["conv1"], params["conv1b"], 80)
    yield from convolution("encoder.conv2", params["conv2"], params["conv2b"], width)
    yield from layers("encoder", params["audio"], crossed=False)
    yield from norm("encoder.ln_post", params["audio_norm"])
    yield "decoder.positional_embedding", model.TEXT_PLACES
    # Tokens that were never trained get one score whatever is heard: the last norm makes the
    # reserved dimension 1 for every step, and only their rows have something there.
    rows = np.zeros((N_VOCAB, width), np.float32)
    rows[:, -1] = NEVER
    rows[ids] = params["tokens"] * model.KEEP
    rows[FIRST_TIME:] = (model.TIMES @ params["times"] + params["times_b"]) * model.KEEP
    yield "decoder.token_embedding.weight", rows
    yield from layers("decoder", params["text"], crossed=True)
    last = {key: value.copy() for key, value in params["text_norm"].items()}
    last["w"][-1], last["b"][-1] = 0, 1
    yield from norm("decoder.ln", last)


def kind_of(name, array, kind):
    """How a tensor is stored: weights as asked for, convolutions as halves, the rest in full."""
    if array.ndim < 2 or name.endswith(("bias", "positional_embedding")):
        return F32
    return F16 if "conv" in name else kind


def write_model(path, vocabulary, params, ids, kind):
    """Writes a model file; `kind` of the weights is F16 or Q5_0."""
    width, heads = model.WIDTH, model.HEADS
    audio = (1_500, width, heads, model.AUDIO_LAYERS)
    text = (448, width, heads, model.TEXT_LAYERS)
    with path.open("wb") as file:
        file.write(struct.pack("<12i", MAGIC, N_VOCAB, *audio, *text, 80, FILE_TYPE[kind]))
        file.write(struct.pack("<2i", *vocabulary.filters.shape))
        file.write(vocabulary.filters.tobytes())
        file.write(struct.pack("<i", len(vocabulary.tokens)))
        for token in vocabulary.tokens:
            file.write(struct.pack("<i", len(token)) + token)
        for name, array in tensors(params, ids):
            stored, raw = kind_of(name, array, kind), name.encode()
            file.write(struct.pack("<3i", array.ndim, len(raw), stored))
            file.write(struct.pack(f"<{array.ndim}i", *array.shape[::-1]) + raw)
            if stored == Q5_0:
                file.write(quantised(array))
            else:
                half = stored == F16
                file.write(np.ascontiguousarray(array, "<f2" if half else "<f4").tobytes())


def read_layout(path):
    """Header words, tokens, and {name: (kind, shape, bytes)} of a model file."""
    with path.open("rb") as file:

        def words(n):
            return struct.unpack(f"<{n}i", file.read(4 * n))

        header, filters = words(12), words(2)
        file.seek(4 * filters[0] * filters[1], 1)
        tokens = [file.read(words(1)[0]) for _ in range(words(1)[0])]
        found = {}
        while start := file.read(12):
            dimensions, length, kind = struct.unpack("<3i", start)
            shape = words(dimensions)[::-1]
            name = file.read(length).decode()
            count = int(np.prod(shape))
            size = {F32: 4 * count, F16: 2 * count, Q5_0: count // BLOCK * 22}[kind]
            found[name] = (kind, shape, file.read(size))
    return header, tokens, found
