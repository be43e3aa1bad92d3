"""Fetching the ImageNet weights from a server that works, cuts the line, lies, or has nothing."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from course_utils import models
from course_utils.errors import CourseError
from course_utils.models import imagenet

models.quiet(onednn=True)
CONTENT = b"weights" * 1000


class Server(ThreadingHTTPServer):
    """Serves `content`; `says` is the length it promises; `status` its answer."""

    content, says, status, asked = CONTENT, None, 200, 0


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked += 1
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(self.server.says or len(self.server.content)))
        self.end_headers()
        self.wfile.write(self.server.content)

    def log_message(self, *_):
        pass


@pytest.fixture
def server(tmp_path, monkeypatch):
    import keras

    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    if hasattr(keras.config, "keras_home"):
        monkeypatch.setattr(keras.config, "keras_home", lambda: str(tmp_path))
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv(imagenet.URL, f"http://127.0.0.1:{server.server_port}/")
    monkeypatch.setenv(imagenet.MD5, hashlib.md5(CONTENT).hexdigest())
    yield server
    server.shutdown()


def left(tmp_path):
    """Return every file below the cache."""
    return [path.name for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".json"]


def test_a_whole_file_is_kept_and_asked_for_once(server, tmp_path):
    path = models.fetch_imagenet()
    assert path == tmp_path / "models" / path.name and path.read_bytes() == CONTENT
    assert models.fetch_imagenet() == path and server.asked == 1
    assert models.have_imagenet() and left(tmp_path) == [path.name]


@pytest.mark.parametrize("fault, words", [
    ({"says": 10 * len(CONTENT)}, "could not be fetched"),
    ({"content": b"other" * 999}, "could not be fetched"), ({"status": 404}, "404")])
def test_a_cut_a_wrong_and_a_missing_file_leave_nothing_and_name_the_offline_way(
        server, tmp_path, fault, words):
    vars(server).update(fault)
    with pytest.raises(CourseError, match=words) as raised:
        models.fetch_imagenet()
    assert "weights='course'" in str(raised.value)
    assert left(tmp_path) == [] and not models.have_imagenet()


def test_a_fault_leaves_a_good_file_and_replaces_a_bad_one(server, tmp_path):
    path = models.fetch_imagenet()
    path.write_bytes(b"damaged")
    server.status = 404
    with pytest.raises(CourseError):
        models.fetch_imagenet()
    server.status = 200
    assert models.fetch_imagenet().read_bytes() == CONTENT


def test_no_server_is_said(server, tmp_path):
    server.shutdown()
    server.server_close()
    with pytest.raises(CourseError, match="could not be fetched.*weights='course'"):
        models.fetch_imagenet()
    assert left(tmp_path) == []


def test_a_full_disk_is_said(server, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("keras.utils.get_file", full)
    with pytest.raises(CourseError, match="No space left.*Free 200 MB"):
        models.fetch_imagenet()
    assert left(tmp_path) == []


def test_a_file_of_the_right_layout_becomes_the_network(server, tmp_path, monkeypatch):
    import keras
    import numpy as np

    keras.utils.set_random_seed(4)
    theirs = keras.applications.ResNet50(weights=None, include_top=False, pooling="avg",
                                         input_shape=(48, 48, 3))
    server.content = content = _as_keras_published(theirs)
    monkeypatch.setenv(imagenet.MD5, hashlib.md5(content).hexdigest())
    ours = models.resnet50("imagenet")
    assert all(np.array_equal(one.numpy(), two.numpy())
               for one, two in zip(ours.weights, theirs.weights, strict=True))


def test_a_file_of_another_layout_is_refused(server):
    with pytest.raises(CourseError, match="does not hold weights of ResNet50"):
        models.resnet50("imagenet")


def _as_keras_published(network):
    """Return the bytes of an HDF5 file in the layout of Keras's published weights."""
    import io

    import h5py

    stream = io.BytesIO()
    with h5py.File(stream, "w") as file:
        layers = network.layers
        file.attrs["layer_names"] = [layer.name.encode() for layer in layers]
        file.attrs["backend"], file.attrs["keras_version"] = b"tensorflow", b"2.2.4"
        for layer in layers:
            group = file.create_group(layer.name)
            names = [f"{layer.name}/{value.name}:0" for value in layer.weights]
            group.attrs["weight_names"] = [name.encode() for name in names]
            for name, value in zip(names, layer.weights, strict=True):
                group.create_dataset(name, data=value.numpy())
    return stream.getvalue()
