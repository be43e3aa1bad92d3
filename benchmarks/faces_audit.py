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

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course_utils import faces  # noqa: E402
from course_utils.faces import audit  # noqa: E402

_AT_ONCE = 380


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--save", metavar="FILE", help="write the embeddings there (npz)")
    parser.add_argument("--people", type=int, default=audit.PEOPLE)
    parser.add_argument("--jobs", type=int, default=None)
    options = parser.parse_args(argv)
    table, pairs = audit.audit_plan(options.people)
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
        audit.save_audit(options.save, table, embeddings)


if __name__ == "__main__":
    main()
