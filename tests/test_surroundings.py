"""Settings of the machine for another Python: commands go without, the doctor names them."""

import json
import os
import site
import subprocess
import sys
import sysconfig
import warnings
from pathlib import Path
from unittest import mock

import nbformat
import pytest

from course_utils.cli import surroundings

ROOT = Path(__file__).parents[1]
COURSE = [sys.executable, "-m", "course_utils.cli"]


@pytest.fixture
def process(monkeypatch):
    """Variables and a path that a test may change, as if in a process of its own."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "warnoptions", list(sys.warnoptions))
    monkeypatch.setattr(surroundings, "_left_out", [])
    with mock.patch.dict(os.environ), warnings.catch_warnings():
        for name in ("PYTHONPATH", "JUPYTER_PATH", *surroundings.UNWANTED):
            os.environ.pop(name, None)
        yield


@pytest.fixture
def robots(tmp_path):
    """A folder like that of ROS: packages of its own, and a NumPy that does not fit."""
    folder = tmp_path / "ros"
    (folder / "numpy").mkdir(parents=True)
    (folder / "numpy" / "__init__.py").write_text(
        'raise ImportError("numpy.core.multiarray failed to import")\n')
    (folder / "rclpy.py").touch()
    return str(folder)


@pytest.fixture
def jupyter(tmp_path):
    """A data folder of another Jupyter, whose kernel python3 does not start."""
    folder = tmp_path / "jupyter"
    spec = {"argv": ["/opt/other/bin/python", "-m", "ipykernel_launcher", "-f",
                     "{connection_file}"], "display_name": "Python 3", "language": "python"}
    path = folder / "kernels" / "python3" / "kernel.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(spec))
    return str(folder)


def set_path(*folders):
    os.environ["PYTHONPATH"] = os.pathsep.join(map(str, folders))
    sys.path[1:1] = map(str, folders)


def test_nothing_reaches_in_where_nothing_is_set(process):
    assert surroundings.settings() == []


def test_a_folder_that_hides_a_package_is_left_out_and_named(process, robots, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "my_checks.py").touch()
    (mine / "tests").mkdir()
    set_path(robots, mine)
    surroundings.shield()
    assert robots not in sys.path and str(mine) in sys.path
    assert os.environ["PYTHONPATH"] == str(mine)
    assert surroundings.settings() == [
        surroundings.Setting("PYTHONPATH", f"brings numpy from {robots}")]


@pytest.mark.parametrize("name", ["random.py", "pandas.so", "json/__init__.py"])
def test_what_hides_a_package_or_the_library_is_seen(process, tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()
    set_path(tmp_path)
    assert [each.name for each in surroundings.settings()] == ["PYTHONPATH"]


def test_a_copy_of_the_course_stays_and_so_does_what_it_runs_with(process, robots):
    """An author may run one copy with the environment of another."""
    (Path(robots) / "course_utils").mkdir()
    library = sysconfig.get_paths()["stdlib"]
    folders = [robots, library, os.path.join(library, "lib-dynload"),
               sysconfig.get_paths()["purelib"]]
    set_path(*folders)
    surroundings.shield()
    assert os.environ["PYTHONPATH"] == os.pathsep.join(folders)


@pytest.mark.parametrize("has_course", [False, True])
def test_packages_of_the_user_are_left_out_unless_the_course_is_among_them(
        process, robots, monkeypatch, has_course):
    monkeypatch.setattr(site, "ENABLE_USER_SITE", True)
    monkeypatch.setattr(site, "getusersitepackages", lambda: robots)
    sys.path.append(robots)
    if has_course:
        (Path(robots) / "plain_sight-0.1.0.dist-info").mkdir()
    surroundings.shield()
    assert (robots in sys.path) == has_course
    assert os.environ.get("PYTHONNOUSERSITE") == (None if has_course else "1")


@pytest.mark.parametrize("name", surroundings.UNWANTED)
def test_a_variable_for_another_python_is_left_out_and_named(process, name):
    os.environ[name] = "elsewhere"
    surroundings.shield()
    assert os.environ.get(name) == ("tensorflow" if name == "KERAS_BACKEND" else None)
    assert [each.name for each in surroundings.settings()] == [name]
    assert "elsewhere" in surroundings.settings()[0].effect


def test_warnings_are_no_errors_again(process):
    os.environ["PYTHONWARNINGS"] = "error"
    warnings.simplefilter("error")
    surroundings.shield()
    warnings.warn("for authors", DeprecationWarning, stacklevel=1)


def test_the_kernel_of_this_environment_comes_first(process, jupyter):
    from jupyter_client.kernelspec import KernelSpecManager

    os.environ["JUPYTER_PATH"] = jupyter
    assert not surroundings.is_ours(KernelSpecManager().get_kernel_spec("python3").argv[0])
    for _ in range(2):
        surroundings.shield()
    assert surroundings.is_ours(KernelSpecManager().get_kernel_spec("python3").argv[0])
    assert os.environ["JUPYTER_PATH"].split(os.pathsep)[1:] == [jupyter]
    assert [each.name for each in surroundings.settings()] == ["JUPYTER_PATH"]


def test_a_venvs_python_is_not_the_one_that_it_was_made_with(tmp_path):
    assert surroundings.is_ours("python3") and surroundings.is_ours(sys.executable)
    (tmp_path / "python").symlink_to(os.path.realpath(sys.executable))
    assert not surroundings.is_ours(str(tmp_path / "python"))


def test_a_notebook_runs_as_if_nothing_were_set(tmp_path, robots, jupyter):
    """One real process with a real kernel."""
    (tmp_path / "startup.py").write_text("spy = 1\n")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(
        "import os, numpy\nassert numpy.ones(2).sum() == 2 and 'spy' not in globals()\n"
        "assert 'PYTHONSTARTUP' not in os.environ")])
    nbformat.write(notebook, tmp_path / "one.ipynb")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([robots, str(ROOT)]),
           "JUPYTER_PATH": jupyter, "PYTHONSTARTUP": str(tmp_path / "startup.py"),
           "PYTHONWARNINGS": "error"}
    done = subprocess.run([*COURSE, "run", str(tmp_path / "one.ipynb")], cwd=ROOT, env=env,
                          text=True, capture_output=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(os.name != "posix", reason="elsewhere names of files are Unicode")
@pytest.mark.parametrize("flags", [[], ["-I"]])
def test_names_are_utf_8_whatever_the_locale_is(flags):
    env = {**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0",
           "PYTHONIOENCODING": "utf-8"}
    code = (f"import sys; sys.path.insert(0, {str(ROOT)!r}); from course_utils.cli import main; "
            "sys.exit(main())")
    done = subprocess.run([sys.executable, *flags, "-c", code, "run", "Łódź"], cwd=ROOT, env=env,
                          encoding="utf-8", capture_output=True)
    assert done.returncode == 1
    assert "no lesson 'Łódź'" in done.stderr


def test_where_assertions_are_skipped_nothing_is_graded():
    done = subprocess.run([sys.executable, "-O", "-m", "course_utils.cli", "grade", "lab01"],
                          cwd=ROOT, text=True, capture_output=True)
    assert done.returncode == 1 and "unset PYTHONOPTIMIZE" in done.stderr


def test_the_makefile_starts_the_environments_python_whatever_pythonhome_says():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "\nunexport PYTHONHOME PYTHONOPTIMIZE\n" in text
    assert "$(PYTHON) -E tools/bootstrap.py" in text
