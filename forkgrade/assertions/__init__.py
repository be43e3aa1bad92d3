"""Tests that are plain assertions: what a learner's code could do to them, and how it is seen."""
