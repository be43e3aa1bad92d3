"""Tests that are plain assertions: how a learner's code could cheat them, and what notices."""
