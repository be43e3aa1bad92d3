"""How a figure reaches a notebook.

JupyterLab and nbconvert show an `image/png` output as `<img>` without `alt`, whatever its metadata
says. So a figure is sent as HTML that holds the same picture and its text alternative. The plain
picture goes along for viewers that show no HTML, and the text for those that show neither.
"""

from base64 import b64encode
from html import escape
from io import BytesIO

# Pixels of the picture for each CSS pixel: sharp on high-density screens.
SHARPNESS = 2


def show_alternatives(shell):
    """Make an IPython shell send figures with their text alternative.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
    """
    from matplotlib.figure import Figure
    from matplotlib_inline.config import InlineBackend

    # Formats that the inline backend registers for itself would come before ours.
    InlineBackend.instance(parent=shell).figure_formats = set()
    shell.display_formatter.mimebundle_formatter.for_type(Figure, figure_bundle)


def figure_bundle(figure, include=None, exclude=None):
    """Return what a notebook stores of a figure, as `picture_bundle` does.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    include, exclude : ignored
        IPython's formatters pass them and filter the result themselves.
    """
    from course_utils.plots.describing import alternative

    if not figure.axes and not figure.lines:
        return {}, {}
    text = alternative(figure)
    width, height = (round(inches * figure.dpi) for inches in figure.get_size_inches())
    return picture_bundle(_png(figure), text, width, height)


def picture_bundle(png, text, width, height):
    """Return a picture that is PNG already as the representations that a notebook stores.

    Parameters
    ----------
    png : bytes
    text : str or None
        The text alternative.
    width, height : int
        CSS pixels.

    Returns
    -------
    tuple of dict
        Data and metadata by MIME type.
    """
    data = {
        "image/png": b64encode(png).decode(),
        "text/html": image_tag(png, text, width, height),
        "text/plain": f"Figure: {text}" if text else "Figure without a text alternative",
    }
    metadata = {"width": width, "height": height}
    return data, {"image/png": metadata | ({"alt": text} if text else {})}


def image_tag(data, text, width, height, *, kind="png"):
    """Return an `<img>` that holds the picture itself.

    Parameters
    ----------
    data : bytes
        The encoded picture.
    text : str or None
        The text alternative; without one the tag has no `alt`, which the tests report.
    width, height : int
        CSS pixels.
    kind : {"png", "jpeg"}
        How the picture is encoded.
    """
    alt = f'alt="{escape(text)}" ' if text else ""
    # `decoding="sync"` keeps the frame between two pictures from showing neither.
    return (f'<img {alt}width="{width}" height="{height}" decoding="sync" '
            f'style="max-width: 100%; height: auto" '
            f'src="data:image/{kind};base64,{b64encode(data).decode()}">')


def _png(figure):
    file = BytesIO()
    figure.savefig(file, format="png", dpi=SHARPNESS * figure.dpi, pil_kwargs={"compress_level": 6})
    return file.getvalue()
