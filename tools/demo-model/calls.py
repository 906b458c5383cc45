"""The demo calls: whole conversations on two telephone channels, and who says what when."""

import json
from dataclasses import dataclass

import numpy as np
import soundfile
from scipy.signal import resample_poly, sosfilt

from phrases import DIALOGUES
from sound import BAND
from speech import pinyin, speak

CALL_HZ = 8_000
PEAK_DB = -4.5
# Steps of 10 bits: finer than G.711 is for loud sounds, and FLAC leaves the six empty bits out.
STEP = 64
# Line noise per channel, in steps (root mean square): the agent's side is recorded from a headset
# and is clean, the customer's comes over a line with about -62 dB of full scale.
NOISE_STEPS = (0.0, 0.4)
ROLES = {"a": ("agent", 0), "c": ("customer", 1)}


@dataclass(frozen=True)
class Person:
    """A voice: espeak-ng's variant, words a minute, pitch 0-99, and how loud, 0-1."""

    variant: str
    speed: int
    pitch: int
    level: float = 1.0


@dataclass(frozen=True)
class Script:
    """How a dialogue is spoken."""

    agent: Person
    customer: Person
    # Seconds before an answer, from and to.
    pauses: tuple
    # Seconds before a line in place of that, by line number; negative: cuts in.
    before: dict


SCRIPTS = {
    # Line 5 comes back from a hold.
    "fridge": Script(
        Person("+f2", 186, 50),
        Person("+m3", 178, 45, 0.7),
        (0.35, 0.9),
        {0: 0.8, 5: 6.8, 10: 1.3, 19: 1.6},
    ),
    # The customer cuts in at lines 11 and 15.
    "suitcase": Script(
        Person("+f4", 168, 56, 0.9),
        Person("+m5", 178, 52),
        (0.35, 0.85),
        {0: 0.6, 10: 5.4, 11: -1.1, 12: 0.9, 15: -0.9, 16: 1.2},
    ),
    # A slow seller who looks for things on a page while talking.
    "seller": Script(
        Person("+f1", 160, 60, 0.95),
        Person("+m2", 124, 38, 0.9),
        (0.5, 1.4),
        {0: 0.9, 5: 3.6, 7: 4.2, 9: 2.4, 15: 1.9},
    ),
    # Line 6 comes back from a hold: the customer fills it.
    "parcel": Script(
        Person("+m1", 165, 48, 0.95),
        Person("+f3", 170, 58),
        (0.3, 0.8),
        {0: 0.7, 6: 5.2, 9: 1.2, 17: 1.5, 22: 1.1},
    ),
}


def said(lang, text, person, rng):
    """A line on the telephone at 8 kHz, and the first and last sample that can be heard."""
    speed = person.speed + int(rng.integers(-4, 5))
    pitch = person.pitch + int(rng.integers(-3, 4))
    wide = speak(lang, text, person.variant, speed, pitch)
    x = resample_poly(sosfilt(BAND, np.pad(wide, (160, 800))), 1, 2)
    x *= person.level / np.abs(x).max()
    loud = np.flatnonzero(np.abs(x) > 0.02 * np.abs(x).max())
    return x, int(loud[0]), int(loud[-1])


def conversation(dialogue, script, rng):
    """Language, both channels (n, 2) within ±1, and the lines with their samples at 8 kHz."""
    lang, lines = dialogue
    placed, over = [], 0.0
    for number, (role, text) in enumerate(lines):
        x, first, last = said(lang, text, script.agent if role == "a" else script.customer, rng)
        pause = script.before.get(number, rng.uniform(*script.pauses))
        at = int((over + pause) * CALL_HZ) - first
        placed.append((role, text, at, x, at + first, at + last))
        over = max(over, (at + last) / CALL_HZ)
    call = np.zeros((int((over + 1.2) * CALL_HZ), 2))
    for role, _, at, x, _, _ in placed:
        call[at : at + len(x), ROLES[role][1]] += x
    call *= 10 ** (PEAK_DB / 20) / np.abs(call).max()
    heard = [(role, text, first, last) for role, text, _, _, first, last in placed]
    return lang, call, heard


def stored(call, rng):
    """16-bit samples with line noise, in coarse steps."""
    steps = call * 32_767 / STEP + rng.standard_normal(call.shape) * NOISE_STEPS
    return (np.round(steps) * STEP).astype(np.int16)


def write(path, samples):
    soundfile.write(path, samples, CALL_HZ, subtype="PCM_16", format="FLAC", compression_level=1.0)


def described(name, lang, call, heard):
    """What calls.json says about a call."""

    def ms(sample):
        return round(sample * 1_000 / CALL_HZ)

    lines = []
    for role, text, first, last in heard:
        line = {"role": ROLES[role][0], "channel": ROLES[role][1]}
        line |= {"start_ms": ms(first), "end_ms": ms(last), "text": text}
        lines.append(line | ({"pinyin": pinyin(text)} if lang == "zh" else {}))
    size = {"file": f"calls/{name}.flac", "duration_ms": ms(len(call))}
    return {"id": name, "language": lang, **size, "lines": lines}


def make_calls(folder):
    """Writes calls/*.flac and calls.json."""
    (folder / "calls").mkdir(parents=True, exist_ok=True)
    calls = []
    for seed, (name, script) in enumerate(SCRIPTS.items()):
        rng = np.random.default_rng([2026, seed])
        lang, call, heard = conversation(DIALOGUES[name], script, rng)
        write(folder / "calls" / f"{name}.flac", stored(call, rng))
        calls.append(described(name, lang, call, heard))
    text = json.dumps({"calls": calls}, ensure_ascii=False, indent=1)
    (folder / "calls.json").write_text(text + "\n", encoding="utf-8")
