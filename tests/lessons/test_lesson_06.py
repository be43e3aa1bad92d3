"""Lesson 06 goes on where dlib is missing, and says so."""

import pytest

from tests.lessons import running

LESSON = "06_how_face_recognition_works"


def test_without_dlib_every_claim_holds_on_the_shipped_embeddings(monkeypatch):
    def no_dlib():
        pytest.fail("dlib was asked for")

    monkeypatch.setattr("course_utils.faces.available", lambda: False)
    monkeypatch.setattr("course_utils.faces.engine.available", lambda: False)
    monkeypatch.setattr("course_utils.faces.engine.load", no_dlib)
    claims, shown = running.run(LESSON, monkeypatch=monkeypatch)
    assert claims and all(claims.values())
    assert any("no dlib" in text for text in shown)
