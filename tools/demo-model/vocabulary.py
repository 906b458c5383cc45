"""Whisper's tokens, mel filters and log-mel spectrogram, as whisper.cpp computes them."""

import base64
import importlib.util
import re
from pathlib import Path

import numpy as np
from scipy.fft import rfft

RATE_HZ = 16_000
WINDOW_S = 30

# Special tokens of the multilingual vocabulary.
END, START, TRANSCRIBE, NO_SPEECH, FIRST_TIME = 50_257, 50_258, 50_359, 50_362, 50_364
LANGUAGE = {"en": 50_259, "zh": 50_260}
N_VOCAB = 51_865

# How GPT-2's tokeniser cuts text before it merges bytes, for text without runs of spaces.
PIECES = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[^\W\d_]+| ?\d+| ?[^\s\w]+")


class Vocabulary:
    """Tokens and mel filters from the data files of the openai-whisper package."""

    def __init__(self):
        spec = importlib.util.find_spec("whisper")
        assets = Path(spec.submodule_search_locations[0]) / "assets"
        lines = (assets / "multilingual.tiktoken").read_bytes().splitlines()
        rows = [line.split() for line in lines if line]
        self.tokens = [base64.b64decode(token) for token, _ in rows]
        assert [int(rank) for _, rank in rows] == list(range(END))
        self.rank = {token: i for i, token in enumerate(self.tokens)}
        self.filters = np.load(assets / "mel_filters.npz")["mel_80"].astype(np.float32)

    def encode(self, text):
        """Token numbers of a text: byte pairs merged, lowest rank first."""
        out = []
        for piece in PIECES.findall(text):
            parts = [bytes([b]) for b in piece.encode()]
            while len(parts) > 1:
                ranks = [self.rank.get(a + b, END) for a, b in zip(parts, parts[1:], strict=False)]
                best = min(ranks)
                if best == END:
                    break
                i = ranks.index(best)
                parts[i : i + 2] = [parts[i] + parts[i + 1]]
            out += [self.rank[part] for part in parts]
        return out

    def decode(self, numbers):
        """Text of token numbers."""
        return b"".join(self.tokens[i] for i in numbers).decode()


HANN = (0.5 * (1 - np.cos(2 * np.pi * np.arange(400) / 400))).astype(np.float32)


def log_mel(samples, filters):
    """Spectrogram (2 frames per 20 ms, 80 bands): framing and clamping of whisper.cpp."""
    padded = np.concatenate([samples[1:201][::-1], samples, np.zeros(200, np.float32)])
    frames = np.lib.stride_tricks.sliding_window_view(padded.astype(np.float32), 400)[::160]
    frames = frames[: len(samples) // 160]
    power = np.abs(rfft(frames * HANN, axis=1)) ** 2
    mel = np.log10(np.maximum(power @ filters.T, np.float32(1e-10)))
    return ((np.maximum(mel, mel.max() - 8) + 4) / 4).astype(np.float32)
