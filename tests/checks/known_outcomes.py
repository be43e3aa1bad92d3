"""What every known answer to every lab earns and hears, kept in a file.

`test_known_outcomes.py` compares the checks with the file. When an answer is added, or a check
changed on purpose, measure the answers of its lab again and read the difference of the file:

    python -m tests.checks.known_outcomes lab07

Without a lab, all are measured.
"""

import json
import sys
from pathlib import Path

from tests.checks.test_labs import ANSWERS, KINDS, LABS, STRANGE, outcome

FILE = Path(__file__).with_name("known_outcomes.json")
SEEDS = (0, 1, 3, 7)


def answers():
    """Yield lab, exercise, name and code of every known answer."""
    for lab in LABS:
        for kind in KINDS:
            for place, module in (("", ANSWERS[lab]), ("strange ", STRANGE.get(lab))):
                for exercise, listed in getattr(module, kind, {}).items():
                    for name, code, *_ in listed:
                        yield lab, exercise, f"{place}{kind.lower()}: {name}", code


def row(lab, exercise, code, seed):
    """Return points, state, misconception and hints of an answer to what one seed draws."""
    result = outcome(lab, exercise, code, seed)
    return [result.points, result.state, result.misconception, list(result.hints)]


def measured(lab, exercise, code):
    """Return the rows of an answer for all seeds, or one row if all seeds agree."""
    rows = [row(lab, exercise, code, seed) for seed in SEEDS]
    return rows[:1] if all(each == rows[0] for each in rows) else rows


def row_of(rows, seed):
    """Return the row for one seed of those that `measured` returned."""
    return rows[0 if len(rows) == 1 else SEEDS.index(seed)]


def write(labs):
    """Write the file, an answer a line: measure those of `labs`, keep the others."""
    known, texts, lines = recorded(), {}, []
    for lab, exercise, name, code in answers():
        key = lab, exercise, name
        rows = measured(lab, exercise, code) if lab in labs else known[key]
        rows = [[*row[:3], [texts.setdefault(hint, len(texts)) for hint in row[3]]]
                for row in rows]
        lines.append(f"{json.dumps(json.dumps(key))}: {json.dumps(rows)}")
    entries, hints = ",\n".join(lines), ",\n".join(map(json.dumps, texts))
    FILE.write_text(f'{{"hints": [\n{hints}\n],\n"answers": {{\n{entries}\n}}}}\n', "utf-8")


def recorded():
    """Return what the file says: for each answer its outcomes, as `measured` returns them."""
    content = json.loads(FILE.read_text("utf-8"))
    return {tuple(json.loads(key)): [[*row[:3], [content["hints"][at] for at in row[3]]]
                                     for row in rows]
            for key, rows in content["answers"].items()}


if __name__ == "__main__":
    write(sys.argv[1:] or LABS)
