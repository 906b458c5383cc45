"""Telephone lines and the sounds on them that are not speech."""

import numpy as np
from scipy.signal import butter, resample_poly, sosfilt

from vocabulary import RATE_HZ

BAND = butter(4, [300, 3400], "bandpass", fs=RATE_HZ, output="sos")


def mu_law(x):
    """To 8 bits and back, about as G.711 does."""
    y = np.sign(x) * np.log1p(255 * np.abs(x)) / np.log(256)
    y = np.round(y * 127) / 127
    return np.sign(y) * np.expm1(np.abs(y) * np.log(256)) / 255


def fft_double(x):
    """Twice the rate with a hard edge at the old Nyquist frequency, as FFT resamplers do."""
    spectrum = np.fft.rfft(x)
    wide = np.concatenate([spectrum, np.zeros(len(x) + 1 - len(spectrum))])
    return np.fft.irfft(wide, 2 * len(x)) * 2


def telephone(x, rng):
    """Down to 8 kHz and up again: band, line noise, companding and both filters vary."""
    n = len(x)
    if rng.random() < 0.6:
        x = sosfilt(BAND, x)
    y = resample_poly(x, 1, 2)
    if rng.random() < 0.6:
        y = y + noise(len(y), rng, 10 ** rng.uniform(-4.5, -2.3))
    y = np.clip(y, -1, 1)
    if rng.random() < 0.4:
        y = mu_law(y)
    elif rng.random() < 0.6:
        y = np.round(y * 32_767) / 32_767
    if rng.random() < 0.4:
        return fft_double(y)[:n]
    beta = float(rng.choice([5.0, 8.6, 12.0]))
    return resample_poly(y, 2, 1, window=("kaiser", beta))[:n]


def noise(n, rng, level):
    """White noise with this root mean square."""
    return rng.standard_normal(n, np.float32) * level


def hum(n, rng, level, mains_hz=50):
    """Mains hum with its overtones."""
    t = np.arange(n) / RATE_HZ
    parts = [
        a * np.sin(2 * np.pi * (mains_hz * k * t + rng.random()))
        for k, a in ((1, 1.0), (2, 0.5), (3, 0.3), (5, 0.1))
    ]
    return level * np.sum(parts, axis=0)


def ring_tone(n, rng, level):
    """450 Hz, one second on and four off, as in China; or 440 + 480 Hz, two on and four off."""
    t = np.arange(n) / RATE_HZ + rng.uniform(0, 5)
    if rng.random() < 0.6:
        tone, on = np.sin(2 * np.pi * 450 * t), t % 5 < 1
    else:
        tone, on = np.sin(2 * np.pi * 440 * t) + np.sin(2 * np.pi * 480 * t), t % 6 < 2
    return level * tone * on


def music(n, rng, level):
    """Hold music: chords and a melody of plucked tones."""
    out = np.zeros(n)
    beat = int(rng.uniform(0.25, 0.6) * RATE_HZ)
    scale = np.array([0, 2, 4, 5, 7, 9, 11, 12]) + rng.integers(48, 60)
    chord = scale[:1]
    for i, at in enumerate(range(0, n, beat)):
        if i % 4 == 0:
            chord = scale[(rng.integers(0, 7) + np.array([0, 2, 4])) % 8]
        for note in [*chord, scale[rng.integers(0, 8)] + 12]:
            t = np.arange(min(2 * beat, n - at)) / RATE_HZ
            hz = 440 * 2 ** ((note - 69) / 12)
            tone = np.sin(2 * np.pi * hz * t) + 0.4 * np.sin(4 * np.pi * hz * t)
            out[at : at + len(t)] += tone * np.exp(-t / 0.5)
    return level * out / max(1e-9, np.abs(out).max())


def not_speech(n, rng):
    """Any of the above, or digital zero."""
    kind = rng.choice(["zero", "noise", "hum", "ring", "music"], p=[0.15, 0.3, 0.2, 0.15, 0.2])
    x = np.zeros(n)
    if kind == "hum":
        x = hum(n, rng, 10 ** rng.uniform(-3, -1.3), rng.choice([50, 60]))
    elif kind == "ring":
        x = ring_tone(n, rng, 10 ** rng.uniform(-1.7, -0.5))
    elif kind == "music":
        x = music(n, rng, 10 ** rng.uniform(-1.5, -0.3))
    if kind == "noise" or (kind != "zero" and rng.random() < 0.7):
        x = x + noise(n, rng, 10 ** rng.uniform(-4.5, -1.7))
    return x
