"""The embeddings of the audit of lesson 08: one attribute varied, identity held fixed.

    python benchmarks/faces_audit.py [--save FILE] [--people N] [--jobs N]

100 identities, 38 pictures each, take some five minutes on one core. To renew what the course
ships:

    python benchmarks/faces_audit.py --save course_utils/data/results/faces_audit.npz
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course_utils import faces  # noqa: E402
from course_utils.data.arguments import whole_number  # noqa: E402
from course_utils.faces.audit import LEVELS  # noqa: E402
from course_utils.faces.engine import MODEL  # noqa: E402

SEED, PEOPLE = 2027, 100
TONE = 5  # where tone is not what varies
_AT_ONCE = 380


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--save", metavar="FILE", help="write the embeddings there (npz)")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--jobs", type=int, default=None)
    options = parser.parse_args(argv)
    table, pairs = audit_plan(options.people)
    parts = []
    for at in range(0, len(pairs), _AT_ONCE):
        parts.append(faces.embed_pictures([faces.draw(*pair) for pair in pairs[at:at + _AT_ONCE]],
                                          jobs=options.jobs).embeddings)
        print(f"\r{min(at + _AT_ONCE, len(pairs))} of {len(pairs)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    embeddings = np.concatenate(parts)
    table["found"] = np.isfinite(embeddings).all(axis=1)
    print(table.groupby(["attribute", "level"], sort=False)["found"].mean().to_string())
    if options.save:
        save_audit(options.save, table, embeddings)


def audit_plan(n=PEOPLE, seed=SEED):
    """Return which pictures the audit takes, and how.

    Parameters
    ----------
    n : int
        How many identities.
    seed : int

    Returns
    -------
    table : pandas.DataFrame
        A row for each picture: `who` (counted from 0), `attribute`, `level`, and `picture`, 1 or
        2. First pictures of attributes other than tone are those of tone 5.
    pairs : list of (Identity, View)
        What to draw for each row.
    """
    rng = np.random.default_rng(seed)
    people = faces.make_identities(rng, whole_number("n", n, at_least=1), tones=[TONE])
    rows, pairs = [], []
    for who, person in enumerate(people):
        first, second = (view.with_(yaw=yaw, pitch=0.0, light=10.0, smile=0.0, noise=2.0, blur=0.5,
                                    exposure=1.0, quality=92)
                         for yaw, view in zip((-5.0, 5.0), faces.make_views(rng, 2), strict=True))
        for attribute, levels in LEVELS.items():
            for level in levels:
                if attribute == "tone":
                    rows += [(who, attribute, level, 1), (who, attribute, level, 2)]
                    toned = person.with_(tone=level)
                    pairs += [(toned, first), (toned, second)]
                else:
                    rows.append((who, attribute, level, 2))
                    pairs.append((person, _change(second, attribute, level)))
    return pd.DataFrame(rows, columns=["who", "attribute", "level", "picture"]), pairs


def save_audit(path, table, embeddings):
    """Write a file for `load_audit`.

    Parameters
    ----------
    path : path-like
    table, embeddings
        As `load_audit` returns them.
    """
    names = list(LEVELS)
    np.savez_compressed(
        path, model=MODEL, embeddings=np.asarray(embeddings, np.float16),
        attribute=np.array([names.index(each) for each in table["attribute"]], np.int8),
        **{name: table[name].to_numpy(np.int16) for name in ("who", "level", "picture")})


def _change(view, attribute, level):
    if attribute in ("glasses", "mask"):
        return view.with_(**{attribute: bool(level)})
    if attribute == "resolution":
        return view.with_(resolution=level)
    return view.with_(**{attribute: float(level)})


if __name__ == "__main__":
    main()
