"""The text alternative of a figure: what it shows, for a reader who cannot see it."""


def describe(target, text):
    """Attach a text alternative to a figure.

    Parameters
    ----------
    target : matplotlib.axes.Axes or matplotlib.figure.Figure
        The figure, or any of its Axes.
    text : str
        What the picture shows, in one or two sentences: the finding rather than the shapes.

    Returns
    -------
    matplotlib.axes.Axes or matplotlib.figure.Figure
        `target`, so that a plot function can end with ``return describe(ax, "...")``.

    Raises
    ------
    ValueError
        If the text is empty.
    """
    words = " ".join(str(text).split())
    if not words:
        raise ValueError("the text alternative is empty; say in a sentence what the figure shows")
    _figure(target)._text_alternative = words
    return target


def alternative(target):
    """Return the text alternative of a figure, or None where it has none.

    Parameters
    ----------
    target : matplotlib.axes.Axes or matplotlib.figure.Figure
        The figure, or any of its Axes.
    """
    return getattr(_figure(target), "_text_alternative", None)


def _figure(target):
    """Return the outermost figure of a figure, subfigure or Axes."""
    return target.get_figure(root=True)
