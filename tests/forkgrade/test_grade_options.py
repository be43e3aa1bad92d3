"""The options of `course grade` reach what they are about."""

import argparse

import pytest

from forkgrade import grade
from forkgrade.cli import grade as command
from forkgrade.forkserver.kernel import LIMITS


@pytest.fixture
def options(monkeypatch, tmp_path):
    """Return what `Grading` would get for some words after `course grade`."""
    given = []

    class Grading:
        def __init__(self, root, lab, options, *_):
            given.append(options)

        def run(self):
            return 0

    monkeypatch.setattr(grade, "Grading", Grading)

    def of(*words):
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        command._grade(tmp_path, "lab01", parser.parse_args(["lab01", *words]), None)
        return given[-1]

    return of


def test_the_limits_of_a_submission_are_options(options):
    limits = options("--processes", "8", "--memory", "300").limits
    assert limits == {"processes": 8, "memory": 300 * 2**20} and set(limits) <= set(LIMITS)


def test_by_default_they_are_those_of_a_kernel(options):
    assert all(LIMITS[name] == number for name, number in options().limits.items())


@pytest.mark.parametrize("number", ["0", "-1", "many", "1.5"])
def test_a_number_of_processes_is_whole_and_positive(options, number, capsys):
    with pytest.raises(SystemExit):
        options("--processes", number)
    assert "not a whole number from 1 on" in capsys.readouterr().err
