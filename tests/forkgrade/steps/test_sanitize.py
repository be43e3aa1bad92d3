"""What a learner wrote does nothing in a teacher's browser, and takes no time to be made so."""

import base64
import html
import re

import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from forkgrade.assertions import source_scan
from forkgrade.steps.sanitize import Patience, clean_cells, clean_outputs, clean_text, printable


@pytest.mark.parametrize("text", [
    "[click](javascript:alert(1))", "[click](javascript&#58;alert(1))", "<script>alert(1)</script>",
    "[r]: javascript&colon;alert(1)", "[c](java&Tab;script:alert(1))", r"[c](javascript\:alert(1))",
    "[c](&#106;avascript:alert(1))", "<a href='data&#58;text/html,&lt;script>x'>c</a>",
    "<a href='data:image/svg+xml,x'>c</a>", "[c](java\nscript&amp;#58;alert(1))",
    "<img src=x onerror=alert(1)>",
])
def test_no_script_survives(text):
    shown = re.sub(r"[\x00-\x20\\]", "", html.unescape(html.unescape(clean_text(text)))).lower()
    assert not re.search(r"(java|vb)script:|<script|onerror|onload|data:text|data:image/svg", shown)


@pytest.mark.parametrize("text", [
    "I compared *two* models > one.", "Data: text and pictures. JavaScript is a language.",
    "<b>bold</b> and <table><tr><td>1</td></tr></table>", "a &lt; b &amp;&amp; c", "- one\n- two",
])
def test_honest_text_stays(text):
    assert re.sub("</?tbody>", "", clean_text(text)) == text


def test_what_is_nested_too_deep_loses_its_tags():  # cleaning it took 23 s
    assert clean_text("<b>" * 14_000 + "x" + "</i>" * 14_000) == "x"
    assert clean_text("<b>" * 50 + "x" + "</b>" * 50).startswith("<b>")


@pytest.mark.parametrize("text", [
    "".join(f"<p><b title={i}></p></x>" for i in range(12_000)),  # took hours
    "".join(f"<b title={i}><p></b></p>" for i in range(12_000)),
    "<a " + " ".join(f"x{i}=1" for i in range(40_000)) + ">"])
def test_what_would_take_long_loses_its_tags_instead(text):
    assert "<" not in clean_text(text)


def test_patience_ends_for_all_texts_together():
    patience = Patience(0.5)
    assert clean_text("<b>x</b>", patience) == "<b>x</b>" and patience.left > 0
    clean_text("".join(f"<b title={i}><p></b></p>" for i in range(12_000)), patience)
    assert patience.left <= 0


def test_only_so_many_outputs_are_kept():
    shown = {"output_type": "display_data", "data": {"text/plain": "1"}}
    outputs, _ = clean_outputs([shown] * 3000)
    assert len(outputs) == 1001 and "2000 more" in outputs[-1].text


@pytest.mark.parametrize("count", [-5, True, 10**12, "1", None, 1.5])
def test_a_number_that_no_cell_has_is_left_out(count):
    output = {"output_type": "execute_result", "data": {"text/plain": "1"},
              "execution_count": count}
    assert clean_outputs([output])[0][0].execution_count is None


def test_names_are_shown_on_one_line():
    assert printable("a\x1b[2J\nb\udce9.ipynb") == "a?[2J?b?.ipynb"


@pytest.mark.parametrize("source, found", [
    ("class A:\n    def __eq__(self, other): return True", {"__eq__"}),
    ("class A:\n    __eq__ = lambda *_: True", {"__eq__"}),
    ("A.__bool__ = lambda *_: True", {"__bool__"}),
    ("setattr(A, '__lt__', f)", {"__lt__"}),
    ("exec('class A:\\n def __eq__(s, o): return True')", {"__eq__"}),
    ("from unittest.mock import ANY", {"unittest.mock.ANY"}),
    ("import unittest.mock as m\nx = m.ANY", {"unittest.mock.ANY"}),
    ("class Yes:\n    class __eq__: pass", {"__eq__"}),
    ("from helper import true as __eq__", {"__eq__"}),
    ("type('Y', (), dict(__eq__=f))", {"__eq__"}), ("m.__eq__.return_value = True", {"__eq__"}),
    ("%time A.__eq__ = f", {"__eq__"}), ("!pip list", set()),
    ("from unittest.mock import *", {"unittest.mock.ANY"}),
    ("__hash__ = None", set()), ("print('it calls __gt__ here')", set()),
    ("# without __eq__", set()), ("'''Has no __eq__.'''", set()),
    ("print(self.__class__.__name__)", set()), ("a == b", set()),
])
def test_what_answers_comparisons_is_found_where_it_is_made(source, found):
    assert source_scan.magic(_sources(source)) == found
    in_a_file = {"yes.py": base64.b64encode(source.encode()).decode()}
    assert source_scan.magic(source_scan.sources(new_notebook(), files=in_a_file)) == found


def _sources(*cells):
    return source_scan.sources(new_notebook(cells=[new_code_cell(each) for each in cells]))


CLASS = "class A:\n    def __eq__(self, other): return self.x == other.x\n"


@pytest.mark.parametrize("source, plain", [
    (CLASS, True), (CLASS + "    def __lt__(self, other):\n        return self.x < other.x", True),
    ("if True:\n    class A:\n        'Has __eq__.'\n        def __eq__(s, o): return 1", True),
    (CLASS + "import sys\nsys.setprofile(None)", False),
    (CLASS + "A.__eq__.__code__ = f.__code__", False),
    (CLASS + "for n in vars(A): setattr(A, n, f)", False),
    (CLASS.replace("A:", "A(metaclass=M):"), False), (CLASS + "# not with sys or exec", True),
    (CLASS + "    __eq__ = list.__ne__", False), (CLASS + "A.__eq__ = list.__ne__", False),
    (CLASS.replace("    def", "    @swap\n    def"), False),
    (CLASS.replace("return", "yield"), False),
    (CLASS.replace("    def", "    async def"), False),
    ("%%time\n" + CLASS, True), (CLASS + "%matplotlib inline", True),
    (CLASS + "%time A.__eq__ = f", False), (CLASS + "%time exec(code)", False),
    ("exec('''" + CLASS + "''')", False), (CLASS + "(", False),
    ("def __eq__(self, other): return True\nA = type('A', (), {'__eq__': __eq__})", False),
])
def test_methods_whose_calls_can_be_seen_are_told_from_others(source, plain):
    assert source_scan.is_plain(_sources("x = 1", source)) is plain
    assert not source_scan.is_plain(_sources(CLASS, "import ctypes"))


def test_what_decorators_of_the_solution_make_a_student_may_write():
    assert source_scan.generated(_sources("@dataclass\nclass A: pass")) >= {"__eq__", "__lt__"}
    assert source_scan.generated(_sources("class A: pass")) == set()


PNG = base64.b64encode(b"a picture").decode()


@pytest.mark.parametrize("attachments, source", [
    ({"a.png": {"image/png": PNG}}, "![a](attachment:a.png)"),
    ({"a b.gif": {"image/gif": PNG}}, "![a](attachment:a%20b.gif)"),
    ({"a.svg": {"image/svg+xml": "<svg/>"}}, "![a](removed-a.svg)"),
    ({"a.png": {}}, "![a](removed-a.png)"), ({}, "![a](removed-a.png)"),
    ({"a.png": {"image/png": "><script>"}}, "![a](removed-a.png)")])
def test_a_page_can_be_made_of_every_attachment_that_stays(attachments, source):
    name = next(iter(attachments), "a.png").replace(" ", "%20")
    cell = new_markdown_cell(f"![a](attachment:{name})", attachments=attachments)
    clean_cells(new_notebook(cells=[cell]), set())
    assert cell.source == source
    HTMLExporter().from_notebook_node(new_notebook(cells=[cell]))
