"""Warm kernels for JupyterLab, nbclient and nbgrader, through jupyter_client's extension point."""

import logging
from importlib.metadata import entry_points

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from course_utils import cli
from forkgrade.forkserver import client, provisioner


@pytest.fixture
def spec(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    provisioner.write_kernelspec(tmp_path / "kernels", ["numpy"])
    yield provisioner.NAME
    stop_servers()


def stop_servers():
    for server in provisioner._servers.values():
        server.stop()
    provisioner._servers.clear()


def run(spec, *cells, folder=None, **options):
    nb = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    resources = {"metadata": {"path": str(folder)}} if folder else {}
    NotebookClient(nb, kernel_name=spec, resources=resources, **options).execute()
    return nb


def test_it_is_an_entry_point():
    (found,) = [each for each in entry_points(group="jupyter_client.kernel_provisioners")
                if each.name == provisioner.NAME]
    assert found.load() is provisioner.WarmProvisioner


def test_nbclient_forks_its_kernels_from_one_server(spec, tmp_path):
    look = ("import os, sys, random\nprint(os.getppid() > 0, os.getcwd(), "
            "os.path.basename(sys.argv[0]), 'numpy' in sys.modules)\nprint(random.random())")
    shown = [run(spec, look, folder=tmp_path).cells[0].outputs[0].text for _ in range(2)]
    assert shown[0].splitlines()[0] == f"True {tmp_path} ipykernel_launcher.py True"
    assert shown[0] != shown[1], "the same random state"
    assert len(provisioner._servers) == 1


def test_an_endless_cell_is_interrupted(spec):
    nb = run(spec, "while True: pass", "1 + 1", timeout=2, interrupt_on_timeout=True,
             allow_errors=True)
    assert nb.cells[1].outputs[0].data["text/plain"] == "2"


def test_figures_are_shown(spec, monkeypatch):
    monkeypatch.delenv("MPLBACKEND", raising=False)
    nb = run(spec, "import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    assert "image/png" in nb.cells[0].outputs[0].data


def test_without_fork_it_starts_cold_and_says_so(spec, monkeypatch, caplog):
    monkeypatch.setattr(client, "can_fork", lambda: False)
    # a log of its own: the usual one is set up by whatever application was started in this process
    log = logging.getLogger("test of a cold start")
    log.addHandler(caplog.handler)
    monkeypatch.setattr(provisioner.WarmProvisioner, "log", log)
    nb = run(spec, "1 + 1")
    assert nb.cells[0].outputs[0].data["text/plain"] == "2"
    assert "start cold" in caplog.text


def test_the_command_installs_a_kernel_that_programs_find_and_removes_it(tmp_path, monkeypatch,
                                                                         capsys):
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share/jupyter"))
    words = ["--prefix", str(tmp_path)]
    assert cli.main(["kernel", "install", *words, "--preload", "fractions"]) == 0
    assert str(tmp_path / "share/jupyter/kernels" / provisioner.NAME) in capsys.readouterr().out
    try:
        nb = run(provisioner.NAME, "import sys\n'fractions' in sys.modules, 'numpy' in sys.modules")
        assert nb.cells[0].outputs[0].data["text/plain"] == "(True, False)"
    finally:
        stop_servers()
    assert cli.main(["kernel", "remove", *words]) == 0
    assert not list((tmp_path / "share/jupyter/kernels").iterdir())
    capsys.readouterr()
    assert cli.main(["kernel", "remove", *words]) == 1
    assert "--prefix" in capsys.readouterr().err


@pytest.mark.parametrize("module", ["no_such_module", "no.such", "", ".x"])
def test_the_command_refuses_what_cannot_be_imported(tmp_path, capsys, module):
    words = ["--prefix", str(tmp_path), "--preload", module]
    assert cli.main(["kernel", "install", *words]) == 1
    assert f"no module {module!r}" in capsys.readouterr().err and not list(tmp_path.iterdir())
