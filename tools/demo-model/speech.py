"""Synthetic speech: every phrase in many voices, by espeak-ng."""

import io
import subprocess
import wave
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from pypinyin import Style, lazy_pinyin
from scipy.signal import resample_poly

from phrases import PHRASES
from vocabulary import RATE_HZ

# espeak-ng's voice variants ("" is the plain voice). The demo calls use some of the trained ones.
TRAINED = ["", "+m1", "+m2", "+m3", "+m4", "+m5", "+m6", "+f1", "+f2", "+f3", "+f4"]
UNSEEN = ["+m7", "+f5"]
RENDERS_PER_VOICE = 6


def pinyin(text):
    """Numbered pinyin: what espeak-ng must be fed, because it misreads Chinese writing."""
    return " ".join(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True))


def speak(lang, text, variant, speed, pitch):
    """One phrase: float32 within ±1 at 16 kHz, silence at both ends cut to 10 ms.

    `speed` in words a minute, `pitch` 0-99.
    """
    voice = ("cmn-latn-pinyin" if lang == "zh" else "en-us") + variant
    said = pinyin(text) if lang == "zh" else text
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "--stdout", said]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    assert wave.open(io.BytesIO(raw)).getframerate() == 22_050
    x = resample_poly(np.frombuffer(raw[44:], "<i2").astype(np.float32), 320, 441)
    loud = np.flatnonzero(np.abs(x) > 0.02 * np.abs(x).max())
    x = x[max(0, loud[0] - 160) : loud[-1] + 160]
    return (x / np.abs(x).max() * 0.6).astype(np.float32)


def make_clips(path, voices, renders, seed):
    """Renders every phrase `renders` times in each voice into one .npz file."""
    rng = np.random.default_rng(seed)
    jobs = [
        (number, lang, text, voice, int(rng.integers(115, 201)), int(rng.integers(25, 76)))
        for number, (lang, text) in enumerate(PHRASES)
        for voice in voices
        for _ in range(renders)
    ]
    with ThreadPoolExecutor(2) as pool:
        clips = list(pool.map(lambda job: speak(*job[1:]), jobs))
    audio = (np.concatenate(clips) * 32_767).astype(np.int16)
    ends = np.cumsum([len(clip) for clip in clips])
    draft = path.with_suffix(".part.npz")
    np.savez(draft, audio=audio, ends=ends, phrase=np.array([job[0] for job in jobs]))
    draft.replace(path)
    print(f"{len(clips)} clips, {len(audio) / RATE_HZ / 60:.0f} minutes: {path}", flush=True)


class Clips:
    """Rendered phrases, to be drawn from."""

    def __init__(self, path):
        stored = np.load(path)
        self.audio, self.ends = stored["audio"], stored["ends"]
        self.starts = np.r_[0, self.ends[:-1]]
        self.by_phrase = [np.flatnonzero(stored["phrase"] == p) for p in range(len(PHRASES))]

    def draw(self, phrase, rng):
        """A random rendering of a phrase: float32 within ±1."""
        i = rng.choice(self.by_phrase[phrase])
        return self.audio[self.starts[i] : self.ends[i]].astype(np.float32) / 32_768
