"""The options of `course grade` reach what they are about."""

import argparse
import dataclasses

import pytest

from forkgrade.cli import grade as command
from forkgrade.forkserver.kernel import LIMITS
from forkgrade.grade import Options


def options(*words):
    """Return what is graded with for some words after `course grade`."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.options(parser.parse_args(["lab01", *words]))


def test_every_option_is_one_of_the_grader():
    fields = {field.name for field in dataclasses.fields(Options)}
    assert set(options()) <= fields


def test_the_limits_of_a_submission_are_options():
    limits = options("--processes", "8", "--memory", "300")["limits"]
    assert limits == {"processes": 8, "memory": 300 * 2**20} and set(limits) <= set(LIMITS)


def test_by_default_they_are_those_of_a_kernel():
    assert all(LIMITS[name] == number for name, number in options()["limits"].items())


@pytest.mark.parametrize("number", ["0", "-1", "many", "1.5"])
def test_a_number_of_processes_is_whole_and_positive(number, capsys):
    with pytest.raises(SystemExit):
        options("--processes", number)
    assert "not a whole number from 1 on" in capsys.readouterr().err
