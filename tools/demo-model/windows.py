"""Random windows of speech, composed as the app cuts them out of a call."""

from dataclasses import dataclass, field

import numpy as np

from phrases import BY_LANGUAGE, PHRASES
from sound import noise, not_speech, telephone
from vocabulary import RATE_HZ

# The app keeps this much around an utterance and shortens longer pauses to twice as much.
PAD_S = 0.4


@dataclass
class Window:
    """Samples at 16 kHz within ±1 and what is said in them."""

    samples: np.ndarray
    lang: str
    # (phrase, start, end), in seconds.
    spoken: list = field(default_factory=list)
    # Start of a last utterance that the window's end cuts off, in seconds.
    cut: float | None = None


def pause(rng):
    """Seconds between two utterances of a packed window."""
    kind = rng.random()
    if kind < 0.2:
        return rng.uniform(0.05, 0.2)
    if kind < 0.5:
        return rng.uniform(0.2, 0.5)
    if kind < 0.7:
        return rng.uniform(0.5, 1.0)
    return 2 * PAD_S + rng.uniform(-0.08, 0.08)


def spoken_by(clips, phrase, rng):
    """A rendering; half of them a little faster and higher, or slower and lower."""
    clip = clips.draw(phrase, rng)
    if rng.random() < 0.5:
        at = np.arange(0, len(clip), rng.uniform(0.94, 1.06))
        clip = np.interp(at, np.arange(len(clip)), clip).astype(np.float32)
    return clip * rng.uniform(0.6, 1.0)


def on_the_line(x, rng):
    """What a line makes of a sound; one in five windows stays wide-band."""
    if rng.random() < 0.8:
        x = telephone(x, rng)
    elif rng.random() < 0.7:
        x = x + noise(len(x), rng, 10 ** rng.uniform(-4.5, -2.3))
    return np.clip(x, -1, 1)


def packed(clips, rng, seconds):
    """A window as the app packs it: pads and pauses of known length, digital zero to the end."""
    lang = "zh" if rng.random() < 0.67 else "en"
    most = 1 if rng.random() < 0.2 else 99
    limit = seconds - 0.5 if rng.random() < 0.5 else rng.uniform(0.3, 1) * seconds - 0.5
    lead = PAD_S + rng.uniform(-0.1, 0.05) if rng.random() < 0.7 else rng.uniform(0, 0.6)
    cursor, pieces, spoken = lead, [], []
    while len(spoken) < most:
        phrase = int(rng.choice(BY_LANGUAGE[lang]))
        clip = spoken_by(clips, phrase, rng)
        length = len(clip) / RATE_HZ
        if spoken and cursor + length > limit or cursor + length + 0.1 > seconds:
            break
        pieces.append((cursor, clip))
        spoken.append((phrase, cursor, cursor + length))
        cursor += length + pause(rng)
    end = spoken[-1][2] if spoken else 0.0
    tail = PAD_S + rng.uniform(-0.02, 0.02) if rng.random() < 0.7 else rng.uniform(0, PAD_S)
    n = min(int((end + tail) * RATE_HZ), int(seconds * RATE_HZ))
    return finish(pieces, n, lang, spoken, None, rng, seconds)


def running(clips, rng, seconds):
    """A stretch of a channel as it is: any pause, a late start, maybe cut off at the end."""
    lang = "zh" if rng.random() < 0.67 else "en"
    kind = rng.random()
    cursor = rng.uniform(0, 1) if kind < 0.6 else rng.uniform(1, 0.4 * seconds)
    longest = rng.choice([0.5, 1.0, 4.0, 8.0], p=[0.25, 0.35, 0.2, 0.2])
    stop = seconds if rng.random() < 0.6 else rng.uniform(0.2, 1) * seconds
    pieces, spoken, cut = [], [], None
    while True:
        phrase = int(rng.choice(BY_LANGUAGE[lang]))
        clip = spoken_by(clips, phrase, rng)
        end = cursor + len(clip) / RATE_HZ
        if end > stop:
            if stop == seconds and cursor < seconds - 0.1:
                pieces.append((cursor, clip))
                cut = cursor
            break
        pieces.append((cursor, clip))
        spoken.append((phrase, cursor, end))
        cursor = end + rng.uniform(0.12, longest)
    return finish(pieces, int(seconds * RATE_HZ), lang, spoken, cut, rng, seconds)


def finish(pieces, n, lang, spoken, cut, rng, seconds):
    """Lays the pieces on a line of `n` samples and fills up with digital zero."""
    line = np.zeros(n)
    for at, clip in pieces:
        first = int(at * RATE_HZ)
        part = clip[: n - first]
        line[first : first + len(part)] += part
    line *= 10 ** rng.uniform(-1.0, 0.1)
    samples = np.zeros(int(seconds * RATE_HZ), np.float32)
    samples[:n] = on_the_line(line, rng)
    return Window(samples, lang, spoken, cut)


def compose(clips, rng, seconds):
    """A random window: mostly packed, some running, some without speech."""
    kind = rng.random()
    while True:
        if kind < 0.07:
            n = int(seconds * RATE_HZ * (1 if rng.random() < 0.5 else rng.uniform(0.1, 1)))
            samples = np.zeros(int(seconds * RATE_HZ), np.float32)
            samples[:n] = on_the_line(not_speech(n, rng), rng)
            return Window(samples, str(rng.choice(list(BY_LANGUAGE))))
        window = (packed if kind < 0.78 else running)(clips, rng, seconds)
        if window.spoken:
            return window


def text_of(window):
    """What is said, in order."""
    return [PHRASES[phrase][1] for phrase, _, _ in window.spoken]
