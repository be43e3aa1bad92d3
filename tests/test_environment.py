"""pyproject.toml declares, requirements.lock pins, environment.yml gives conda the same."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from course_utils.errors import CourseError
from course_utils.lock import CONDA_NAMES, disagreements, read_pins, version_of
from tools import bootstrap
from tools.conda_environment import CONDA_PYTHON, conda_environment, main

ROOT = Path(__file__).parents[1]
LOCK, CONDA, PYPROJECT = (ROOT / name for name in
                          ("requirements.lock", "environment.yml", "pyproject.toml"))
PYTHONS = ("3.11", "3.12", "3.13")
MACHINES = {
    "linux x86-64": ("linux", "x86_64", "posix", "Linux"),
    "linux arm64": ("linux", "aarch64", "posix", "Linux"),
    "macOS arm64": ("darwin", "arm64", "posix", "Darwin"),
    "Windows": ("win32", "AMD64", "nt", "Windows"),
}


def markers(python, machine):
    platform, processor, os_name, system = MACHINES[machine]
    return {"python_version": python, "python_full_version": f"{python}.9",
            "sys_platform": platform, "platform_machine": processor, "os_name": os_name,
            "platform_system": system, "implementation_name": "cpython",
            "platform_python_implementation": "CPython", "extra": ""}


def applying(pins, env):
    return [pin for pin in pins if pin.marker is None or pin.marker.evaluate(env)]


def conda_versions(text):
    """Return what an environment.yml asks for, under the lock's names: {name: {versions}}."""
    entries = yaml.safe_load(text)["dependencies"]
    ours = {theirs: name for name, theirs in CONDA_NAMES.items()}
    found = {}
    for entry in entries:
        if isinstance(entry, str) and "=" in entry and not entry.startswith("python="):
            name, version = entry.split("=")
            found.setdefault(ours[name], set()).add((version, None))
    for entry in entries[-1]["pip"]:
        pin = Requirement(entry)
        found.setdefault(pin.name, set()).add((version_of(pin), str(pin.marker or "")))
    return found


def faults_between(pyproject, lock, conda):
    """Return a phrase for everything on which the three files disagree."""
    pins = read_pins(lock)
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    declared = [Requirement(text) for text in
                project["dependencies"] + project["optional-dependencies"]["dev"]]
    return [*undeclared(declared, pins), *unlike_conda(pins, conda.read_text(encoding="utf-8"))]


def undeclared(declared, pins):
    for python in PYTHONS:
        for machine in MACHINES:
            env = markers(python, machine)
            versions = {pin.name.replace("_", "-"): version_of(pin)
                        for pin in applying(pins, env)}
            for want in applying(declared, env):
                have = versions.get(want.name.replace("_", "-"))
                if have is None or not want.specifier.contains(have, prereleases=True):
                    yield f"pyproject.toml wants {want}, the lock has {have} ({python}, {machine})"


def unlike_conda(pins, text):
    locked = {}
    for pin in pins:
        marker = None if pin.name in CONDA_NAMES else str(pin.marker or "")
        locked.setdefault(pin.name, set()).add((version_of(pin), marker))
    conda = conda_versions(text)
    for name in sorted(locked.keys() | conda.keys()):
        if locked.get(name) != conda.get(name):
            yield f"{name}: lock {locked.get(name)}, environment.yml {conda.get(name)}"


def test_the_three_files_agree():
    assert faults_between(PYPROJECT, LOCK, CONDA) == []


@pytest.mark.parametrize("name, old, new", [
    ("requirements.lock", r"scikit-learn==\S+", "scikit-learn==1.0.0"),
    ("requirements.lock", r"(?m)^rich==.*\\\n( .*\n)+", ""),
    ("environment.yml", r"numpy==\S+", "numpy==1.26.4"),
    ("environment.yml", r"dlib=\S+", "dlib=19.22.0"),
    ("environment.yml", r"    - nbgrader==.*\n", ""),
    ("pyproject.toml", r"jupyterlab>=4", "jupyterlab>=9"),
    ("pyproject.toml", r'"rich",', '"rich", "left-pad",'),
])
def test_a_disagreement_is_found(tmp_path, name, old, new):
    for path in (PYPROJECT, LOCK, CONDA):
        shutil.copy(path, tmp_path)
    text = (tmp_path / name).read_text(encoding="utf-8")
    changed = re.sub(old, new, text, count=1)
    assert changed != text
    (tmp_path / name).write_text(changed, encoding="utf-8")
    assert faults_between(*(tmp_path / path.name for path in (PYPROJECT, LOCK, CONDA)))


def test_environment_yml_is_what_make_lock_writes():
    assert CONDA.read_text(encoding="utf-8") == conda_environment(LOCK)


def test_the_tool_writes_beside_the_lock(tmp_path, monkeypatch):
    shutil.copy(LOCK, tmp_path)
    monkeypatch.setattr("tools.conda_environment.ROOT", tmp_path)
    main()
    assert (tmp_path / CONDA.name).read_bytes() == CONDA.read_bytes()


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("machine", MACHINES)
def test_each_package_has_one_version_on_each_machine(python, machine):
    names = [pin.name for pin in applying(read_pins(LOCK), markers(python, machine))]
    assert len(names) == len(set(names)) > 150


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("machine", MACHINES)
def test_the_small_tensorflow_only_on_linux_x86_64(python, machine):
    names = {pin.name for pin in applying(read_pins(LOCK), markers(python, machine))}
    small = machine == "linux x86-64"
    assert ("tensorflow-cpu" in names, "tensorflow" in names) == (small, not small)


def test_nothing_needs_a_compiler_for_dlib():
    pins = {pin.name: pin for pin in read_pins(LOCK)}
    assert "dlib" not in pins and "dlib-bin" in pins
    # face_recognition_models imports pkg_resources, which setuptools 81 dropped
    assert Version(version_of(pins["setuptools"])) < Version("81")


def test_every_pin_has_a_hash_and_no_file_names_an_index():
    text = LOCK.read_text(encoding="utf-8")
    blocks = re.findall(r"(?m)^[\w.-]+==.*\\\n(?:.*\\\n)*.*\n", text)
    assert len(blocks) == len(read_pins(LOCK))
    assert all("--hash=sha256:" in block for block in blocks)
    for path in (LOCK, CONDA):
        found = re.findall(r"\w+://|--(?:extra-)?index-url|--find-links|(?m:^)-[if] ",
                           path.read_text(encoding="utf-8"))
        assert found == [], path.name


def test_the_lock_names_the_command_that_makes_it():
    header = LOCK.read_text(encoding="utf-8").splitlines()[:2]
    assert header[1] == "#    make lock"
    _, recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\nlock: ")
    compiles, writes = recipe.split("&&")
    assert "uv pip compile" in compiles and "python tools/conda_environment.py" in writes


def test_all_files_mean_the_same_pythons():
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    wanted = Requirement(f"python{project['requires-python']}").specifier
    supported = [f"3.{minor}" for minor in range(8, 17) if wanted.contains(f"3.{minor}")]
    assert tuple(supported) == PYTHONS
    assert (bootstrap.OLDEST, bootstrap.NEWEST) == ((3, 11), (3, 13))
    assert f"python={CONDA_PYTHON}" in yaml.safe_load(CONDA.read_text())["dependencies"]
    assert CONDA_PYTHON in PYTHONS


@pytest.mark.parametrize("text", ["numpy 2.0\n", "numpy==\n", "<<<<<<< HEAD\n"])
def test_a_damaged_lock_is_named(tmp_path, text):
    path = tmp_path / "requirements.lock"
    path.write_text(text)
    with pytest.raises(CourseError, match="git checkout"):
        read_pins(path)


def test_a_missing_lock_is_named(tmp_path):
    with pytest.raises(CourseError, match="requirements.lock is missing"):
        read_pins(tmp_path / "requirements.lock")


def test_disagreements_name_package_and_versions():
    pins = [Requirement("numpy==0.1"), Requirement("no-such-package==1"),
            Requirement("also-absent==1; python_version < '3'")]
    first, second = disagreements(pins)
    assert first.startswith("numpy is ") and first.endswith("not 0.1")
    assert second == "no-such-package 1 is missing"


def uv(*words, cwd):
    """Run uv; skip the test where there is no network."""
    # CPython 3.13 needs macOS 14 for dlib-bin; 3.11 and 3.12 need macOS 12 for TensorFlow
    environ = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": "14.0"}
    done = subprocess.run([sys.executable, "-m", "uv", *words], cwd=cwd, text=True,
                          capture_output=True, env=environ)
    if done.returncode and re.search("error sending request|dns|Could not connect", done.stderr,
                                     re.IGNORECASE):
        pytest.skip("needs the package index")
    return done


@pytest.mark.slow
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", ["x86_64-manylinux_2_28", "aarch64-manylinux_2_28",
                                      "aarch64-apple-darwin", "x86_64-pc-windows-msvc"])
def test_every_pin_comes_as_a_wheel(tmp_path, python, platform):
    done = uv("pip", "compile", "-q", str(LOCK), "--no-deps", "--only-binary", ":all:",
              # pure Python, published as source only
              "--no-binary", "face-recognition-models", "--python-version", python,
              "--python-platform", platform, "-o", str(tmp_path / "out"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "dlib-bin==" in (tmp_path / "out").read_text()


@pytest.mark.slow
def test_make_lock_gives_the_same_bytes(tmp_path):
    for path in (PYPROJECT, LOCK, ROOT / "Makefile"):
        shutil.copy(path, tmp_path)
    recipe = subprocess.run(["make", "-n", "-o", "setup", "lock"], cwd=tmp_path, text=True,
                            capture_output=True, check=True).stdout
    words = shlex.split(recipe.partition("&&")[0])[1:]
    done = uv(*words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "requirements.lock").read_bytes() == LOCK.read_bytes()
