"""A progress bar for work that takes more than two seconds."""

import sys
from html import escape


def waiting(items, label):
    """Yield `items` one after the other, with a bar that says how many are done.

    Parameters
    ----------
    items : iterable with a length
    label : str
        What is being done, as "training".

    Notes
    -----
    The bar is one ordinary output that changes in place. Outside a notebook nothing is shown.
    """
    items = list(items)
    handle = _handle(label, len(items))
    for count, item in enumerate(items, start=1):
        yield item
        if handle:
            handle.update(_bar(label, count, len(items)), raw=True)


def _handle(label, total):
    # A module that is not loaded cannot have a shell: plain scripts need no IPython.
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if getattr(shell, "kernel", None) is None:
        return None
    from IPython.display import display

    return display(_bar(label, 0, total), raw=True, display_id=True)


def _bar(label, count, total):
    text = f"{label}: {count} of {total}"
    html = (f'<progress value="{count}" max="{total}" aria-label="{escape(label)}"></progress> '
            f"{escape(text)}")
    return {"text/plain": text, "text/html": html}
