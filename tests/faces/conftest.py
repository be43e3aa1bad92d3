"""Drawn pictures that several tests look at."""

import numpy as np
import pytest

from course_utils import faces

needs_dlib = pytest.mark.skipif(not faces.available(), reason="this machine has no dlib")


@pytest.fixture(scope="session")
def crew():
    """Ten identities, one of each tone."""
    return faces.make_identities(np.random.default_rng(11), 10)


@pytest.fixture(scope="session")
def portraits(crew):
    """Two plain pictures of each of them: a list of (identity, picture, picture)."""
    view = faces.View(light=15.0)
    other = view.with_(yaw=8.0, light=-15.0, place=4, seed=5)
    return [(one, faces.draw(one, view), faces.draw(one, other)) for one in crew]
