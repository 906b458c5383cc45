"""Checks that take seconds and need neither espeak-ng nor a trained model."""

import json
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import soundfile

import calls
import evaluate
import ggml
import model
from examples import Tokens, example
from phrases import DIALOGUES, PHRASES
from train import Progress
from vocabulary import END, FIRST_TIME, N_VOCAB, RATE_HZ, Vocabulary
from windows import PAD_S, packed, running

ASSETS = Path(__file__).resolve().parent.parent.parent / "assets" / "demo"
# A block as whisper.cpp's own quantiser wrote it.
BLOCK = bytes.fromhex("29a8af5f4acee134c080fee00cb3e0011201e4f00709")


def tone(*_):
    """A second of something that begins and ends at full loudness."""
    return (0.5 * np.sin(2 * np.pi * 800 * np.arange(RATE_HZ) / RATE_HZ)).astype(np.float32)


class Tones:
    """Clips that are tones: what is spoken is then known to the sample."""

    def draw(self, phrase, rng):
        return tone()[: int(rng.integers(8_000, 16_000))]


class Quantising(unittest.TestCase):
    def test_a_block_of_whisper_cpp_comes_back_byte_for_byte(self):
        self.assertEqual(ggml.quantised(ggml.unquantised(BLOCK)), BLOCK)

    def test_values_stay_within_a_step(self):
        x = np.random.default_rng(1).standard_normal((50, ggml.BLOCK)).astype(np.float32)
        step = np.abs(x).max(1, keepdims=True) / 16
        error = np.abs(ggml.unquantised(ggml.quantised(x)) - x)
        self.assertTrue((error <= step * 1.01).all())
        self.assertLess((error / step).mean(), 0.3)

    def test_zeros_stay_zeros(self):
        self.assertFalse(ggml.unquantised(ggml.quantised(np.zeros(64))).any())


class ModelFile(unittest.TestCase):
    def test_its_layout_is_that_of_the_demo_model(self):
        vocabulary = Vocabulary()
        ids = Tokens(vocabulary).ids
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "new.bin"
            ggml.write_model(path, vocabulary, model.init(len(ids), 5, 0), ids, ggml.Q5_0)
            header, tokens, made = ggml.read_layout(path)
        old_header, old_tokens, old = ggml.read_layout(ASSETS / "qinting-demo-q5_0.bin")
        self.assertEqual((header, len(tokens)), (old_header, len(old_tokens)))
        self.assertEqual(list(made), list(old))
        for name in old:
            self.assertEqual(made[name][:2], old[name][:2], name)

    def test_untrained_tokens_can_never_win(self):
        ids = Tokens(Vocabulary()).ids
        found = dict(ggml.tensors(model.init(len(ids), 5, 0), ids))
        rows, norm = found["decoder.token_embedding.weight"], found["decoder.ln.bias"]
        never = np.setdiff1d(np.arange(N_VOCAB), [*ids, *range(FIRST_TIME, N_VOCAB)])
        self.assertTrue((rows[never, -1] == ggml.NEVER).all() and not rows[never, :-1].any())
        self.assertTrue(not rows[ids, -1].any() and not rows[FIRST_TIME:, -1].any())
        self.assertEqual((norm[-1], found["decoder.ln.weight"][-1]), (1, 0))


class Words(unittest.TestCase):
    def test_every_phrase_comes_back_from_its_tokens(self):
        vocabulary = Vocabulary()
        for _, text in PHRASES:
            self.assertEqual(vocabulary.decode(vocabulary.encode(text)), text)

    def test_tokens_are_whispers_own(self):
        vocabulary = Vocabulary()
        self.assertEqual(vocabulary.encode("您好"), [23414, 2131])
        self.assertEqual(vocabulary.encode(" Thank you."), [1044, 291, 13])
        self.assertTrue(all(token < END for token in Tokens(vocabulary).ids[6:]))

    def test_errors_are_counted_in_characters_and_words(self):
        self.assertEqual(evaluate.units("您好，再见。", "zh"), list("您好再见"))
        self.assertEqual(evaluate.units("Fine, that works.", "en"), ["fine", "that", "works"])
        self.assertEqual(evaluate.distance("kitten", "sitting"), 3)


class Composition(unittest.TestCase):
    def windows(self, make):
        for seed in range(60):
            window = make(Tones(), np.random.default_rng(seed), 30 if seed % 4 == 0 else 7.5)
            if window.spoken:
                yield window

    def test_nobody_speaks_over_themselves(self):
        for make in (packed, running):
            for window in self.windows(make):
                times = [t for _, start, end in window.spoken for t in (start, end)]
                self.assertEqual(times, sorted(times))
                self.assertLess(times[-1], len(window.samples) / RATE_HZ)
                if window.cut is not None:
                    self.assertGreater(window.cut, times[-1])

    def test_speech_is_where_the_labels_say(self):
        for make in (packed, running):
            for window in self.windows(make):
                _, start, end = window.spoken[0]
                a, b = int(start * RATE_HZ), int(end * RATE_HZ)
                inside = np.sqrt((window.samples[a:b] ** 2).mean())
                before = np.sqrt((window.samples[: max(1, a - 800)] ** 2).mean())
                self.assertGreater(inside, 2 * before)

    def test_packed_windows_end_in_digital_zero_after_the_pad(self):
        for window in self.windows(packed):
            after = int((window.spoken[-1][2] + PAD_S + 0.05) * RATE_HZ)
            self.assertFalse(window.samples[after:].any())

    def test_an_example_says_every_phrase_with_its_times(self):
        vocabulary = Vocabulary()
        tokens = Tokens(vocabulary)
        for seed in range(10):
            rng = np.random.default_rng(seed)
            made = example(Tones(), rng, vocabulary.filters, tokens, 7.5, 64)
            self.assertEqual(made["mel"].shape, (750, 80))
            asked = made["target"][made["target"] >= 0]
            self.assertEqual(asked[-1], tokens.place[END])
            times = asked[asked >= len(tokens.ids)]
            self.assertTrue((np.diff(times) >= 0).all())


class Calls(unittest.TestCase):
    def test_lines_begin_and_end_where_they_are_said_to(self):
        for name, script in calls.SCRIPTS.items():
            with mock.patch("calls.speak", tone):
                rng = np.random.default_rng(3)
                _, call, heard = calls.conversation(DIALOGUES[name], script, rng)
            for role, _, first, last in heard:
                channel = np.abs(call[:, calls.ROLES[role][1]])
                loud = 0.3 * channel.max()
                self.assertLess(channel[first - 60 : first].max(initial=0), loud)
                self.assertGreater(channel[first : first + 60].max(), loud)
                self.assertGreater(channel[last - 60 : last].max(), 0.05 * channel.max())

    def test_people_cut_in_only_where_the_script_says(self):
        for name, script in calls.SCRIPTS.items():
            with mock.patch("calls.speak", tone):
                rng = np.random.default_rng(3)
                heard = calls.conversation(DIALOGUES[name], script, rng)[2]
            for number in range(1, len(heard)):
                over = heard[number][2] < heard[number - 1][3]
                self.assertEqual(over, script.before.get(number, 0) < 0, (name, number))

    def test_the_committed_calls_are_what_they_are_said_to_be(self):
        for call in json.loads((ASSETS / "calls.json").read_text("utf-8"))["calls"]:
            path = ASSETS / call["file"]
            samples, rate = soundfile.read(path)
            self.assertLessEqual(path.stat().st_size, 400_000)
            self.assertEqual((rate, samples.shape[1]), (calls.CALL_HZ, 2))
            self.assertEqual(round(len(samples) / 8), call["duration_ms"])
            self.assertTrue(0.5 < np.abs(samples).max() < 0.71, "peak between -6 and -3 dB")
            said = [line["text"] for line in call["lines"]]
            self.assertEqual(said, [text for _, text in DIALOGUES[call["id"]][1]])
            for line in call["lines"]:
                channel = samples[:, line["channel"]]
                a, b = line["start_ms"] * 8, line["end_ms"] * 8
                self.assertGreater(channel[a:b].std(), 8 * channel[a - 800 : a - 80].std())


class Schedule(unittest.TestCase):
    def test_the_rate_falls_with_the_work_or_the_clock_whichever_is_further(self):
        idle, busy = Progress(stage=2, step=3_250), Progress(stage=2, step=10, minutes=67.5)
        for progress in (idle, busy):
            self.assertAlmostEqual(progress.share(90), 0.5)
        late = Progress(stage=2, step=400, minutes=89.9)
        self.assertLess(late.rate(90), 2e-5)


if __name__ == "__main__":
    unittest.main()
