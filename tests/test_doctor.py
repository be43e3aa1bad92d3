"""`course doctor`: each part, with what to do when it is missing."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement

from course_utils import lock
from course_utils.cli import doctor

ROOT = Path(__file__).parents[1]
PARTS = {check.name: check for check in doctor.PARTS}


def test_every_part_of_the_promise_is_looked_at():
    assert list(PARTS) == ["Python", "packages", "origin of packages", "settings of the machine",
                            "kernel of notebooks", "nbgrader in the server",
                            "nbgrader in JupyterLab", "lessons", "data, offline", "disk", "memory",
                            "Chromium (optional)", "bubblewrap (optional)"]


def test_all_is_well_here(capsys):
    assert doctor.run(None) == 0
    out = capsys.readouterr().out
    assert "Everything that the course needs is here" in out
    assert "178 wines" in out and "as requirements.lock pins them" in out


@pytest.mark.slow
def test_it_is_quick():
    """Under five seconds of work, however busy the machine is."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", "from course_utils.cli import main; main(['doctor'])"],
                   cwd=ROOT, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < 5


def outcome(capsys, monkeypatch, *names):
    """Run the doctor with only the named checks; return its exit code and words."""
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.setattr(doctor, "PARTS", [PARTS[name] for name in names])
    code = doctor.run(None)
    return code, " ".join(capsys.readouterr().out.replace("│", " ").split())


def test_a_wrong_and_an_absent_package(capsys, monkeypatch):
    pins = [Requirement("numpy==0.1"), Requirement("no-such-package==1")]
    monkeypatch.setattr(lock, "read_pins", lambda path: pins)
    code, out = outcome(capsys, monkeypatch, "packages")
    assert code == 1
    assert "not 0.1" in out and "no-such-package 1 is missing" in out and "make setup" in out
    assert "Missing: packages." in out


def test_many_faults_are_counted(capsys, monkeypatch):
    pins = [Requirement(f"no-such-package-{number}==1") for number in range(9)]
    monkeypatch.setattr(lock, "read_pins", lambda path: pins)
    assert "and 4 more" in outcome(capsys, monkeypatch, "packages")[1]


def test_no_lock(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "project_root", lambda: tmp_path)
    code, out = outcome(capsys, monkeypatch, "packages")
    assert code == 1 and "requirements.lock is missing" in out and "git checkout" in out


def test_an_old_python(capsys, monkeypatch):
    monkeypatch.setattr(doctor.sys, "version_info", (3, 9, 0))
    found = doctor.look_at_python()
    assert not found.ok and "FRESH=1 PYTHON=python3.12" in found.remedy


def jupyter_folder(tmp_path, monkeypatch, folder, name, content):
    path = tmp_path / folder / name
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(content))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path))


def test_a_server_extension_is_disabled(capsys, monkeypatch, tmp_path):
    name = "nbgrader.server_extensions.validate_assignment"
    jupyter_folder(tmp_path, monkeypatch, "jupyter_server_config.d", "off.json",
                   {"ServerApp": {"jpserver_extensions": {name: False}}})
    code, out = outcome(capsys, monkeypatch, "nbgrader in the server")
    assert code == 1 and f"not enabled: {name}" in out
    assert "jupyter server extension enable --sys-prefix" in out


def test_the_lab_extension_is_disabled(capsys, monkeypatch, tmp_path):
    name = "@jupyter/nbgrader:validate-assignment"
    jupyter_folder(tmp_path, monkeypatch, "labconfig", "page_config.json",
                   {"disabledExtensions": {name: True}})
    code, out = outcome(capsys, monkeypatch, "nbgrader in JupyterLab")
    assert code == 1 and f"disabled: {name}" in out and "jupyter labextension enable" in out


def test_the_lab_extension_is_absent(capsys, monkeypatch):
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda *parts: [])
    code, out = outcome(capsys, monkeypatch, "nbgrader in JupyterLab")
    assert code == 1 and "not installed" in out and "make setup FRESH=1" in out


def test_lessons_missing_or_damaged(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "project_root", lambda: tmp_path)
    code, out = outcome(capsys, monkeypatch, "lessons")
    assert code == 1 and "0 in lessons/" in out and "course build" in out
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "01_a.ipynb").write_text("{")
    code, out = outcome(capsys, monkeypatch, "lessons")
    assert code == 1 and "damaged: 01_a.ipynb" in out


def test_the_data_does_not_load(capsys, monkeypatch):
    def broken():
        raise FileNotFoundError("wine_data.csv")

    monkeypatch.setattr("sklearn.datasets.load_wine", broken)
    code, out = outcome(capsys, monkeypatch, "data, offline")
    assert code == 1 and "wine_data.csv" in out and "make setup FRESH=1" in out


@pytest.mark.parametrize("name, remedy", [
    ("disk", "Make room"),
    ("memory", "Close other programs"),
    ("Chromium (optional)", "sudo apt install chromium"),
    ("bubblewrap (optional)", "sudo apt install bubblewrap"),
])
def test_what_is_not_required_is_noted_and_forgiven(capsys, monkeypatch, name, remedy):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1e8))
    monkeypatch.setattr("psutil.virtual_memory",
                        lambda: SimpleNamespace(available=2**29, total=2**30))
    code, out = outcome(capsys, monkeypatch, name)
    assert code == 0 and remedy in out and "note" in out


def test_the_conda_name_of_a_package_counts(monkeypatch):
    def version(name):
        if name == "dlib":
            return "19.24.6"
        raise lock.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(lock.metadata, "version", version)
    assert lock.disagreements([Requirement("dlib-bin==19.24.6")]) == []


# --- half a set-up, and settings for another Python


def test_it_starts_with_the_standard_library_alone_and_says_what_is_missing():
    code = ("import sys; sys.path.insert(0, '.'); from course_utils.cli import main; "
            "sys.exit(main(['doctor']))")
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=ROOT, text=True,
                          capture_output=True)
    assert (done.returncode, done.stderr) == (1, "")
    assert "packaging is missing; absl-py is missing" in done.stdout
    assert "not installed: numpy, pandas" in done.stdout
    assert done.stdout.count("make setup") >= 4 and "Missing: packages, origin" in done.stdout
    assert "lessons: 9 in lessons/" in done.stdout.replace("10 in", "9 in")


def test_every_other_command_says_in_half_a_set_up_what_to_do():
    code = ("import sys; sys.path.insert(0, '.'); from course_utils.cli import main; "
            "sys.exit(main(sys.argv[1:]))")
    for words in (["build"], ["run", "01"], ["grade", "lab01"], ["report", "lab01"], ["lab"]):
        done = subprocess.run([sys.executable, "-I", "-S", "-c", code, *words], cwd=ROOT, text=True,
                              capture_output=True)
        assert done.returncode == 1, words
        assert done.stderr.startswith("course: ") and "course doctor" in done.stderr, done.stderr


def test_a_package_of_another_environment(capsys, monkeypatch, tmp_path):
    (tmp_path / "numpy").mkdir()
    (tmp_path / "numpy" / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(doctor, "find_spec",
                        lambda name: SimpleNamespace(origin=str(tmp_path / name / "__init__.py")))
    code, out = outcome(capsys, monkeypatch, "origin of packages")
    assert code == 1 and f"numpy from {tmp_path}" in out and "unset PYTHONPATH" in out


def test_settings_for_another_python_are_noted(capsys, monkeypatch):
    monkeypatch.setenv("PYTHONSTARTUP", "/home/x/start.py")
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    code, out = outcome(capsys, monkeypatch, "settings of the machine")
    assert code == 0 and "/home/x/start.py" in out
    assert "unset PYTHONSTARTUP KERAS_BACKEND" in out and "note" in out


def test_a_package_that_does_not_load_because_of_a_setting_names_the_setting(
        capsys, monkeypatch, tmp_path):
    def broken():
        raise ImportError("numpy.core.multiarray failed to import")

    (tmp_path / "numpy.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("sklearn.datasets.load_wine", broken)
    code, out = outcome(capsys, monkeypatch, "data, offline")
    assert code == 1 and "unset PYTHONPATH" in out and "FRESH" not in out


def test_the_kernel_of_another_environment(capsys, monkeypatch, tmp_path):
    folder = tmp_path / "kernels" / "python3"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(json.dumps(
        {"argv": ["/opt/other/bin/python"], "display_name": "Python 3", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    code, out = outcome(capsys, monkeypatch, "kernel of notebooks")
    assert code == 1 and "python3 is /opt/other/bin/python" in out and str(folder) in out
    assert "unset JUPYTER_PATH" in out


def test_the_configuration_of_another_jupyter_is_named(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    test_a_server_extension_is_disabled(capsys, monkeypatch, tmp_path)
    _, out = outcome(capsys, monkeypatch, "nbgrader in the server")
    assert "unset JUPYTER_CONFIG_DIR JUPYTER_CONFIG_PATH" in out
