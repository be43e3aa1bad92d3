"""Show a widget, and in its place an ordinary output where no kernel answers.

A widget vanishes with its kernel: a saved notebook then says "model not found", and code hosts
show nothing. So the cell has two outputs. The ordinary one stays in the notebook; a style rule
inside the widget hides it for as long as the widget is on the page.
"""

from uuid import uuid4

import ipywidgets
from IPython.display import display

# Marks the widget in the page; the second rule looks for it.
_LIVE = "plain-sight-live"
_HIDE_STILL = "#{id} {{ display: none; }}"
_HIDE_DEAD_WIDGET = (".jp-OutputArea-child:has(#{id}) + .jp-OutputArea-child:not(:has(."
                     + _LIVE + ")) {{ display: none; }}")


def with_still(parts, data, metadata=None, *, note):
    """Return an ordinary output and the widget that takes its place.

    Parameters
    ----------
    parts : list of ipywidgets.Widget
        What the widget holds, from top to bottom.
    data, metadata : dict
        The ordinary output by MIME type, with `text/html` among the types.
    note : str
        A sentence for a reader who sees the ordinary output.

    Returns
    -------
    data, metadata : dict
    widget : ipywidgets.VBox
    """
    name = f"still-{uuid4().hex[:12]}"
    html = (f'<div id="{name}">{data["text/html"]}<p>{note}</p>'
            f"<style>{_HIDE_DEAD_WIDGET.format(id=name)}</style></div>")
    rule = ipywidgets.HTML(f"<style>{_HIDE_STILL.format(id=name)}</style>",
                           layout={"display": "none"})
    widget = ipywidgets.VBox([*parts, rule])
    widget.add_class(_LIVE)
    return data | {"text/html": html}, metadata or {}, widget


def show(data, metadata, widget):
    """Display what `with_still` returned.

    Parameters
    ----------
    data, metadata, widget
        What `with_still` returned.
    """
    display(data, metadata=metadata, raw=True)
    display(widget)
