"""Binder builds the same environment, and opens the first lesson."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
import yaml

from course_utils.lock import CONDA_NAMES, read_pins, version_of
from tools.conda_environment import CONDA_PYTHON

ROOT = Path(__file__).parents[1]
BINDER = ROOT / ".binder"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Binder's machines run Linux")


@pytest.fixture(scope="module")
def dockerfile():
    """Return what repo2docker would build from this checkout; no Docker is needed for that."""
    done = subprocess.run([sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(ROOT)],
                          text=True, capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_repo2docker_takes_the_right_python(dockerfile):
    assert f"Building conda environment for python={CONDA_PYTHON}" in dockerfile
    # and with it the frozen base that repo2docker keeps for that Python
    escaped = CONDA_PYTHON.replace(".", "-2e")
    assert re.search(rf"environment-2epy-2d{escaped}-2dlinux", dockerfile)


def test_repo2docker_installs_what_the_lock_pins(dockerfile):
    (name,) = re.findall(r'env update -p \$\{NB_PYTHON_PREFIX\} --file "([^"]+)"', dockerfile)
    assert f"COPY --chown=0:0 src/{name} " in dockerfile
    used = ROOT / name
    assert used.resolve() == ROOT / "environment.yml"
    lock = ROOT / "requirements.lock"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    assert f"requirements.lock sha256: {digest}" in used.read_text(encoding="utf-8")
    asked = yaml.safe_load(used.read_text(encoding="utf-8"))["dependencies"][-1]["pip"]
    locked = [pin for pin in read_pins(lock) if pin.name not in CONDA_NAMES]
    assert len(asked) == len(locked)


def test_repo2docker_runs_post_build_and_start(dockerfile):
    assert "RUN ./.binder/postBuild" in dockerfile
    assert "/.binder/start" in dockerfile
    for name in ("postBuild", "start"):
        assert os.access(BINDER / name, os.X_OK), name
    # COPY before RUN: postBuild must find the course
    assert dockerfile.index("src/ ${REPO_DIR}") < dockerfile.index("RUN ./.binder/postBuild")


def test_git_keeps_the_link_and_the_modes():
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone")
    listed = subprocess.run(["git", "ls-files", "-s", ".binder"], cwd=ROOT, text=True,
                            capture_output=True, check=True).stdout
    modes = {line.split("\t")[1]: line.split()[0] for line in listed.splitlines()}
    assert modes == {".binder/environment.yml": "120000", ".binder/postBuild": "100755",
                     ".binder/start": "100755"}


def test_start_quiets_jupyterlab_and_hands_over(tmp_path):
    done = subprocess.run([str(BINDER / "start"), "sh", "-c", "echo $JUPYTER_CONFIG_PATH $1", "-",
                           "server"], cwd=ROOT, text=True, capture_output=True, check=True,
                          env={**os.environ, "JUPYTER_CONFIG_PATH": "/before"})
    paths, word = done.stdout.split()
    ours, before = paths.split(":")
    assert (before, word) == ("/before", "server")
    assert (Path(ours) / "labconfig" / "page_config.json").is_file()


class Prefix:
    """A new environment that sees the packages of this one: what Binder has before postBuild."""

    def __init__(self, folder):
        self.checkout = folder / "course"
        shutil.copytree(ROOT, self.checkout, symlinks=True, ignore=shutil.ignore_patterns(
            ".venv", ".git", "*.egg-info", "__pycache__", ".*_cache", "build", "screenshots"))
        self.prefix = folder / "env"
        venv.create(self.prefix, symlinks=True)
        self.site = Path(sysconfig.get_path("purelib", vars={"base": self.prefix}))
        (self.site / "packages.pth").write_text(sysconfig.get_path("purelib") + "\n")
        for name in ("etc", "share"):
            (self.prefix / name).symlink_to(Path(sys.prefix) / name)

    def pretend(self, name, version):
        folder = self.site / f"{name}-{version}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")

    def pip_part_of_conda(self):
        """Let pip solve, as conda does, the pip part of environment.yml on what is here."""
        entries = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"][-1]["pip"]
        (self.site / "pip.txt").write_text("\n".join(entries))
        words = ["-m", "pip", "install", "--dry-run", "--no-index", "-U", "-r"]
        return subprocess.run([str(self.prefix / "bin" / "python"), *words,
                               str(self.site / "pip.txt")], text=True, capture_output=True)

    def post_build(self):
        path = f"{self.prefix / 'bin'}:{os.environ['PATH']}"
        environ = {**os.environ, "PATH": path, "PIP_NO_INDEX": "1",
                   "PLAIN_SIGHT_IMAGENET_URL": "http://127.0.0.1:9"}  # where nobody listens
        return subprocess.run([str(self.checkout / ".binder" / "postBuild")], cwd="/", text=True,
                              capture_output=True, env=environ)


@pytest.fixture
def prefix(tmp_path):
    return Prefix(tmp_path)


@pytest.mark.slow
def test_post_build_installs_the_course_without_a_network(prefix):
    done = prefix.post_build()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Everything that the course needs is here" in done.stdout
    assert "lesson 05 does without" in done.stdout
    code = "import course_utils; print(course_utils.__file__)"
    found = subprocess.check_output([str(prefix.prefix / "bin" / "python"), "-c", code],
                                    cwd="/", text=True)
    assert Path(found.strip()).is_relative_to(prefix.checkout)
    assert (prefix.prefix / "bin" / "course").is_file()


@pytest.mark.slow
def test_post_build_fails_when_a_package_is_not_the_locks(prefix):
    prefix.pretend("rich", "0.0.1")
    done = prefix.post_build()
    assert done.returncode != 0
    assert "rich is 0.0.1, not" in done.stdout


@pytest.mark.slow
def test_condas_dlib_satisfies_face_recognition(prefix):
    done = prefix.pip_part_of_conda()
    assert done.returncode != 0 and "No matching distribution found for dlib" in done.stderr
    pins = {pin.name: version_of(pin)
            for pin in read_pins(ROOT / "requirements.lock")}
    prefix.pretend("dlib", pins["dlib-bin"])
    done = prefix.pip_part_of_conda()
    assert done.returncode == 0, done.stderr
    assert "Would install" not in done.stdout
