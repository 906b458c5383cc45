"""The figures of a model and of its training, as MODEL_CARD.md has them."""

import json
import re


def figures_table(figures):
    """What was measured, in Markdown."""

    def share(part, whole):
        return f"{100 * part / whole:.1f} % ({part}/{whole})" if whole else "–"

    out = [
        "| recordings | CER zh | WER en | lines exact | role right | language right "
        "| start error, median / p95 | more than 400 ms |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, g in figures["groups"].items():
        start = f"{g['start_median_ms']:.0f} / {g['start_p95_ms']:.0f} ms"
        out.append(
            f"| {name} | {share(g['zh_errors'], g['zh_units'])} "
            f"| {share(g['en_errors'], g['en_units'])} | {g['exact']}/{g['lines']} "
            f"| {g['roles']}/{g['exact']} | {g['languages']}/{g['calls']} "
            f"| {start} | {g['starts_far_off']}/{g['exact']} |"
        )
    out += ["", "| 60 s without speech, both channels | characters |", "|---|---|"]
    out += [f"| {name} | {count} |" for name, count in figures["silences"].items()]
    return "\n".join(out) + "\n"


def training_table(log):
    """The stages of a training in Markdown: the last line of the log for each of them."""
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    out = [
        "| windows | steps | after minutes | text loss | tokens right | timestamps off by |",
        "|---|---|---|---|---|---|",
    ]
    for last in {line["stage"]: line for line in lines}.values():
        unseen = last["unseen"]
        out.append(
            f"| {last['seconds']:g} s | {last['step']} | {last['minutes']:.0f} "
            f"| {unseen['text']:.3f} | {100 * unseen['tokens_right']:.1f} % "
            f"| {1_000 * unseen['time_error_s']:.0f} ms |"
        )
    return "\n".join(out) + "\n"


def put_into(card, mark, text):
    """Replaces what stands between `<!-- mark -->` and `<!-- /mark -->`."""
    pattern = rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)"
    old = card.read_text("utf-8")
    if not re.search(pattern, old, re.S):
        raise SystemExit(f"{card.name} has no place for {mark}")
    new = re.sub(pattern, lambda m: m[1] + text + m[2], old, flags=re.S)
    card.write_text(new, encoding="utf-8")
