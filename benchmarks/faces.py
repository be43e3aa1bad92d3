"""Faces of nobody: how often they are found, how well told apart, how fast drawn.

    python benchmarks/faces.py [--json FILE] [--save FILE] [--people N] [--seed N] [--jobs N]
                               [--pitch DEGREES]

Draws 1,000 identities with 4 pictures each, 100 identities for each tone of the Monk scale: tone
fixed within an identity, light from up to 40 degrees to either side, head turned by up to 15,
exposure up to 20 % off, blur, noise and background varied. A face counts as found if dlib's HOG
detector finds exactly one. A missed face counts as a false non-match. Both sets, all as drawn and
anatomy only, take some 15 minutes on one core. The course's own faces nod by up to 8 degrees;
`--pitch 15` lets them nod as far as they turn. To renew the embeddings that the course ships:

    python benchmarks/faces.py --save course_utils/data/results/faces.npz
"""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course_utils import faces  # noqa: E402
from course_utils.faces import shipped_faces  # noqa: E402
from course_utils.faces.engine import MODEL  # noqa: E402

TARGETS = {"detection_rate": 0.98, "equal_error_rate": 0.03, "equal_error_rate_same_tone": 0.04,
           "equal_error_rate_anatomy": 0.05, "faces_per_second": 200}
_AT_ONCE = 400  # pictures in memory


def main(argv=None):
    options = _options(argv)
    identities, views, who = shipped_faces.people(options.people, seed=options.seed)
    if options.pitch is not None:
        views = nodding(views, options.pitch, options.seed)
    tone = np.array([identity.tone for identity in identities])[who]
    results = speed(identities, views, who)
    pairs = [(identities[each], view) for each, view in zip(who, views, strict=True)]
    course = embed_in_parts(pairs, options.jobs)
    results |= detection(course.faces, tone)
    results |= separation(course.embeddings, who, tone)
    anatomy = embed_in_parts([anatomy_only(*pair) for pair in pairs], options.jobs)
    distances, same, _, _ = faces.pair_distances(anatomy.embeddings, who)
    results["detection_rate_anatomy"] = float((anatomy.faces == 1).mean())
    results["equal_error_rate_anatomy"] = faces.equal_error_rate(distances, same)[0]
    results |= {"people": options.people, "pictures": len(views), "seed": options.seed,
                "largest_pitch": round(max(abs(view.pitch) for view in views), 1)}
    for name, value in results.items():
        target = f"   (target {TARGETS[name]})" if name in TARGETS else ""
        print(f"{name:32}{value}{target}")
    if options.json:
        Path(options.json).write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    if options.save:
        save_embeddings(options.save, {"measured": course.embeddings,
                                       "anatomy": anatomy.embeddings}, who, tone)


def anatomy_only(identity, view):
    """Return an identity and a view with a tone, hair, iris and background that all share.

    Parameters
    ----------
    identity : Identity
    view : View
    """
    return (identity.with_(tone=5, hair="dark brown", iris="brown", undertone=0.0),
            view.with_(place=3))


def save_embeddings(path, sets, who, tone):
    """Write a file for `load_embeddings`; half precision changes distances by less than 0.001.

    A set may stop after the first people.

    Parameters
    ----------
    path : path-like
    sets : dict of str to array-like, shape (n, 128)
        For each name in `shipped_faces.SETS` its embeddings.
    who, tone : array-like of int, shape (n,)
        As in what `load_embeddings` returns.
    """
    np.savez_compressed(path, model=MODEL, who=np.asarray(who, np.int16),
                        tone=np.asarray(tone, np.int8),
                        **{name: np.asarray(table, np.float16) for name, table in sets.items()})


def nodding(views, most, seed):
    """Return the views with heads bent up or down by up to `most` degrees."""
    angles = np.random.default_rng(seed).uniform(-most, most, len(views))
    return [view.with_(pitch=angle) for view, angle in zip(views, angles, strict=True)]


def speed(identities, views, who, count=400):
    """Return faces drawn, and aligned faces embedded, in a second of one core."""
    import cv2

    cv2.setNumThreads(1)
    todo = [(identities[each], view) for each, view in zip(who[:count], views, strict=False)]
    for identity, view in todo[:20]:
        faces.draw(identity, view)  # the first ones draw the textures
    start = time.process_time()
    pictures = [faces.draw(identity, view) for identity, view in todo]
    faces_per_second = len(todo) / (time.process_time() - start)
    boxes = [faces.detect(picture) for picture in pictures[:30]]
    chips = [faces.align(picture, box[0]) for picture, box in zip(pictures, boxes, strict=False)
             if box]
    start = time.process_time()
    for chip in chips:
        faces.embed(chip)
    return {"faces_per_second": round(faces_per_second, 1),
            "embeddings_per_second": round(len(chips) / (time.process_time() - start), 1)}


def embed_in_parts(pairs, jobs):
    """Draw and embed, some pictures at a time."""
    parts = []
    for at in range(0, len(pairs), _AT_ONCE):
        parts.append(faces.embed_pictures([faces.draw(*pair) for pair in pairs[at:at + _AT_ONCE]],
                                          jobs=jobs))
        print(f"\r{min(at + _AT_ONCE, len(pairs))} of {len(pairs)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    return type(parts[0])(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def detection(counts, tone):
    """Return the share of pictures with exactly one face, over all and by tone."""
    return {"detection_rate": float((counts == 1).mean()),
            "detection_by_tone": {str(each): float((counts[tone == each] == 1).mean())
                                  for each in sorted(set(tone.tolist()))}}


def separation(embeddings, who, tone):
    """Return the equal error rates, over all impostors and those of the same tone."""
    distances, same, first, second = faces.pair_distances(embeddings, who)
    alike = tone[first] == tone[second]
    overall, at = faces.equal_error_rate(distances, same)
    return {"equal_error_rate": overall, "threshold_at_equal_error": at,
            "equal_error_rate_same_tone": faces.equal_error_rate(distances[alike], same[alike])[0],
            "median_distance_same": float(np.nanmedian(distances[same])),
            "median_distance_different": float(np.nanmedian(distances[~same]))}


def _options(argv):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", metavar="FILE", help="write the figures there, too")
    parser.add_argument("--save", metavar="FILE", help="write the embeddings there (npz)")
    parser.add_argument("--people", type=int, default=shipped_faces.PEOPLE)
    parser.add_argument("--seed", type=int, default=shipped_faces.SEED)
    parser.add_argument("--jobs", type=int, default=None, help="processes; all cores by default")
    parser.add_argument("--pitch", type=float, metavar="DEGREES",
                        help="how far heads nod; the course's own nod by up to 8")
    options = parser.parse_args(argv)
    if options.save and options.pitch is not None:
        parser.error("--save is for the course's own faces: leave --pitch out")
    return options


if __name__ == "__main__":
    main()
