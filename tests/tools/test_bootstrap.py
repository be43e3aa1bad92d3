"""`make setup`: what is missing is named with what to type; a second call is quick."""

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools import bootstrap

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tools" / "bootstrap.py"
LOCK = """\
setuptools==80.0 \\
    --hash=sha256:00
wheel==0.45 \\
    --hash=sha256:00
    # via
    #   a
numpy==2.0 \\
    --hash=sha256:00 \\
    --hash=sha256:01
"""
# Stands for a Python with its venv and pip. It does with files what they would do.
FAKE_PYTHON = """\
#!/bin/sh
case "$*" in
    *"import sys, pip;"*) [ "{pip_there}" = yes ] && echo "{version}" ;;
    *"import sys, venv, ensurepip;"*) [ "{ensurepip}" = yes ] && echo "{version}" ;;
    *version_info*) echo "{version}" ;;
    *"-m venv"*)
        echo "{venv_says}"; [ "{venv_says}" = "" ] || exit 1
        mkdir -p "$4/bin" "$4/lib/python3.12/site-packages"
        touch "$4/pyvenv.cfg"; cp "$0" "$4/bin/python" ;;
    *"-m pip "*"config debug"*) cat "{config}" ;;
    *"-m pip"*)
        echo "$*" >> "{log}"
        env | grep -E "^(PIP_|PYTHON)" | sort > "{log}.variables"
        for last in "$@"; do :; done
        case "$last" in *builders.txt) cp "$last" "{log}.builders" ;; esac
        echo "{pip_says}"; [ "{pip_says}" = "" ] || exit 1
        mkdir -p "{site}/numpy-2.0.dist-info" "{site}/plain_sight-0.1.0.dist-info" ;;
esac
"""

needs_posix = pytest.mark.skipif(os.name == "nt", reason="the stand-in Pythons are shell scripts")


class Place:
    """A small course with a stand-in for Python."""

    def __init__(self, root, monkeypatch):
        self.root = root
        self.log = root / "calls.txt"
        self.config = root / "config.txt"  # what `pip config debug` prints
        self.config.write_text("env_var:\nenv:\nglobal:\n  /etc/pip.conf, exists: False\n")
        self.site = root / ".venv" / "lib" / "python3.12" / "site-packages"
        (root / "requirements.lock").write_text(LOCK)
        (root / "pyproject.toml").write_text("[project]\n")
        (root / "bin").mkdir()
        monkeypatch.setattr(bootstrap, "ROOT", str(root))
        monkeypatch.setattr(bootstrap, "VENV", str(root / ".venv"))
        monkeypatch.setattr(bootstrap.sys, "executable", str(root / "bin" / "python3"))
        monkeypatch.setenv("PATH", f"{root / 'bin'}:/usr/bin:/bin")
        for name in [name for name in os.environ if name.startswith("PIP_")]:
            monkeypatch.delenv(name)  # those of the machine that the tests run on
        self.monkeypatch = monkeypatch
        self.runs_on(3, 12)

    def runs_on(self, *version):
        """Let the set-up be run by a Python of some version."""
        self.monkeypatch.setattr(bootstrap, "_here", lambda: version)
        self.python("python3", version=f"{version[0]} {version[1]}")

    def python(self, name, version="3 12", ensurepip="yes", venv_says="", pip_says="",
               pip_there="yes"):
        path = self.root / "bin" / name
        path.write_text(FAKE_PYTHON.format(version=version, ensurepip=ensurepip, log=self.log,
                                           venv_says=venv_says, pip_says=pip_says,
                                           pip_there=pip_there, site=self.site,
                                           config=self.config))
        path.chmod(0o755)
        return path

    def configure(self, kind, text):
        """Put a file of pip's configuration beside the course."""
        path = self.root / f"{kind}.conf"
        path.write_text(text, encoding="utf-8")
        with self.config.open("a") as file:
            file.write(f"{kind}:\n  {path}, exists: True\n    global.whatever: x\n")
        return path

    def variables(self):
        """Return what of PIP_... and PYTHON... the last call of pip was given."""
        lines = Path(f"{self.log}.variables").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)

    def is_ready(self):
        return bootstrap._is_ready(bootstrap.fingerprint())

    def calls(self):
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture
def place(tmp_path, monkeypatch):
    return Place(tmp_path, monkeypatch)


def outcome(capsys, *words):
    code = bootstrap.main(list(words))
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return code, captured.out, captured.err


# --- it works


@needs_posix
def test_it_makes_the_venv_and_installs_the_lock_without_dependencies(place, capsys):
    code, out, err = outcome(capsys)
    assert (code, err) == (0, "")
    assert "Making .venv with Python 3.12" in out and "make lab" in out
    builders, lock, course = place.calls()
    assert "builders.txt" in builders
    assert f"-r {place.root / 'requirements.lock'}" in lock
    assert course.endswith(f"-e {place.root}")
    for call in place.calls():
        assert "--no-deps" in call and "--no-compile" in call
    assert not (place.root / ".venv" / "scratch").exists()


@needs_posix
def test_packages_made_from_source_are_built_with_pinned_tools(place, capsys):
    lock = ROOT / "requirements.lock"
    (place.root / "requirements.lock").write_bytes(lock.read_bytes())
    assert outcome(capsys)[0] == 0
    first, *_ = place.calls()
    assert "builders.txt" in first
    pins = re.split(r"(?m)^(?=\S)", Path(f"{place.log}.builders").read_text())[1:]
    assert [pin.partition("==")[0] for pin in pins] == ["setuptools", "wheel"]
    assert all("--hash=sha256:" in pin and pin in lock.read_text() for pin in pins)


@needs_posix
def test_the_mirror_of_a_campus_is_the_one_that_pip_is_configured_with(place, capsys, monkeypatch):
    place.configure("global", "[global]\nindex-url = https://old.example\ncert = /etc/campus.pem\n"
                              "extra_index_url = https://a.example\n    https://b.example\n")
    place.configure("user", "[install]\nindex-url = https://mirror.example/müller\n")
    place.configure("site", "[global]\nindex-url = https://less.example\n[list]\nformat = json\n")
    monkeypatch.setenv("PIP_TIMEOUT", "60")
    assert outcome(capsys)[0] == 0
    given = place.variables()
    assert given["PIP_INDEX_URL"] == "https://mirror.example/müller"
    assert given["PIP_CERT"] == "/etc/campus.pem" and given["PIP_TIMEOUT"] == "60"
    assert "https://a.example" in given["PIP_EXTRA_INDEX_URL"]
    assert "PIP_FORMAT" not in given
    assert all("index" not in call and "--isolated" not in call for call in place.calls())


ELSEWHERE = ("target", "prefix", "root", "python", "require-hashes", "constraint", "only-binary",
             "dry-run", "src", "platform", "some-option-of-the-future")


@needs_posix
@pytest.mark.parametrize("section", ["global", "install"])
def test_a_file_that_sends_packages_elsewhere_is_left_out_and_named(place, capsys, section):
    lines = [f"{name} = /elsewhere" for name in (*ELSEWHERE, "find-links")]
    path = place.configure("user", "\n".join([f"[{section}]", *lines, "user = true"]))
    code, out, err = outcome(capsys)
    assert (code, err) == (0, "")
    assert place.variables() == {
        "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": "/elsewhere", "PIP_NO_INPUT": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    assert all(f"{name} ({path})" in out for name in ELSEWHERE)
    assert "find-links" not in out and "user (" not in out


@needs_posix
def test_so_is_a_variable(place, capsys, monkeypatch):
    for name in (*ELSEWHERE, "user"):
        monkeypatch.setenv("PIP_" + name.upper().replace("-", "_"), "/elsewhere")
    for name in ("PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE"):
        monkeypatch.setenv(name, "/elsewhere")
    code, out, _ = outcome(capsys)
    assert code == 0
    assert "/elsewhere" not in place.variables().values()
    assert "target (the variable PIP_TARGET)" in out


@needs_posix
def test_no_configuration_at_all_can_be_asked_for(place, capsys, monkeypatch):
    place.configure("user", "[global]\nindex-url = https://mirror.example\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    assert outcome(capsys)[0] == 0
    assert "PIP_INDEX_URL" not in place.variables()


@needs_posix
def test_a_configuration_that_pip_cannot_read_stops_before_anything_is_installed(place, capsys):
    place.config.unlink()
    place.python("cat").write_text("#!/bin/sh\necho 'ERROR: Configuration file contains invalid "
                                   "locale characters in /home/x/pip.conf.'; exit 1\n")
    code, _, err = outcome(capsys)
    assert code == 1 and "in /home/x/pip.conf." in err
    assert f"PIP_CONFIG_FILE={os.devnull} make setup" in err
    assert place.calls() == []


@needs_posix
def test_packages_that_went_elsewhere_all_the_same_are_no_success(place, capsys, monkeypatch):
    monkeypatch.setattr(bootstrap, "_packages", lambda: ["numpy-2.0.dist-info"])
    code, _, err = outcome(capsys)
    assert code == 1 and "not in .venv" in err and "pip config debug" in err
    assert not place.is_ready()


def wheel(folder, name, version="1.0", content=""):
    """Write a wheel of one module and return its hash."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"{name}.py", content)
        file.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\n"
                                          f"Version: {version}\n")
        file.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n"
                                       "Tag: py3-none-any\n")
        file.writestr(f"{info}/RECORD", "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


BACKEND = """\
import shutil


def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "plain_sight-1.0-py3-none-any.whl"
    shutil.copy({wheel!r}, folder + "/" + name)
    return name
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the folders have other names there")
def test_pip_itself_puts_all_into_the_venv_whatever_it_is_configured_with(tmp_path, monkeypatch):
    """Slow, as it makes a venv with its own pip."""
    root, wheels, elsewhere = (tmp_path / name for name in ("course", "wheels", "elsewhere"))
    for folder in (root, wheels, elsewhere):
        folder.mkdir()
    hashes = {name: wheel(wheels, name) for name in ("wheel", "setuptools", "alpha")}
    (root / "requirements.lock").write_text("".join(
        f"{name}==1.0 \\\n    --hash=sha256:{digest}\n" for name, digest in hashes.items()))
    wheel(tmp_path, "plain_sight")
    (root / "backend.py").write_text(
        BACKEND.format(wheel=str(tmp_path / "plain_sight-1.0-py3-none-any.whl")))
    (root / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n')
    (tmp_path / "pip.conf").write_text(
        f"[global]\nfind-links = {wheels}\nno-index = true\nrequire-hashes = true\nquiet = 3\n"
        f"python = {elsewhere}\n"
        f"[install]\ntarget = {elsewhere}\nonly-binary = :all:\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    for name in [name for name in os.environ if name.startswith("PIP_") and "CONFIG" not in name]:
        monkeypatch.delenv(name)
    for name in ("PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PIP_CONSTRAINT", "PYTHONPATH"):
        monkeypatch.setenv(name, str(elsewhere))
    monkeypatch.setenv("PIP_DRY_RUN", "1")
    monkeypatch.setattr(bootstrap, "ROOT", str(root))
    monkeypatch.setattr(bootstrap, "VENV", str(root / ".venv"))
    assert bootstrap.main([]) == 0
    assert list(elsewhere.iterdir()) == []
    assert {"alpha-1.0.dist-info", "plain_sight-1.0.dist-info"} <= set(bootstrap._packages())


@needs_posix
def test_a_second_call_is_quick_and_calls_nothing(place, capsys):
    bootstrap.main([])
    before = place.calls()
    capsys.readouterr()
    start = time.perf_counter()
    assert outcome(capsys) == (0, "", "")
    assert time.perf_counter() - start < 0.2
    assert place.calls() == before


@needs_posix
@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_or_project_is_installed(place, capsys, name):
    bootstrap.main([])
    before = len(place.calls())
    with open(place.root / name, "a") as file:
        file.write("# changed\n")
    assert outcome(capsys)[0] == 0
    assert len(place.calls()) > before


@needs_posix
def test_line_ends_of_windows_change_nothing(place):
    bootstrap.main([])
    before = place.calls()
    path = place.root / "requirements.lock"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert bootstrap.main([]) == 0
    assert place.calls() == before


# --- it repairs


def lose_python(place):
    (place.root / ".venv/bin/python").unlink()
    (place.root / ".venv/bin/python").symlink_to("/nonexistent/python3.12")


def lose_package(place):
    shutil.rmtree(place.site / "numpy-2.0.dist-info")


def lose_stamp(place):
    (place.root / ".venv/plain-sight.json").unlink()


def damage_stamp(place):
    (place.root / ".venv/plain-sight.json").write_text("{")


def keep_only_a_beginning(place):
    shutil.rmtree(place.root / ".venv")
    (place.root / ".venv/bin").mkdir(parents=True)


def lose_pip(place):
    lose_stamp(place)
    place.python("../.venv/bin/python", pip_there="no")


def age_python(place):
    lose_stamp(place)
    place.python("../.venv/bin/python", version="3 9")


@needs_posix
@pytest.mark.parametrize("harm", [lose_python, lose_package, lose_stamp, damage_stamp,
                                  keep_only_a_beginning, lose_pip, age_python])
def test_a_broken_venv_is_repaired(place, capsys, harm):
    bootstrap.main([])
    harm(place)
    assert not place.is_ready()
    code, out, err = outcome(capsys)
    assert (code, err) == (0, "")
    assert place.is_ready()
    assert (place.site / "numpy-2.0.dist-info").is_dir()


@needs_posix
def test_a_course_that_was_moved_gets_a_new_venv(place, capsys):
    bootstrap.main([])
    stamp = place.root / ".venv/plain-sight.json"
    stamp.write_text(stamp.read_text().replace(str(place.root), "/elsewhere"))
    code, out, _ = outcome(capsys)
    assert code == 0 and "Making it again" in out


@needs_posix
def test_fresh_begins_anew(place, capsys):
    bootstrap.main([])
    (place.root / ".venv" / "old").touch()
    assert outcome(capsys, "--fresh")[0] == 0
    assert not (place.root / ".venv" / "old").exists()


@needs_posix
def test_an_interrupted_installation_is_taken_up(place, capsys):
    place.python("python3", pip_says="Connection refused")
    assert outcome(capsys)[0] == 1
    place.python("../.venv/bin/python")
    code, out, _ = outcome(capsys)
    assert code == 0 and "Making .venv" not in out


def test_a_folder_of_someone_else_is_left_alone(place, capsys):
    (place.root / ".venv").mkdir()
    (place.root / ".venv" / "thesis.txt").write_text("mine")
    code, _, err = outcome(capsys)
    assert code == 1 and "mv .venv old.venv" in err
    assert (place.root / ".venv" / "thesis.txt").read_text() == "mine"


# --- it says what is missing and what to type


@needs_posix
@pytest.mark.parametrize("version, words", [
    ((3, 10), "3.10 is too old; the course needs 3.11, 3.12 or 3.13"),
    ((2, 7), "2.7 is too old"),
    ((3, 14), "3.14 is too new"),
])
def test_an_unsupported_python(place, capsys, monkeypatch, version, words):
    place.runs_on(*version)
    monkeypatch.setenv("PATH", str(place.root / "bin"))
    code, _, err = outcome(capsys)
    assert code == 1 and words in err
    assert "sudo apt install python3.12 python3.12-venv" in err
    assert "make setup PYTHON=python3.12" in err


@needs_posix
def test_another_python_on_the_path_steps_in(place, capsys):
    place.runs_on(3, 10)
    other = place.python("python3.13", version="3 13")
    code, out, _ = outcome(capsys)
    assert code == 0 and f"Using {other}, as Python 3.10 will not do" in out


@needs_posix
def test_a_python_that_only_pretends_does_not(place, capsys, monkeypatch):
    place.runs_on(3, 10)
    monkeypatch.setenv("PATH", str(place.root / "bin"))
    place.python("python3.13", version="3 9")
    place.python("python3.12", version="3 12", ensurepip="no")
    assert outcome(capsys)[0] == 1


@needs_posix
@pytest.mark.parametrize("systems, package", [("3.12", "python3-venv"),
                                              ("3.11", "python3.12-venv")])
def test_no_venv(place, capsys, monkeypatch, systems, package):
    """The package is called another way for a Python that is not the system's."""
    monkeypatch.setattr(bootstrap.os.path, "realpath", lambda path: f"/usr/bin/python{systems}")
    monkeypatch.setenv("PATH", str(place.root / "bin"))
    place.python("python3", ensurepip="no")
    code, _, err = outcome(capsys)
    assert code == 1 and err.endswith(f"sudo apt install {package}\n")


def free_bytes(monkeypatch, number):
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda folder: SimpleNamespace(free=number))


@needs_posix
def test_too_little_disk(place, capsys, monkeypatch):
    free_bytes(monkeypatch, 2.1e9)
    code, _, err = outcome(capsys)
    assert code == 1
    assert "needs 4.0 GB free" in err and "has 2.1 GB" in err and "Make room" in err
    assert not (place.root / ".venv").exists()


@needs_posix
def test_what_is_installed_already_counts(place, capsys, monkeypatch):
    bootstrap.main([])
    lose_stamp(place)
    monkeypatch.setattr(bootstrap.os.path, "getsize", lambda path: 3.5e9)
    free_bytes(monkeypatch, 0.6e9)
    assert outcome(capsys)[0] == 0


def test_no_lock(place, capsys):
    (place.root / "requirements.lock").unlink()
    code, _, err = outcome(capsys)
    assert code == 1 and "git checkout -- requirements.lock" in err


@needs_posix
def test_no_permission_for_the_venv(place, capsys):
    place.python("python3", venv_says="Error: [Errno 13] Permission denied: '.venv'")
    code, _, err = outcome(capsys)
    assert code == 1 and "copy the course to a folder of your own" in err


@needs_posix
def test_no_permission_inside_the_venv(place, capsys, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(bootstrap.os, "makedirs", refuse)
    code, _, err = outcome(capsys)
    assert code == 1 and "scratch: Permission denied" in err and "folder of your own" in err


@needs_posix
@pytest.mark.parametrize("pip_says, sentence", [
    ("NewConnectionError(': Failed to establish a new connection: [Errno -3] Temporary failure "
     "in name resolution')", "Check the network"),
    ("ReadTimeoutError: Read timed out.", "Check the network"),
    ("ERROR: Could not find a version that satisfies the requirement numpy==2.0 (from versions: "
     "none) ERROR: No matching distribution found for numpy==2.0", "no file of numpy==2.0"),
    ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "cache purge"),
    ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", "PIP_CERT"),
    ("OSError: [Errno 28] No space left on device", "disk is full"),
    ("ERROR: the moon is full", "Its last words: ERROR: the moon is full"),
    ("error: metadata-generation-failed\n╰─> See above for output.\nnote: not pip\n"
     "hint: See above for details.", "Its last words: error: metadata-generation-failed."),
])
def test_pip_fails(place, capsys, pip_says, sentence):
    place.python("python3", pip_says=pip_says)
    code, _, err = outcome(capsys)
    assert code == 1 and sentence in err
    assert pip_says in (place.root / ".venv" / "setup.log").read_text()
    assert not place.is_ready()


def test_a_mac_with_an_intel_processor(place, capsys, monkeypatch):
    monkeypatch.setattr(bootstrap.sys, "platform", "darwin")
    monkeypatch.setattr(bootstrap.platform, "machine", lambda: "x86_64")
    code, _, err = outcome(capsys)
    assert code == 1 and "Binder" in err


# --- any Python can read it


def test_the_file_holds_nothing_that_an_old_python_cannot_read():
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 4))
    too_new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Nonlocal, ast.AsyncFunctionDef,
               ast.Match, ast.YieldFrom)
    for node in ast.walk(tree):
        assert not isinstance(node, too_new), f"line {node.lineno}"
        if isinstance(node, ast.FunctionDef):
            assert not node.args.kwonlyargs and not node.returns, node.name
            assert not any(arg.annotation for arg in node.args.args), node.name
        if isinstance(node, ast.Raise):
            assert node.cause is None, f"line {node.lineno}"


def test_it_imports_only_the_standard_library():
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import)
             for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= set(sys.stdlib_module_names)


def hiding(folder):
    """Return what of the standard library nobody finds who runs a script in this folder.

    Python puts the folder of a script first on its path.
    """
    return {path.stem for path in folder.iterdir()} & set(sys.stdlib_module_names)


def test_names_of_the_course_do_not_hide_the_librarys(tmp_path):
    assert hiding(SCRIPT.parent) == set()
    (tmp_path / "platform.py").touch()
    (tmp_path / "json").mkdir()
    assert hiding(tmp_path) == {"platform", "json"}


OLD_PYTHONS = [path for name in ("python2", "python2.7", "python3.6", "python3.7", "python3.8",
                                 "python3.9", "python3.10") if (path := shutil.which(name))]


@pytest.mark.parametrize("python", OLD_PYTHONS or [None])
def test_a_real_old_python_says_so(tmp_path, python):
    if python is None:
        pytest.skip("no old Python here")
    if subprocess.run([python, "-c", ""], capture_output=True).returncode:
        pytest.skip("that Python does not start")
    folder = tmp_path / "tools"
    folder.mkdir()
    shutil.copy(SCRIPT, folder)
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    where = subprocess.check_output([python, "-c", "import sys; print(sys.executable)"], text=True)
    done = subprocess.run([where.strip(), str(folder / "bootstrap.py")], text=True,
                          capture_output=True, env={**os.environ, "PATH": "/nonexistent"})
    assert done.returncode == 1
    assert "too old" in done.stderr and "Traceback" not in done.stderr


# --- the Makefile


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_no_python_at_all():
    done = subprocess.run(["make", "setup", "PYTHON=no-such-python"], cwd=ROOT, text=True,
                          capture_output=True)
    assert done.returncode != 0
    assert "no no-such-python here" in done.stderr and "sudo apt install python3" in done.stderr


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
@pytest.mark.parametrize("target, words", [
    ("lab", "course lab --port 8890"),
    ("test", '-m "not slow"'),
    ("test-all", "-m pytest"),
])
def test_each_command_sets_up_first(target, words):
    done = subprocess.run(["make", "-n", target, "PORT=8890"], cwd=ROOT, text=True,
                          capture_output=True, check=True)
    lines = done.stdout.splitlines()
    assert "tools/bootstrap.py" in lines[0] and words in lines[-1]


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
@pytest.mark.parametrize("home", [None, "/nowhere"])
def test_make_setup_is_quick_when_all_is_there(tmp_path, monkeypatch, home):
    """Well under a second, Python's own start included, and whatever PYTHONHOME says."""
    (tmp_path / "tools").mkdir()
    for name in ("Makefile", "requirements.lock", "pyproject.toml", "tools/bootstrap.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    site = tmp_path / ".venv/lib/python3.12/site-packages"
    for number in range(180):
        (site / f"package{number}-1.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path))
    monkeypatch.setattr(bootstrap, "VENV", str(tmp_path / ".venv"))
    python = Path(bootstrap.venv_python())
    python.parent.mkdir(exist_ok=True)
    python.touch()
    bootstrap._write_stamp(bootstrap.fingerprint())
    if home:
        monkeypatch.setenv("PYTHONHOME", home)
    start = time.perf_counter()
    done = subprocess.run(["make", "setup", f"PYTHON={sys.executable}"], cwd=tmp_path, text=True,
                          capture_output=True)
    assert (done.returncode, done.stdout) == (0, "")
    assert time.perf_counter() - start < 1
