"""Makes the demo model and the demo calls. `python make.py all --work DIR`; see README.md."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEMO = HERE.parent.parent / "assets" / "demo"
QINTING = HERE.parent.parent / "target" / "debug" / "qinting"

# For XLA on a CPU: wide vectors, and big buffers that do not go back to the kernel at every step.
FAST = {
    "XLA_FLAGS": "--xla_cpu_prefer_vector_width=512 --xla_cpu_enable_fast_math=true "
    "--xla_cpu_enable_concurrency_optimized_scheduler=true",
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0:"
    "glibc.malloc.trim_threshold=8000000000:glibc.malloc.top_pad=268435456",
    "OPENBLAS_NUM_THREADS": "1",
}


def speech(args):
    """Renders the phrases: the voices to train on, and two that are never trained."""
    from speech import RENDERS_PER_VOICE, TRAINED, UNSEEN, make_clips

    for name, voices, renders, seed in (
        ("held", UNSEEN, 4, 2),
        ("train", TRAINED, RENDERS_PER_VOICE, 1),
    ):
        if not (args.work / f"{name}.npz").exists():
            make_clips(args.work / f"{name}.npz", voices, renders, seed)


def train(args):
    """Trains; a run that was broken off goes on where its last checkpoint was."""
    if os.environ.get("GLIBC_TUNABLES") != FAST["GLIBC_TUNABLES"]:
        # The C library reads its settings when a process starts.
        command = [sys.executable, __file__, "train", "--work", args.work]
        command += ["--minutes", str(args.minutes)]
        subprocess.run(command, env=os.environ | FAST, check=True)
        return
    from train import train as run

    run(args.work, args.minutes)


def calls(args):
    """Writes the demo calls and calls.json."""
    from calls import make_calls

    make_calls(args.assets)


def export(args):
    """Writes the trained model, in halves and quantised."""
    import pickle

    import ggml
    from vocabulary import Vocabulary

    trained = pickle.loads((args.work / "model.pkl").read_bytes())
    for name, kind in (("f16", ggml.F16), ("q5_0", ggml.Q5_0)):
        path = args.work / f"new-{name}.bin"
        ggml.write_model(path, Vocabulary(), trained["params"], trained["ids"], kind)
        print(f"{path.stat().st_size} bytes: {path}")


def model_of(args):
    return args.model or args.work / "new-q5_0.bin"


def evaluate(args):
    """Measures the quantised model, or the one that is named, through the app's pipeline."""
    from evaluate import measure
    from report import figures_table

    model = model_of(args)
    figures = measure(args.work, args.assets, args.qinting, model)
    (args.work / f"figures-{model.stem}.json").write_text(json.dumps(figures, indent=1))
    print(json.dumps({key: figures[key] for key in ("model", "bytes", "seconds")}))
    for mistake in figures["mistakes"]:
        print(mistake)
    print(figures_table(figures))


def card(args):
    """Writes the figures of the model just evaluated, and of the training, into the model card."""
    from report import figures_table, put_into, training_table

    target = args.assets / "MODEL_CARD.md"
    measured = args.work / f"figures-{model_of(args).stem}.json"
    put_into(target, "figures", figures_table(json.loads(measured.read_text())))
    put_into(target, "training", training_table(args.work / "train.jsonl"))


STEPS = [speech, train, calls, export, evaluate, card]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=["all", *[step.__name__ for step in STEPS]])
    parser.add_argument("--work", type=Path, required=True, help="folder for everything in between")
    parser.add_argument("--assets", type=Path, default=DEMO, help="where the results go")
    parser.add_argument("--minutes", type=float, default=90, help="training ends by then")
    parser.add_argument("--model", type=Path, help="evaluate this file and not the one just made")
    parser.add_argument("--qinting", type=Path, default=QINTING, help="the app's command line")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    for step in STEPS:
        if args.step in ("all", step.__name__):
            step(args)


if __name__ == "__main__":
    main()
