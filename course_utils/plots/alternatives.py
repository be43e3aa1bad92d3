"""Find the pictures in a notebook that have no text alternative."""

from html.parser import HTMLParser

_PICTURES = ("image/", "application/vnd.plotly", "application/vnd.bokeh", "application/pdf")
_WIDGET_STATE = "application/vnd.jupyter.widget-state+json"


def missing_alternatives(notebook):
    """List the pictures of an executed notebook that have no text alternative.

    Looks at outputs, at the state of widgets and at pictures in Markdown cells. Only text that a
    browser shows as an alternative counts: `alt` of `<img>`, `aria-label` or `<title>` of `<svg>`.

    Parameters
    ----------
    notebook : nbformat.NotebookNode or dict
        A notebook of format 4.

    Returns
    -------
    list of str
        One sentence for each picture: where it is and what to do. Empty when all is well.
    """
    complaints = []
    for number, cell in enumerate(notebook["cells"], start=1):
        where = f"cell {number} ({cell.get('id', 'without id')})"
        if cell["cell_type"] == "markdown":
            complaints += [f"{where}: {what}; write ![what it shows](file)"
                           for what in _bare_in_markdown(cell["source"])]
        for output in cell.get("outputs", []):
            complaints += [f"{where}: {what}; call plots.describe(ax, 'what it shows')"
                           for what in _bare_in_output(output.get("data", {}))]
    return complaints + _bare_in_widgets(notebook.get("metadata", {}))


def _bare_in_output(data):
    if "text/html" in data:
        return _bare_in_html(_text(data["text/html"]))
    return [f"a picture ({kind}) has no text alternative"
            for kind in data if kind.startswith(_PICTURES)][:1]


def _bare_in_widgets(metadata):
    models = metadata.get("widgets", {}).get(_WIDGET_STATE, {}).get("state", {})
    complaints = []
    for name, model in models.items():
        if model["model_name"] == "ImageModel":
            complaints.append(f"widget {name}: an Image widget cannot carry a text alternative; "
                              "use interactive_figure")
        elif model["model_name"] == "HTMLModel":
            complaints += [f"widget {name}: {what}; give it an alt"
                           for what in _bare_in_html(model["state"].get("value", ""))]
    return complaints


def _bare_in_markdown(source):
    # Imported here because nothing else uses it, and lessons need not wait for it.
    from nbconvert.filters import markdown2html

    return _bare_in_html(markdown2html(_text(source)))


def _bare_in_html(html):
    parser = _Pictures()
    parser.feed(html)
    return parser.bare


def _text(source):
    return source if isinstance(source, str) else "".join(source)


class _Pictures(HTMLParser):
    """Collect picture elements without a text alternative in `bare`."""

    def __init__(self):
        super().__init__()
        self.bare = []
        self._svg = None

    def handle_starttag(self, tag, attributes):
        has_text = self._has_text(dict(attributes))
        if tag == "svg" and not has_text:
            self._svg = len(self.bare)
        if tag == "title" and self._svg is not None:
            del self.bare[self._svg:]
        elif tag in ("img", "svg", "canvas") and not has_text:
            self.bare.append(f"<{tag}> has no text alternative")

    def handle_endtag(self, tag):
        if tag == "svg":
            self._svg = None

    @staticmethod
    def _has_text(attributes):
        if attributes.get("role") in ("presentation", "none"):
            return True
        return any((attributes.get(name) or "").strip()
                   for name in ("alt", "aria-label", "aria-labelledby"))
