"""However a notebook was saved, its cells are read; what is none is told, fast and in little room.
"""

import json
import subprocess
import sys

import nbformat
import pytest

from course_utils.notebooks import notebook_file
from course_utils.notebooks.notebook_file import NotANotebook, parse, read, text_of

CELLS = [("markdown", "# Größe"), ("code", "x = 1\nprint(x)"), ("raw", "raw")]


def notebook(minor=5):
    """Return a notebook of nbformat 4 as a dict."""
    cells = [{"cell_type": kind, "metadata": {"tags": ["a"]}, "source": source, "id": f"c{number}"}
             for number, (kind, source) in enumerate(CELLS)]
    cells[1] |= {"outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}],
                 "execution_count": 1}
    for cell in cells if minor < 5 else ():
        del cell["id"]
    return {"cells": cells, "metadata": {"kernelspec": {"name": "x", "display_name": "X"}},
            "nbformat": 4, "nbformat_minor": minor}


def old():
    """Return a notebook of nbformat 3."""
    cells = [{"cell_type": "heading", "level": 1, "source": ["Größe"]},
             {"cell_type": "code", "input": ["x = 1\n", "print(x)"], "language": "python",
              "outputs": [], "prompt_number": 1, "metadata": {}}, {"cell_type": "raw",
                                                                   "source": "raw"}]
    return {"worksheets": [{"cells": cells[:2]}, {"cells": cells[2:], "metadata": {}}],
            "metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0}


def bare():
    """Return a notebook whose cells hold only what no cell can do without."""
    cells = notebook()["cells"]
    return {"cells": [{"cell_type": cells[0]["cell_type"], "source": CELLS[0][1]},
                      {"source": CELLS[1][1], "outputs": 7, "metadata": [1]},
                      {"cell_type": "raw", "source": ["r", "aw"], "metadata": None}]}


TEXT = json.dumps(notebook(), ensure_ascii=False, indent=1)
SAVED = {
    "plain": TEXT.encode(), "escaped": json.dumps(notebook()).encode(),
    "mark": b"\xef\xbb\xbf" + TEXT.encode(), "CRLF": TEXT.replace("\n", "\r\n").encode(),
    "UTF-16 LE": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "UTF-16 BE": b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-32": TEXT.encode("utf-32"),
    "UTF-16 without a mark": TEXT.encode("utf-16-le"),
    **{f"4.{minor}": json.dumps(notebook(minor)).encode() for minor in range(6)},
    "nbformat 3": json.dumps(old()).encode(), "bare": json.dumps(bare()).encode(),
    "twice": b'{"cells": [{"cell_type": "raw"}], "metadata": 3, ' + TEXT.encode().strip()[1:],
    "NaN": TEXT.replace('"X"', '"X", "y": NaN').encode(),
}


@pytest.mark.parametrize("data", SAVED.values(), ids=SAVED)
def test_the_cells_are_read_however_it_was_saved(data):
    content = parse(data)
    assert [(cell["cell_type"], cell["source"]) for cell in content.cells] == CELLS
    assert not content.omissions
    nbformat.validate(content.to_node())


def test_what_was_handed_in_whole_is_kept_whole_but_for_outputs(tmp_path):
    (tmp_path / "x.txt").write_bytes(SAVED["plain"])
    given = notebook()
    given["cells"][1] |= {"outputs": [], "execution_count": None}
    given["cells"][0]["attachments"] = {"a.png": {"image/png": "AAAA"}}
    (tmp_path / "x.txt").write_text(json.dumps(given))
    assert read(tmp_path / "x.txt").to_plain() == given


PARTS = {
    "metadata": ('"metadata": {"x": [' + "{}," * 100_000 + '1], "tags": ["a"]}',
                 "'x' in the metadata of cell 1, which is too large"),
    "deep": ('"metadata": {"x": ' + "[" * 900 + "]" * 900 + ', "tags": ["a"]}',
             "'x' in the metadata of cell 1, which is too large"),
    "attachment": ('"attachments": {"a.png": {"image/png": "' + "A" * 41_000_000 + '"}}',
                   "the attachment 'a.png' of cell 1, which has 41.0 MB"),
    "attachments": ('"attachments": {' + "".join(
        f'"{number}": {{}}, ' for number in range(5000)) + '"a": {"b": "c"}}', "parts"),
    "source": ('"source": [[[1]], {}]', "the text of cell 1, which is none"),
}


@pytest.mark.parametrize("part, said", PARTS.values(), ids=PARTS)
def test_what_is_absurdly_large_is_left_out_and_told(part, said):
    content = parse(b'{"cells": [{"cell_type": "markdown", %s}, {"cell_type": "raw", "source": '
                    b'"after"}]}' % part.encode())
    assert content.cells[1]["source"] == "after" and said in " ".join(content.omissions)
    assert len(json.dumps(content.to_plain())) < 10_000 and len(content.omissions) < 10


def test_widgets_are_left_out_without_a_word():
    """Their state is that of outputs; Colab writes some without it, and no page can be made."""
    content = parse(b'{"cells": [], "metadata": {"widgets": {"a": {}}, "x": 1}}')
    assert content.metadata == {"x": 1} and not content.omissions


@pytest.mark.parametrize("cells, said", [
    ("7, null, [], {}", "cell 1, which is of no known kind"),
    ('{"cell_type": "sql", "source": "x"}', "cell 1, which is of no known kind")])
def test_what_is_no_cell_is_told(cells, said):
    content = parse(b'{"cells": [%s]}' % cells.encode())
    assert not content.cells and content.omissions[0] == said


@pytest.mark.parametrize("data, said", [
    (b"", "it is empty"), (b" \r\n\0", "it is empty"), (b"\xef\xbb\xbf", "it is empty"),
    (b"my answers", "it is not JSON (it has no meaning here in line 1"),
    (b'{"cells": [}', "it is not JSON (a value is expected in line 1"),
    (b'{\n"cells": [{"cell_type": "code", "source": "x', "it is not JSON (a"),
    (TEXT.encode()[:-20], "it is not JSON ("), (TEXT.encode() + b"x", "follows after its end"),
    (b"[" * 100_000, "it is nested without end"), (b"[]", "it has no cells"),
    (b"null", "it has no cells"), (b'"x"', "it has no cells"), (b"{}", "it has no cells"),
    (b'{"cells": 3}', "it has no cells"), (b"{1: 2}", "a name is expected"),
    (b'{"%s": 1}' % (b"x" * 2_000_000), "a name that is no notebook's"),
    (b'{"cells": [{"cell_type": "code", "source": "\xe9"}]}', "not text in UTF-8 or UTF-16"),
    (bytes(range(256)) * 40, "it is not text in UTF-8 or UTF-16"), (b"%PDF-1.7", "it is a PDF"),
    (b"PK\x03\x04...", "an archive (zip)"), (b"\x89PNG", "a picture"),
    (b"\n<!DOCTYPE html><html>", "it is a web page"),
    (json.dumps({"cells": [{"cell_type": "raw"}] * 6000}).encode(), "more than 5,000 cells"),
    (json.dumps({"cells": [{"cell_type": "code", "source": "#" * 21_000_000}]}).encode(),
     "its cells hold more than 20,000,000 characters")])
def test_what_is_no_notebook_is_told(data, said):
    with pytest.raises(NotANotebook) as caught:
        parse(data)
    assert said in str(caught.value) and len(str(caught.value)) < 200


def test_a_file_that_is_too_large_is_told_without_wrong_advice(tmp_path, monkeypatch):
    monkeypatch.setattr(notebook_file, "MOST_BYTES", 10)
    (tmp_path / "x.ipynb").write_bytes(SAVED["plain"])
    with pytest.raises(NotANotebook, match="at most 0 MB are read; .* outputs or pictures"):
        read(tmp_path / "x.ipynb")


# each large in its own way; time and memory grow in proportion, up to the reader's own limits
HOSTILE = {
    "code": 'notebook(source="a\\n" * 6_000_000)', "brackets": '"[" + "{}," * 9_000_000 + "1]"',
    "metadata": 'notebook(metadata="METADATA").replace("METADATA", "{},".join(["["] * 2'
                ' + [""] * 3_000_000) + "1]]")',
    "lines": 'notebook(source=["ab"] * 3_900_000)', "cells": '\'{"cells": [\' + "1," * 3_000_000',
    "attached": 'notebook(attachments={str(n): {"a/b": "c"} for n in range(100_000)})',
    "outputs": 'notebook(outputs=["x" * 99] * 700_000)',
}
MEASURE = """
import json, resource, sys, time
from course_utils.notebooks.notebook_file import NotANotebook, parse

def notebook(**fields):
    return json.dumps({{"cells": [{{"cell_type": "markdown", "metadata": {{}}, **fields}}]}})

if len(sys.argv) > 1:
    with open(sys.argv[1], "w") as file:
        file.write({make})
else:
    data = sys.stdin.buffer.read()
    with open("/proc/self/status") as file:
        now = next(int(line.split()[1]) for line in file if line.startswith("VmData")) * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (now + 2**29, now + 2**29))
    begin = time.process_time()
    try:
        content = parse(data)
        print(len(json.dumps(content.to_plain())), end=" ")
    except NotANotebook as error:
        print(0, end=" ")
    print(time.process_time() - begin)
"""


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="measures memory as Linux does")
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_reading_takes_at_most_512_mb_and_20_seconds(make, tmp_path):
    code = MEASURE.format(make=make)
    subprocess.run([sys.executable, "-c", code, tmp_path / "x"], check=True)
    with open(tmp_path / "x", "rb") as file:
        done = subprocess.run([sys.executable, "-c", code], stdin=file, capture_output=True,
                              text=True, check=True)
    size, seconds = map(float, done.stdout.split())
    assert seconds < 10 and size < 65_000_000


@pytest.mark.parametrize("data", [
    "a\nß\n".encode("utf-16"), b"\xef\xbb\xbf" + "a\r\nß\r\n".encode(), "a\rß\n".encode()])
def test_text_is_read_whatever_its_mark_and_its_line_ends(data):
    assert text_of(data) == "a\nß\n"
