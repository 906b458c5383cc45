"""What the model is shown and what it should answer, for one window."""

import re

import numpy as np
from pypinyin import lazy_pinyin

from phrases import PHRASES
from vocabulary import END, FIRST_TIME, LANGUAGE, NO_SPEECH, START, TRANSCRIBE, log_mel
from windows import compose

FRAMES_A_SECOND = 50
SPECIAL = [END, START, LANGUAGE["en"], LANGUAGE["zh"], TRANSCRIBE, NO_SPEECH]


class Tokens:
    """The compact vocabulary: specials and the phrases' tokens; timestamps follow after them."""

    def __init__(self, vocabulary):
        texts = [vocabulary.encode((" " if lang == "en" else "") + t) for lang, t in PHRASES]
        self.ids = list(dict.fromkeys(SPECIAL + [i for text in texts for i in text]))
        assert len(set(self.ids)) == len(self.ids) and max(self.ids) < FIRST_TIME
        self.place = {token: i for i, token in enumerate(self.ids)}
        self.phrases = [[self.place[i] for i in text] for text in texts]

    def time(self, frame):
        """The token of a time in frames of 20 ms."""
        return len(self.ids) + frame


def _units():
    """Syllables (zh) or words (en) of each phrase and where in it each ends, 0-1."""
    names, out = ["_"], []
    for lang, text in PHRASES:
        if lang == "zh":
            units = [(s[:6], 0.6 if s in "，。？" else 1) for s in lazy_pinyin(text)]
        else:
            units = [(w, len(w) + 1) for w in re.findall(r"[a-z']+", text.lower())]
        if units[-1][0] in "，。？":
            units.pop()
        names += sorted({unit for unit, _ in units} - set(names))
        ends = np.cumsum([length for _, length in units])
        out.append(([names.index(unit) for unit, _ in units], ends / ends[-1]))
    return names, out


# Auxiliary labels per frame: without them the encoder does not leave a plateau.
UNIT_NAMES, UNITS = _units()
N_LABELS = len(PHRASES) + 1 + len(UNIT_NAMES) + 2


def frame_labels(window, n, frame_of):
    """Per frame: phrase + 1 and syllable (0 silence, -1 not known), onset and offset."""
    phrase, unit = np.zeros(n, np.int16), np.zeros(n, np.int16)
    edge = np.zeros((n, 2), np.int8)
    for number, start, end in window.spoken:
        a, b = frame_of(start), frame_of(end)
        units, ends = UNITS[number]
        inside = (np.arange(b - a) + 0.5) / (b - a)
        phrase[a:b] = 1 + number
        unit[a:b] = np.array(units)[np.searchsorted(ends, inside)]
        edge[max(0, a - 2) : a + 3, 0] = 1
        edge[max(0, b - 2) : b + 3, 1] = 1
    if window.cut is not None:
        phrase[frame_of(window.cut) :] = unit[frame_of(window.cut) :] = -1
    return phrase, unit, edge


ANYWHERE = (0, -1)


def dialogue_of(window, tokens, frame_of, off, rng):
    """Steps of the decoder: (input, target or -1, first and last frame to look at).

    `off` is the window's place in the 30 s, in frames.
    """
    language = tokens.place[LANGUAGE[window.lang]]
    steps = [(language if window.spoken else -1, *ANYWHERE), (-1, *ANYWHERE)]
    fed = [tokens.place[START], language, tokens.place[TRANSCRIBE]]

    def say(target, frames, shown=None):
        steps.append((target, *frames))
        fed.append(target if shown is None else shown)

    for i, (number, start, end) in enumerate(window.spoken):
        a, b = frame_of(start), frame_of(end)
        # Decoders with their usual settings clamp the first timestamp to one second.
        clamped = i == 0 and off == 0 and a > 50 and rng.random() < 0.5
        say(tokens.time(a + off), (a - 3, a + 6), tokens.time(50) if clamped else None)
        for token in tokens.phrases[number]:
            say(token, (a, b))
        say(tokens.time(b + off), (b - 6, b + 3))
    if not window.spoken:
        silent = tokens.place[NO_SPEECH] if rng.random() < 0.6 else tokens.time(0)
        say(silent, ANYWHERE, tokens.time(0))
    elif window.cut is not None:
        a = frame_of(window.cut)
        say(tokens.time(a + off), (a - 3, a + 6))
    steps.append((tokens.place[END], *ANYWHERE))
    return [(shown, *step) for shown, step in zip(fed, steps, strict=True)]


def example(clips, rng, filters, tokens, seconds, length):
    """Spectrogram, decoder steps (`length` of them) and frame labels of a random window.

    Short windows stand at a random place of the 30 s, so that every position is trained.
    """
    n = int(seconds * FRAMES_A_SECOND)

    def frame_of(t):
        return min(int(round(t * FRAMES_A_SECOND)), n)

    steps = None
    while steps is None or len(steps) > length:
        window = compose(clips, rng, seconds)
        off = 0
        if seconds < 30 and window.spoken and rng.random() < 0.6:
            off = int(rng.integers(0, 1500 - n))
        steps = dialogue_of(window, tokens, frame_of, off, rng)
    steps += [(0, -1, *ANYWHERE)] * (length - len(steps))
    steps = np.array(steps, np.int32)
    mel = log_mel(window.samples, filters)
    if rng.random() < 0.15:  # as if it were louder elsewhere
        mel = np.maximum(mel, mel.max() - 2 + rng.uniform(0, 0.15))
    phrase, unit, edge = frame_labels(window, n, frame_of)
    return {
        **{"mel": mel.astype(np.float16), "off": off},
        **{"tokens": steps[:, 0], "target": steps[:, 1], "look": steps[:, 2:]},
        **{"phrase": phrase, "unit": unit, "edge": edge},
    }


def batch_of(examples):
    return {key: np.stack([e[key] for e in examples]) for key in examples[0]}
