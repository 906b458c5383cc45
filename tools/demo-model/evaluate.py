"""Measures a model through the app: the `qinting` command line, in a workspace of its own."""

import json
import re
import shutil
import subprocess
import time

import numpy as np

# A click on a line whose start is further off than this lands in another sentence.
FAR_OFF_MS = 400


def distance(a, b):
    """Least number of insertions, deletions, and replacements between two lists."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def units(text, lang):
    """What errors are counted in: characters (zh) or words (en), without punctuation."""
    return re.findall(r"\w", text) if lang == "zh" else re.findall(r"[a-z']+", text.lower())


class App:
    """The command line on a workspace of its own."""

    def __init__(self, program, folder):
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "models").mkdir(parents=True)
        self.workspace = folder / "workspace"
        self.command = [program, "--workspace", self.workspace, "--models", folder / "models"]
        self.command += ["--as", "Evaluation", "--json"]

    def run(self, *arguments):
        done = subprocess.run([*self.command, *arguments], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"qinting {arguments[0]}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def transcribe(self, recordings, model):
        """Imports and transcribes; gives seconds used and {title: segments}."""
        self.run("import", *recordings)
        known = {m["id"] for m in self.run("model", "list")["models"]}
        shelf = self.run("model", "add", model)["models"]
        # A file the app has already is the demo model it carries.
        added = [m["id"] for m in shelf if m["id"] not in known]
        chosen = (added or [m["id"] for m in shelf if m["is_demo"]])[0]
        self.run("model", "default", chosen, "--insist")
        begun = time.monotonic()
        self.run("transcribe", "--all")
        used = time.monotonic() - begun
        cases = self.run("cases")["cases"]
        return used, {case["title"]: self.run("segments", case["id"])["segments"] for case in cases}


def spoken_in(items, channel):
    chosen = sorted((i for i in items if i["channel"] == channel), key=lambda i: i["start_ms"])
    return " ".join(item["text"] for item in chosen)


def score(calls, heard):
    """Figures of some calls against what was heard; errors are summed, not averaged."""
    errors, total = {"zh": 0, "en": 0}, {"zh": 0, "en": 0}
    late, lines, exact, roles, languages = [], 0, 0, 0, 0
    for call in calls:
        segments, lang = heard[call["id"]], call["language"]
        languages += {s["language"] for s in segments} == {lang}
        for channel in (0, 1):
            right = units(spoken_in(call["lines"], channel), lang)
            errors[lang] += distance(right, units(spoken_in(segments, channel), lang))
            total[lang] += len(right)
        for line in call["lines"]:
            lines += 1
            same = [s for s in segments if s["text"] == line["text"]]
            if same:
                found = min(same, key=lambda s: abs(s["start_ms"] - line["start_ms"]))
                exact += 1
                roles += found["role"] == line["role"]
                late.append(abs(found["start_ms"] - line["start_ms"]))
    return {
        **{f"{lang}_errors": errors[lang] for lang in errors},
        **{f"{lang}_units": total[lang] for lang in total},
        **{"calls": len(calls), "languages": languages},
        **{"lines": lines, "exact": exact, "roles": roles},
        "starts_far_off": sum(ms > FAR_OFF_MS for ms in late),
        "start_median_ms": float(np.median(late)) if late else None,
        "start_p95_ms": float(np.percentile(late, 95)) if late else None,
    }


def measure(work, assets, program, model):
    """All figures of a model file."""
    from trials import make_silences, make_trials

    trials, silent = work / "trials", work / "silences"
    groups, silences = make_trials(trials), make_silences(silent)
    groups = {
        "demo calls": json.loads((assets / "calls.json").read_text("utf-8"))["calls"]
    } | groups
    app = App(program, work / "evaluation")
    seconds, heard = app.transcribe([assets / "calls", trials, silent], model)
    (work / f"heard-{model.stem}.json").write_text(json.dumps(heard, ensure_ascii=False, indent=1))
    figures = {"model": model.name, "bytes": model.stat().st_size, "seconds": round(seconds, 1)}
    figures["groups"] = {group: score(calls, heard) for group, calls in groups.items()}
    figures["silences"] = {
        name.removeprefix("silent-"): sum(len(s["text"]) for s in heard[name]) for name in silences
    }
    figures["mistakes"] = [
        {"call": call["id"], "start_ms": line["start_ms"], "text": line["text"]}
        for calls in groups.values()
        for call in calls
        for line in call["lines"]
        if all(s["text"] != line["text"] for s in heard[call["id"]])
    ]
    return figures
