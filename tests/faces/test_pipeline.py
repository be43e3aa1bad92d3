"""Four stages that agree with face_recognition, and refuse what they cannot read."""

import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from course_utils import data, faces
from course_utils.errors import CourseError
from course_utils.faces import engine, picture_input
from tests.faces.conftest import needs_dlib


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.setattr(picture_input, "project_root", lambda: tmp_path / "course")
    (tmp_path / "course").mkdir()
    return tmp_path / "course"


def read(path):
    return faces.read_picture(path, datasheet=data.NOBODY)


@needs_dlib
@pytest.mark.filterwarnings("ignore:pkg_resources")
def test_the_stages_give_what_face_recognition_gives(portraits):
    import face_recognition

    for _, picture, _ in portraits[:3]:
        box = faces.detect_one(picture)
        theirs = face_recognition.face_locations(picture)
        assert [tuple(box)] == theirs
        assert np.allclose(faces.embed(faces.align(picture, box)),
                           face_recognition.face_encodings(picture, theirs)[0], atol=1e-6)


@needs_dlib
def test_two_pictures_of_one_person_are_nearer_than_those_of_two(portraits):
    def stages(picture):
        return faces.embed(faces.align(picture, faces.detect_one(picture)))
    (_, one, other), (_, stranger, _) = portraits[4], portraits[5]
    near, far = faces.distance(stages(one), stages(other)), faces.distance(stages(one),
                                                                            stages(stranger))
    assert near < far
    assert faces.match(stages(one), stages(other), threshold=(near + far) / 2).matches
    assert not faces.match(stages(one), stages(stranger), threshold=(near + far) / 2).matches


@needs_dlib
def test_no_face_several_and_a_cut_one_are_told_apart(portraits):
    picture = portraits[3][1]
    with pytest.raises(CourseError, match="No face"):
        faces.detect_one(np.full((150, 150, 3), 128, np.uint8))
    with pytest.raises(CourseError, match="2 faces.*exactly one"):
        faces.detect_one(np.hstack([picture, portraits[4][1]]))
    cuts = [np.ascontiguousarray(picture[:, at:]) for at in range(40, 66, 3)]
    said = set()
    for cut in cuts:
        try:
            faces.detect_one(cut)
        except CourseError as error:
            said.add(str(error).split(".")[0])
    assert "The face is cut off at the edge of the picture" in said


@pytest.mark.parametrize(("picture", "said"), [
    (np.zeros((150, 150), np.uint8), "grey"), (np.zeros((150, 150, 1), np.uint8), "grey"),
    (np.zeros((150, 150, 4), np.uint8), "shape"), (np.zeros((150, 150, 3)), "uint8"),
    (np.zeros((20, 150, 3), np.uint8), "at least 60"),
    (np.zeros((4000, 4001, 3), np.uint8), r"at most 16 million.*resize\(\(4000, 3999\)\)"),
    ("portrait.jpg", "read_picture"), (None, "shape")])
def test_what_is_no_colour_picture_is_refused(picture, said):
    with pytest.raises(CourseError, match=said):
        faces.detect(picture)


@needs_dlib
def test_an_embedding_needs_an_aligned_face():
    with pytest.raises(CourseError, match="align"):
        faces.embed(np.zeros((80, 80, 3), np.uint8))


@pytest.mark.parametrize("bad", [np.zeros(5), np.zeros((128, 1))])
def test_a_distance_needs_two_embeddings(bad):
    with pytest.raises(CourseError, match="128 numbers"):
        faces.distance(bad, np.zeros(128))


def test_a_picture_of_the_course_is_read(course, portraits):
    Image.fromarray(portraits[0][1]).save(course / "one.png")
    assert np.array_equal(read(course / "one.png"), portraits[0][1])


def test_a_path_outside_of_the_course_is_refused(course, tmp_path, portraits):
    Image.fromarray(portraits[0][1]).save(tmp_path / "Quillon.png")
    (course / "link.png").symlink_to(tmp_path / "Quillon.png")
    for path in (tmp_path / "Quillon.png", course / ".." / "Quillon.png", course / "link.png"):
        with pytest.raises(CourseError, match="outside the course") as error:
            read(path)
        assert "Quillon" not in str(error.value)


@pytest.mark.parametrize(("make", "said"), [
    (lambda path: path.write_bytes(b"not a picture"), "no picture"),
    (lambda path: path.write_bytes(b""), "no picture"),
    (lambda path: Image.new("RGB", (20, 20)).save(path, "png"), "at least 60"),
    (lambda path: path.mkdir(), "no such picture"), (lambda path: None, "no such picture")])
def test_a_file_that_is_no_good_picture_is_refused(course, make, said):
    make(course / "Quillon.png")
    with pytest.raises(CourseError, match=said) as error:
        read(course / "Quillon.png")
    assert "Quillon" not in str(error.value)


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_damaged_picture_is_refused(course, portraits, kind):
    Image.fromarray(portraits[0][1]).save(course / "whole", kind)
    content = (course / "whole").read_bytes()
    (course / "half").write_bytes(content[:len(content) // 2])
    with pytest.raises(CourseError, match="damaged"):
        read(course / "half")


def test_real_faces_without_a_datasheet_are_refused_with_a_reason(course):
    for nothing in (None, "fine", {}):
        with pytest.raises(CourseError, match="Datasheet.*agreed"):
            faces.read_picture(course / "one.png", datasheet=nothing)


def test_without_dlib_it_says_so_and_the_rest_works(monkeypatch):
    monkeypatch.setattr(engine, "available", lambda: False)
    engine.load.cache_clear()
    with pytest.raises(CourseError, match="no dlib.*load_embeddings"):
        faces.detect(np.zeros((150, 150, 3), np.uint8))
    with pytest.raises(CourseError, match="no dlib"):
        faces.embed_pictures([np.zeros((150, 150, 3), np.uint8)])
    shipped = faces.load_embeddings()
    distances, same, _, _ = faces.pair_distances(shipped.embeddings[:80], shipped.who[:80])
    assert faces.equal_error_rate(distances, same)[0] < 0.2
    engine.load.cache_clear()


def test_importing_the_package_of_faces_loads_neither_dlib_nor_opencv():
    code = ("import sys; from course_utils import faces; faces.Gallery; faces.rate; "
            "print({'dlib', 'cv2', 'statsmodels', 'fairlearn'} & set(sys.modules))")
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                          check=True).stdout.strip() == "set()"


def test_every_name_of_the_package_is_there():
    assert all(getattr(faces, name) is not None for name in faces.__all__)
