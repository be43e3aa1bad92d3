"""The judge: draws inputs, compares answers, decides points. No learner's code runs here.

Its inputs come from a secret seed, the same for a submission whenever it is graded. What it gets
from the learner's process is plain data, none of which is trusted.
"""

import hashlib
import hmac

import numpy as np


class Judge:
    """Judges the checks of one notebook for one submission.

    Parameters
    ----------
    suite : forkgrade.suite.CheckSuite or None
        None if the notebook has no checks of its own.
    seed : str
        Secret; decides the inputs.
    """

    def __init__(self, suite, seed):
        self._suite, self._seed, self._results = suite, seed, {}

    def check_of(self, source):
        """Split a test cell into (code before the check, its exercise), or (source, None).

        Parameters
        ----------
        source : str
        """
        return self._suite.split_at_check(source) if self._suite else (source, None)

    def is_summary(self, source):
        """Say whether a cell only shows the table of points.

        Parameters
        ----------
        source : str
        """
        return self._suite is not None and source.strip() == self._suite.summary

    def question(self, exercise):
        """Return what the kernel is asked for a check: inputs and how to apply them.

        Parameters
        ----------
        exercise : str
        """
        return {"do": "call", "recipe": self._suite.recipe(exercise),
                "inputs": self._draw(exercise)}

    def judge(self, exercise, answer):
        """Return the `Result` for an answer, and a flag if it could not be judged.

        Parameters
        ----------
        exercise : str
        answer : object
            What came back from the kernel; it may be anything.
        """
        inputs, flag = self._draw(exercise), None  # drawn again: the kernel never had these objects
        try:
            result = self._suite.grade(exercise, inputs, answer)
        except Exception as error:
            result = self._suite.unjudged(exercise)
            flag = f"odd answer: {exercise} could not be judged ({type(error).__name__})"
        self._results[exercise] = result
        return result, flag

    def table(self):
        """Return the table of the results so far."""
        return self._suite.table(self._results)

    def _draw(self, exercise):
        digest = hmac.digest(self._seed.encode(), exercise.encode(), "sha256")
        return self._suite.draw(exercise, np.random.default_rng(list(digest)))


def seed_for(secret, *names):
    """Return the seed of a submission, which cannot be guessed without the secret.

    Parameters
    ----------
    secret : bytes
        The class's own.
    *names : str
        Lab and student.
    """
    return hmac.new(secret, "\0".join(names).encode(), hashlib.sha256).hexdigest()
