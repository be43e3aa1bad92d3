"""The shipped embeddings are those of the faces that the course draws today."""

from pathlib import Path

import numpy as np
import pytest

from course_utils import data, faces
from course_utils.errors import CourseError
from course_utils.faces import audit, shipped_faces
from tests.faces.conftest import needs_dlib

SAMPLE = 10  # people drawn and embedded again
AUDIT = Path(data.__file__).parent / "results" / "faces_audit.npz"


def same_rows(fresh, kept):
    assert np.array_equal(np.isnan(fresh).any(axis=1), np.isnan(kept).any(axis=1))
    apart = np.linalg.norm(fresh - kept, axis=1)
    # half precision, and other processors round otherwise: now and then that moves the box of a
    # face by a pixel, and its embedding by 0.06 (measured); other drawings would move all of them
    assert np.nanmedian(apart) < 0.002 and np.nanmax(apart) < 0.15


@needs_dlib
@pytest.mark.parametrize("name", shipped_faces.SETS)
def test_a_sample_drawn_again_gives_the_shipped_embeddings(name):
    kept = faces.load_embeddings(name)
    identities, views, who = shipped_faces.people()
    assert np.array_equal(kept.who, who[:len(kept.who)])
    assert [identities[each].tone for each in kept.who] == kept.tone.tolist()
    rows = np.arange(0, len(kept.who), len(kept.who) // SAMPLE)
    pairs = [(identities[who[row]], views[row]) for row in rows]
    if name == "anatomy":
        pairs = [shipped_faces.anatomy_only(*pair) for pair in pairs]
    fresh = faces.embed_pictures([faces.draw(*pair) for pair in pairs], jobs=1)
    same_rows(fresh.embeddings, kept.embeddings[rows])


@needs_dlib
@pytest.mark.skipif(not AUDIT.exists(), reason="benchmarks/faces_audit.py has not been run")
def test_a_sample_of_the_audit_drawn_again_gives_the_shipped_embeddings():
    table, kept = faces.load_audit()
    plan, pairs = faces.audit_plan()
    assert plan[:len(table)].equals(table[plan.columns])
    rows = np.arange(3, len(table), len(table) // SAMPLE)
    fresh = faces.embed_pictures([faces.draw(*pairs[row]) for row in rows], jobs=1)
    same_rows(fresh.embeddings, kept[rows])


def test_the_shipped_faces_meet_the_targets():
    kept = faces.load_embeddings()
    found = np.isfinite(kept.embeddings).all(axis=1)
    assert len(found) == 4000 and found.mean() >= 0.98
    for tone in range(1, 11):
        assert (kept.tone == tone).sum() == len(found) / 10
        assert found[kept.tone == tone].mean() >= 0.95
    distances, same, first, second = faces.pair_distances(kept.embeddings, kept.who)
    assert faces.equal_error_rate(distances, same)[0] <= 0.03
    alike = kept.tone[first] == kept.tone[second]
    assert faces.equal_error_rate(distances[alike], same[alike])[0] <= 0.04
    anatomy = faces.load_embeddings("anatomy")
    distances, same, _, _ = faces.pair_distances(anatomy.embeddings, anatomy.who)
    assert faces.equal_error_rate(distances, same)[0] <= 0.05


def test_the_audit_changes_one_thing_at_a_time():
    table, pairs = faces.audit_plan(2)
    for who in (0, 1):
        base = {}
        for row, (identity, view) in zip(table.itertuples(), pairs, strict=True):
            if row.who != who:
                continue
            assert identity.anatomy == base.setdefault("anatomy", identity.anatomy)
            if row.picture == 2:
                plain = view.with_(light=10.0, yaw=5.0, resolution=150, glasses=False, mask=False)
                assert plain == base.setdefault("view", plain)
                changed = [name for name in ("light", "yaw", "resolution", "glasses", "mask")
                           if getattr(view, name) != getattr(plain, name)]
                assert changed in ([], [row.attribute])
            assert (identity.tone == audit.TONE) or row.attribute == "tone"


@pytest.mark.parametrize("load", [shipped_faces.load_embeddings, faces.load_audit])
def test_a_damaged_file_is_named(tmp_path, load):
    (tmp_path / "bad.npz").write_bytes(b"nothing")
    for path in (tmp_path / "bad.npz", tmp_path / "none.npz"):
        with pytest.raises(CourseError, match="missing or damaged.*git checkout"):
            load(path=path)


def test_a_set_that_does_not_exist_is_named():
    with pytest.raises(CourseError, match="measured, anatomy"):
        faces.load_embeddings("everybody")
