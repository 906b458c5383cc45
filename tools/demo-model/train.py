"""Trains the demo model on random windows of synthetic speech, on a CPU.

Every window comes from a seed of its own and the learning rate follows the share of the work that
is done: steps done of steps planned, or minutes used of the limit, whichever is further. So a run
on a busy machine is shorter and still ends with a small rate.
"""

import json
import multiprocessing
import os
import pickle
import time
from dataclasses import asdict, dataclass

import numpy as np

from examples import N_LABELS, Tokens, batch_of, example
from phrases import PHRASES
from speech import Clips
from vocabulary import Vocabulary


@dataclass(frozen=True)
class Stage:
    """A part of the schedule."""

    seconds: float
    batch: int
    # Windows made new for each step; the others of the batch are drawn from recent ones.
    fresh: int
    # Longest decoder input, in tokens.
    length: int
    # Share of the whole run at which the stage ends, 0-1.
    until: float
    steps: int
    # Learning rate at its beginning and its end.
    rate: tuple


# Short windows first: a model that has only seen long ones stays on a plateau; one that has only
# seen short ones does not work on 30 s.
STAGES = [
    Stage(7.5, 24, 12, 64, 0.25, 5000, (3e-3, 1.5e-3)),
    Stage(15.0, 12, 6, 112, 0.5, 4500, (2e-3, 8e-4)),
    Stage(30.0, 6, 3, 176, 1.0, 6500, (1.2e-3, 1e-5)),
]
SEED = 7
RECENT = 400
REPORT_S, SAVE_S = 60, 60


def make_examples(queue, clips_path, stage, seed, first):
    """Puts one example after the other into the queue, each from a seed of its own."""
    vocabulary, clips = Vocabulary(), Clips(clips_path)
    tokens = Tokens(vocabulary)
    number = first
    while True:
        rng = np.random.default_rng([seed, number])
        queue.put(example(clips, rng, vocabulary.filters, tokens, stage.seconds, stage.length))
        number += 1


class Source:
    """Batches of a stage: some windows fresh, the others from the most recent ones."""

    def __init__(self, clips_path, stage, seed, made):
        context = multiprocessing.get_context("spawn")
        self.stage, self.made, self.recent = stage, made, []
        self.queue = context.Queue(4 * stage.batch)
        arguments = (self.queue, clips_path, stage, seed, made)
        self.process = context.Process(target=make_examples, args=arguments, daemon=True)
        self.process.start()
        while len(self.recent) < 3 * stage.batch:
            self._take()

    def _take(self):
        new = self.queue.get()
        self.made += 1
        self.recent = [*self.recent[-RECENT + 1 :], new]
        return new

    def batch(self, rng):
        new = [self._take() for _ in range(self.stage.fresh)]
        old = rng.integers(0, len(self.recent), self.stage.batch - len(new))
        return batch_of(new + [self.recent[i] for i in old])

    def stop(self):
        self.process.terminate()


def losses(model, jnp, jax):
    """The loss function of (parameters, batch), with figures beside it."""
    n_phrases = len(PHRASES) + 1

    def loss(params, batch):
        frames, n_tokens = batch["mel"].shape[1] // 2, params["tokens"].shape[0]
        places = jnp.asarray(model.AUDIO_PLACES)[batch["off"][:, None] + jnp.arange(frames)]
        audio = model.encode(params, batch["mel"].astype(jnp.float32), places)
        scores, looks = model.decode(params, batch["tokens"], audio)

        def picked(logits, index):
            return -jnp.take_along_axis(jax.nn.log_softmax(logits), index[..., None], -1)[..., 0]

        def mean(x, weight):
            return (x * weight).sum() / jnp.maximum(weight.sum(), 1)

        target = batch["target"]
        asked, right = target >= 0, jnp.maximum(target, 0)
        text = mean(picked(scores, right), asked)
        # One head per layer must look at the utterance that is being written.
        first, last = batch["look"][..., 0, None], batch["look"][..., 1, None]
        inside = (jnp.arange(frames) >= first) & (jnp.arange(frames) <= last)
        guided = batch["look"][..., 1] >= 0
        look = sum(mean(-jnp.log((w * inside).sum(-1) + 1e-4), guided) for w in looks[:2])
        # Labels per frame.
        labels = audio @ params["labels"] + params["labels_b"]
        known = batch["phrase"] >= 0
        phrase = jnp.maximum(batch["phrase"], 0).astype(jnp.int32)
        unit = jnp.maximum(batch["unit"], 0).astype(jnp.int32)
        by_phrase = mean(picked(labels[..., :n_phrases], phrase), known)
        by_unit = mean(picked(labels[..., n_phrases:-2], unit), known)
        edge, score = batch["edge"].astype(jnp.float32), labels[..., -2:]
        at_edge = jnp.maximum(score, 0) - score * edge + jnp.log1p(jnp.exp(-jnp.abs(score)))
        at_edge = at_edge.mean() * 5
        said = scores.argmax(-1)
        words, times = asked & (right < n_tokens), asked & (right >= n_tokens)
        off_by = 0.02 * jnp.minimum(jnp.abs(said - right), 100)
        figures = {
            **{"text": text, "look": look, "phrase": by_phrase, "unit": by_unit, "edge": at_edge},
            **{"tokens_right": mean(said == right, words), "time_error_s": mean(off_by, times)},
        }
        return text + 0.3 * look + by_phrase + by_unit + at_edge, figures

    return loss


def optimiser(loss, jnp, jax):
    """Adam with clipped gradients and a little weight decay, as one compiled step."""

    @jax.jit
    def update(params, first, second, batch, rate, step):
        (_, figures), slope = jax.value_and_grad(loss, has_aux=True)(params, batch)
        size = jnp.sqrt(sum((x**2).sum() for x in jax.tree.leaves(slope)))
        slope = jax.tree.map(lambda x: x * jnp.minimum(1, 1 / (size + 1e-6)), slope)
        first = jax.tree.map(lambda a, x: 0.9 * a + 0.1 * x, first, slope)
        second = jax.tree.map(lambda a, x: 0.98 * a + 0.02 * x * x, second, slope)
        c1, c2 = 1 - 0.9**step, 1 - 0.98**step

        def moved(x, a, b):
            decay = 0.01 * x * (x.ndim > 1)
            return x - rate * (a / c1 / (jnp.sqrt(b / c2) + 1e-8) + decay)

        return jax.tree.map(moved, params, first, second), first, second, figures

    return update


@dataclass
class Progress:
    """Where a run is; kept in the checkpoint."""

    stage: int = 0
    # Steps of this stage, and of all.
    step: int = 0
    steps: int = 0
    minutes: float = 0.0
    made: int = 0

    def share(self, limit_minutes):
        """How much of the stage is done, 0-1."""
        stage = STAGES[self.stage]
        before = STAGES[self.stage - 1].until if self.stage else 0.0
        by_clock = (self.minutes / limit_minutes - before) / (stage.until - before)
        return min(1.0, max(self.step / stage.steps, by_clock))

    def rate(self, limit_minutes):
        high, low = STAGES[self.stage].rate
        wave = 0.5 * (1 + np.cos(np.pi * self.share(limit_minutes)))
        return (low + (high - low) * wave) * min(1, (self.step + 1) / 100)


def save(path, state, progress, ids):
    """Writes a checkpoint that appears whole or not at all."""
    draft = path.with_suffix(".tmp")
    with draft.open("wb") as file:
        pickle.dump({**state, "progress": asdict(progress), "ids": ids}, file)
    os.replace(draft, path)


def train(work, limit_minutes):
    """Trains from `work`/train.npz to `work`/model.pkl; takes up a run that was broken off."""
    import jax
    import jax.numpy as jnp

    import model

    checkpoint, log = work / "model.pkl", work / "train.jsonl"
    vocabulary = Vocabulary()
    tokens = Tokens(vocabulary)
    progress = Progress()
    if checkpoint.exists():
        stored = pickle.loads(checkpoint.read_bytes())
        assert stored["ids"] == tokens.ids, "the checkpoint is of other phrases"
        progress = Progress(**stored["progress"])
        params, first, second = (stored[k] for k in ("params", "first", "second"))
    else:
        params = model.init(len(tokens.ids), N_LABELS, SEED)
        first = second = jax.tree.map(jnp.zeros_like, params)
    loss = losses(model, jnp, jax)
    update, judge = optimiser(loss, jnp, jax), jax.jit(lambda p, b: loss(p, b)[1])
    unseen = Clips(work / "held.npz")

    def snapshot():
        state = {"params": params, "first": first, "second": second}
        save(checkpoint, jax.tree.map(np.asarray, state), progress, tokens.ids)

    while progress.stage < len(STAGES):
        stage = STAGES[progress.stage]
        rng = np.random.default_rng([SEED, 1, progress.stage, progress.step])
        probe = np.random.default_rng(5)
        filters, sizes = vocabulary.filters, (stage.seconds, stage.length)
        check = [
            batch_of([example(unseen, probe, filters, tokens, *sizes) for _ in range(stage.batch)])
            for _ in range(4)
        ]
        source = Source(work / "train.npz", stage, SEED + progress.stage, progress.made)
        last = told = time.monotonic()
        while progress.share(limit_minutes) < 1:
            rate = progress.rate(limit_minutes)
            batch = source.batch(rng)
            step = progress.steps + 1
            params, first, second, figures = update(params, first, second, batch, rate, step)
            progress.step, progress.steps, progress.made = progress.step + 1, step, source.made
            now = time.monotonic()
            progress.minutes, last = progress.minutes + (now - last) / 60, now
            if now - told >= REPORT_S or progress.share(limit_minutes) >= 1:
                told = now
                on_unseen = [judge(params, b) for b in check]
                line = {
                    **asdict(progress),
                    **{"seconds": stage.seconds, "rate": round(float(rate), 6)},
                    **{"train": {k: round(float(v), 4) for k, v in figures.items()}},
                    "unseen": {
                        k: round(float(np.mean([float(f[k]) for f in on_unseen])), 4)
                        for k in figures
                    },
                }
                with log.open("a") as file:
                    file.write(json.dumps(line) + "\n")
                print(json.dumps(line), flush=True)
                snapshot()
        source.stop()
        progress.stage, progress.step, progress.made = progress.stage + 1, 0, 0
        snapshot()
