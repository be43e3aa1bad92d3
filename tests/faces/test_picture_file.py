"""Pictures of one's own, as phones and programs save them: the same pixels, or a sentence."""

import io
import warnings
import zlib
from datetime import date

import numpy as np
import pytest
from PIL import Image, ImageOps

from course_utils import data, faces
from course_utils.errors import CourseError
from course_utils.faces import picture_file, picture_input
from course_utils.faces.picture_input import check_picture
from tests.faces.conftest import needs_dlib

ORIENTATION = 0x0112
# What a phone does with the upright picture before it notes the number
HELD = {1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270}

CONSENT = faces.Consent("to see that a turned picture is recognised", "nobody: drawn",
                        date.today(), date.today())


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.setattr(picture_input, "project_root", lambda: tmp_path)
    return tmp_path


def read(path):
    return faces.read_picture(path, datasheet=data.NOBODY)


def picture(height=70, width=90):
    """A picture of which no turn looks like another."""
    rows, columns = np.mgrid[:height, :width]
    return np.stack([rows * 3, columns * 2, (rows + 2 * columns) % 256], -1).astype(np.uint8)


def held(upright, orientation):
    """Return the image and the tags that a phone held in some way saves."""
    image = Image.fromarray(upright)
    if HELD[orientation] is not None:
        image = image.transpose(HELD[orientation])
    tags = Image.Exif()
    tags[ORIENTATION] = orientation
    return image, tags


@pytest.mark.parametrize("kind", ["png", "webp", "tiff"])
@pytest.mark.parametrize("orientation", HELD)
def test_each_way_to_hold_the_phone_gives_the_same_array(course, orientation, kind):
    image, tags = held(picture(), orientation)
    image.save(course / "one", kind, exif=tags, **({"lossless": True} if kind == "webp" else {}))
    assert np.array_equal(read(course / "one"), picture())
    with Image.open(course / "one") as opened:
        assert np.array_equal(check_picture(opened), picture())


@pytest.mark.parametrize("orientation", HELD)
def test_what_is_scaled_down_is_upright_too(course, monkeypatch, orientation):
    monkeypatch.setattr(picture_file, "MOST_PIXELS", 5_000)
    image, tags = held(picture(), orientation)
    image.save(course / "one.png", exif=tags)
    scaled = read(course / "one.png")
    assert scaled.shape == (62, 80, 3)
    expected = np.asarray(Image.fromarray(picture()).resize((80, 62)))
    assert np.array_equal(scaled, expected)


@needs_dlib
def test_a_face_on_its_side_is_the_same_face(course, portraits):
    """A JPEG loses a little when it is saved on its side; less than two pictures differ."""
    upright = np.kron(portraits[0][1], np.ones((2, 2, 1), np.uint8))
    vectors = []
    for orientation in (1, 6):
        image, tags = held(upright, orientation)
        image.save(course / "one.jpg", quality=95, exif=tags)
        shown = read(course / "one.jpg")
        vectors.append(faces.embed(faces.align(shown, faces.detect_one(shown))))
        with Image.open(course / "one.jpg") as opened:  # and as Pillow opened it
            gallery = faces.Gallery()
            gallery.enrol("a", opened, consent=CONSENT)
            assert gallery.verify("a", vectors[-1], threshold=1e-6).matches
    assert faces.distance(*vectors) < 0.1


@pytest.mark.parametrize("exif", [b"Exif\0\0garbage", b"Exif\0\0MM\0*",
                                  b"Exif\0\0II*\0\x08\0\0\0\xff\xff\x12\x01\x03\0\x01"])
def test_damaged_tags_leave_the_picture_as_it_is(course, exif):
    Image.fromarray(picture()).save(course / "one.jpg", exif=exif)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read(course / "one.jpg").shape == (70, 90, 3)


@pytest.mark.parametrize("size", [(4032, 3024), (3024, 4032), (8160, 6144)])
def test_what_phones_take_is_accepted(course, size):
    Image.new("RGB", size, (90, 60, 30)).save(course / "one.jpg")
    shape = read(course / "one.jpg").shape
    assert shape[0] * shape[1] <= picture_file.MOST_PIXELS
    assert shape[1] / shape[0] == pytest.approx(size[0] / size[1], rel=1e-3)
    if max(size) < 5000:
        assert shape == (*size[::-1], 3)


GREY = np.broadcast_to(np.arange(90, dtype=np.uint8) * 2, (70, 90))


@pytest.mark.parametrize("make", [
    lambda: Image.fromarray(GREY), lambda: Image.fromarray(GREY).convert("LA"),
    lambda: Image.fromarray(GREY).convert("RGB"), lambda: Image.fromarray(GREY).convert("P"),
    lambda: Image.fromarray(GREY.astype(np.uint16) << 8)], ids=["L", "LA", "RGB", "P", "16 bits"])
def test_grey_is_read_the_same_however_it_is_stored(course, make):
    make().save(course / "one.png")
    assert np.array_equal(read(course / "one.png"), np.dstack([GREY] * 3))


def test_black_and_white_is_read(course):
    Image.fromarray(GREY > 90).save(course / "one.png")
    assert np.array_equal(read(course / "one.png"), np.dstack([(GREY > 90) * np.uint8(255)] * 3))


def test_what_is_transparent_is_white_whatever_lies_below(course):
    below = np.dstack([picture(), np.zeros((70, 90), np.uint8)])
    below[:, :45, 3] = 255
    Image.fromarray(below).save(course / "one.png")
    assert np.array_equal(read(course / "one.png")[:, :45], picture()[:, :45])
    assert (read(course / "one.png")[:, 45:] == 255).all()


def test_a_palette_with_a_transparent_colour(course):
    image = Image.new("P", (90, 70), 1)
    image.putpalette([10, 20, 30, 40, 50, 60])
    image.paste(0, (0, 0, 45, 70))
    image.save(course / "one.png", transparency=0)
    assert (read(course / "one.png")[:, :45] == 255).all()
    assert (read(course / "one.png")[:, 45:] == (40, 50, 60)).all()


@pytest.mark.parametrize("mode, kind", [("CMYK", "jpeg"), ("CMYK", "tiff"), ("LAB", "tiff")])
def test_the_colours_of_print_are_read(course, mode, kind):
    flat = np.full((70, 90, 3), (200, 100, 50), np.uint8)
    if mode == "LAB":
        from PIL import ImageCms
        srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        image = ImageCms.profileToProfile(Image.fromarray(flat), srgb, lab, outputMode="LAB")
    else:
        image = Image.fromarray(flat).convert(mode)
    image.save(course / "one", kind)
    assert np.abs(read(course / "one").astype(int) - flat).max() < 8


@pytest.mark.parametrize("kind, words", [("gif", {}), ("png", {}), ("webp", {"lossless": True}),
                                         ("mpo", {"quality": 100, "subsampling": 0})])
def test_of_several_pictures_in_one_file_the_first_is_read(course, kind, words):
    """Phones put a second one into their JPEG files."""
    first, second = (Image.new("RGB", (90, 70), colour) for colour in ("red", "blue"))
    first.save(course / "one", kind, save_all=True, append_images=[second], **words)
    shown = read(course / "one")
    assert shown.shape == (70, 90, 3)
    assert np.abs(shown.astype(int) - (255, 0, 0)).max() < 4


def heic(brand):
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1heic" + bytes(90)


def half(kind):
    stream = io.BytesIO()
    Image.fromarray(picture()).save(stream, kind)
    return stream.getvalue()[:len(stream.getvalue()) // 2]


HALVES = ("png", "jpeg", "webp", "tiff", "gif", "bmp", "ppm")


def declared(width, height):
    """A PNG that says it is larger than anything that could be unpacked."""
    stream = io.BytesIO()
    Image.new("L", (60, 60)).save(stream, "png")
    content = bytearray(stream.getvalue())
    content[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4, "big")
    return bytes(content)


@pytest.mark.parametrize("content, said", [
    (heic(b"heic"), "HEIC.*Export it as JPEG"), (heic(b"mif1"), "HEIC.*Export it as JPEG"),
    *((half(kind), "damaged") for kind in HALVES),
    (half("avif"), "no picture.*save it as one"),
    (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 90 70\n", "no picture.*save it as one"),
    (b"<html>", "no picture"), (declared(50_000, 50_000), "179 million.*thumbnail"),
    (declared(11_000, 10_000), "11000 by 10000.*thumbnail")],
    ids=["HEIC", "HEIC, general", *HALVES, "half an AVIF", "EPS", "a page", "a bomb",
         "a large PNG"])
def test_what_cannot_be_read_says_what_to_do(course, content, said):
    (course / "Quillon.jpg").write_bytes(content)
    with pytest.raises(CourseError, match=said) as error:
        read(course / "Quillon.jpg")
    assert "Quillon" not in str(error.value)


@pytest.mark.parametrize("mode", ["I", "F"])
def test_32_bits_a_pixel_are_refused_with_a_way_out(course, mode):
    Image.new(mode, (90, 70)).save(course / "one.tiff")
    with pytest.raises(CourseError, match="32 bits.*as JPEG or PNG"):
        read(course / "one.tiff")


def test_the_line_that_scales_down_does(course, monkeypatch):
    image, tags = held(picture(205, 4100), 6)
    image.save(course / "one.jpg", exif=tags)
    monkeypatch.chdir(course)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS)
    exec(picture_file.SCALE_DOWN, {"path": "one.jpg"})
    with Image.open("smaller.jpg") as smaller:
        assert max(smaller.size) == 4000
        assert ImageOps.exif_transpose(smaller).size == (4000, 200)
