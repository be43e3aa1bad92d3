"""How two worker processes share the tests: what stays together, what begins first, what is alone.

`make test` and `.ci/run` start pytest with two workers (pytest-xdist). A file's tests stay on one
worker, so that nothing is made twice that they share; those of `PARTED` files are parted by lab,
by lesson or by test. The groups of `SECONDS` begin first, the longest of all at the beginning:
one that began late would leave the other worker idle. A test with the mark `alone` measures time:
meanwhile the other worker waits.
"""

import contextlib
import re
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: `alone` is then without effect
    fcntl = None

PARTED = {"tests/forkgrade/test_grade.py": "test",
          "tests/forkgrade/test_nbgrader_chain.py": "test",
          "tests/forkgrade/steps/test_points.py": "test",
          "tests/lessons/test_claims_of_lessons.py": "lesson",
          "tests/checks/test_known_outcomes.py": "lab",
          "tests/checks/test_labs.py": "lab",
          "tests/checks/test_solutions.py": "path",
          "tests/plots/test_alternatives.py": "path"}

# Seconds of one core for the groups that need more than three, as `--durations=0` adds them up.
# A guess that is wrong costs waiting at the end and nothing else.
SECONDS = {
    "05_transfer_learning": 300,
    "03_overfitting": 150,
    "tests/forkgrade/test_faults.py": 110,
    "tests/forkgrade/test_stops.py": 100,
    "lab01": 90,
    "tests/browser/test_lesson_in_browser.py": 80,
    "notebook 05_transfer_learning": 70,
    "tests/forkgrade/test_saved_otherwise.py": 30,
    "lab05": 50,
    "06_how_face_recognition_works": 50,
    "lab04": 45,
    "tests/forkgrade/test_cluster.py": 40,
    "test_killed_at_any_moment_it_ends_with_the_same_gradebook": 35,
    "04_ceiling_analysis": 30,
    "test_from_release_to_export": 30,
    "test_a_gradebook_that_is_in_use_is_waited_for": 28,
    "notebook 03_overfitting": 25,
    "lab03": 25,
    "lab02": 25,
    "tests/pretraining/test_train.py": 25,
    "test_a_second_start_is_refused_and_the_first_goes_on": 20,
    "test_full_marks_and_blank": 18,
    "test_points_of_submissions_that_stop_early_or_were_changed": 18,
    "07_never_perfect": 15,
    "08_who_does_it_fail": 15,
    "09_ethics": 15,
    "lab06": 15,
    "tests/notebooks/test_bundle.py": 12,
    "test_points_that_a_check_shows": 11,
    "tests/forkgrade/steps/test_bounds.py": 15,
    "tests/forkgrade/test_changes.py": 12,
    "tests/forkgrade/test_mark_commands.py": 12,
    "tests/forkgrade/test_api.py": 12,
    "01_feature_scaling": 10,
    "02_bias_and_variance": 10,
    "tests/forkgrade/test_comments.py": 8,
    "tests/models/test_backbone.py": 10,
    "tests/notebooks/test_execute.py": 10,
    "tests/forkgrade/similar/test_classes.py": 9,
    "tests/forkgrade/similar/test_page.py": 8,
    "tests/forkgrade/similar/test_statements.py": 8,
    "tests/faces/test_shipped_faces.py": 8,
    "tests/models/test_imagenet.py": 8,
    "tests/checks/test_engine.py": 8,
    "tests/notebooks/test_build.py": 6,
}


def group(nodeid):
    """Return the name of the tests with which a test shares its worker."""
    path, *names = nodeid.split("::")
    by = PARTED.get(path)
    if by is None:
        return path
    test, _, parameters = names[-1].partition("[")
    first = re.match(r"\w*", parameters)[0]  # lesson, lab or notebook
    if by == "test" or not first:
        return test
    return f"notebook {first}" if by == "path" else first


def arrange(items):
    """Put the tests with the longest groups first; the scheduler keeps that order."""
    items.sort(key=lambda item: -SECONDS.get(group(item.nodeid), 0))


def make_scheduler(config, log):
    """Return a scheduler of pytest-xdist that gives each group to one worker, in order.

    `--dist loadgroup` would do it with marks, but has no effect with pytest 9.2: it renames tests
    by an attribute that they no longer have.
    """
    from xdist.scheduler import LoadScopeScheduling

    class GroupScheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return group(nodeid)

    config.option.loadscopereorder = False  # the longest first, not those with most tests
    return GroupScheduling(config, log)


@contextlib.contextmanager
def share_of_the_machine(item):
    """Wait until no test is alone; before a test that is to be alone, until no other runs."""
    if fcntl is None or not hasattr(item.config, "workerinput"):
        yield
        return
    alone = item.get_closest_marker("alone") is not None
    folder = Path(item.config.option.basetemp).parent
    with open(folder / "door.lock", "w") as door, open(folder / "room.lock", "w") as room:
        fcntl.flock(door, fcntl.LOCK_EX)  # who waits for the room lets nobody overtake
        fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(door, fcntl.LOCK_UN)
        yield
