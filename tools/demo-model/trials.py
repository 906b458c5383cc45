"""Recordings to evaluate the model with: voices and orders never trained, and no speech at all."""

import numpy as np

from calls import CALL_HZ, SCRIPTS, Person, Script, conversation, described, stored, write
from phrases import BY_LANGUAGE, DIALOGUES, PHRASES
from sound import hum, music, noise, ring_tone
from vocabulary import RATE_HZ

SILENT_S = 60
AGENTS = [Person("+f5", 170, 50), Person("+m7", 162, 46, 0.9)]
CUSTOMERS = [Person("+m7", 172, 52, 0.8), Person("+f5", 158, 58, 0.9)]


def unseen(name, number):
    """A script with voices that were never trained."""
    known = SCRIPTS[name]
    return Script(AGENTS[number % 2], CUSTOMERS[number % 2], known.pauses, known.before)


def shuffled(lang, count, rng):
    """A conversation of phrases in any order, by anybody."""
    picked = rng.permutation(BY_LANGUAGE[lang])[:count]
    return lang, [("ac"[rng.integers(0, 2)], PHRASES[i][1]) for i in picked]


def make_trials(folder):
    """Writes recordings into `folder`; gives what calls.json would say of them, by group."""
    folder.mkdir(parents=True, exist_ok=True)
    groups = {"unseen voices": [], "unseen voices, any order": []}

    def add(group, name, dialogue, script, rng):
        lang, call, heard = conversation(dialogue, script, rng)
        write(folder / f"{name}.flac", stored(call, rng))
        groups[group].append(described(name, lang, call, heard))

    for number, (name, dialogue) in enumerate(DIALOGUES.items()):
        rng = np.random.default_rng([77, number])
        add("unseen voices", f"unseen-{name}", dialogue, unseen(name, number), rng)
    for number, lang in enumerate(["zh", "en", "zh", "zh"]):
        rng = np.random.default_rng([78, number])
        script = Script(AGENTS[number % 2], CUSTOMERS[number % 2], (0.1, 1.2), {0: 0.5})
        dialogue = shuffled(lang, 24, rng)
        add("unseen voices, any order", f"order-{number}-{lang}", dialogue, script, rng)
    return groups


def make_silences(folder):
    """Writes two channels of each sound that is not speech; gives their names."""
    folder.mkdir(parents=True, exist_ok=True)
    rng, n = np.random.default_rng(79), SILENT_S * RATE_HZ
    kinds = {
        "zero": lambda: np.zeros(n),
        "line-noise": lambda: noise(n, rng, 10**-2.3),
        "hum-50-hz": lambda: hum(n, rng, 0.02) + noise(n, rng, 1e-3),
        "ring-tone": lambda: ring_tone(n, rng, 0.25) + noise(n, rng, 1e-3),
        "hold-music": lambda: music(n, rng, 0.35) + noise(n, rng, 1e-3),
    }
    for name, sound in kinds.items():
        both = np.stack([on_telephone(sound()) for _ in range(2)], 1)
        write(folder / f"silent-{name}.flac", np.round(both * 32_767).astype(np.int16))
    return [f"silent-{name}" for name in kinds]


def on_telephone(x):
    """At 8 kHz, with nothing above the new Nyquist frequency."""
    spectrum = np.fft.rfft(x)[: len(x) * CALL_HZ // RATE_HZ // 2 + 1]
    low = np.fft.irfft(spectrum, len(x) * CALL_HZ // RATE_HZ) * CALL_HZ / RATE_HZ
    return np.clip(low, -1, 1)
