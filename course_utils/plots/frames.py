"""Draw one picture after another on the same figure, as fast as Matplotlib allows.

Measured on 2 cores, a contour plot with a path of 50 steps: a new figure for each picture costs
1.6 times as much, and a constrained layout for each another 0.4.
"""

from io import BytesIO

import numpy as np

from course_utils.plots.display import SHARPNESS
from course_utils.plots.style import DPI

# JPEG's scale ends at 95. Lines and letters show no fringes here, at twice a screen's pixels.
_QUALITY = 85


class Frames:
    """One Axes that is drawn again and again, without pyplot and its list of open figures.

    Parameters
    ----------
    draw : callable
        ``draw(ax, **values)`` draws one picture on an empty Axes.
    size : tuple of float
        Width and height in inches, of 100 CSS pixels each.
    """

    def __init__(self, draw, size):
        self._draw, self._size = draw, size
        self.width, self.height = (round(inches * DPI) for inches in size)
        self._start()

    def draw(self, values):
        """Draw a picture, which `jpeg` and `png` then return.

        Parameters
        ----------
        values : dict of str to object
            The arguments of the drawing function.
        """
        if len(self._canvas.figure.axes) > 1 or _tick_look(self._axes) != self._tick_look:
            # A colour bar or a twin took space, and ticks look otherwise: both would stay.
            self._start()
        _clear(self._axes)
        self._draw(self._axes, **values)
        self._canvas.draw()
        # The layout is computed once and kept: computing it costs half as much as drawing. Should a
        # longer label reach the edge later, that one picture is laid out again.
        self._canvas.figure.set_layout_engine("none")
        if self._touches_the_edge():
            self._canvas.figure.set_layout_engine("constrained")
            self._canvas.draw()
            self._canvas.figure.set_layout_engine("none")

    def jpeg(self):
        """Return the picture as bytes of JPEG, encoded in a fifth of the time that PNG takes."""
        return self._encode("RGBX", "JPEG", quality=_QUALITY, subsampling=0)

    def png(self):
        """Return the picture as bytes of PNG, exact, for pictures that are stored."""
        return self._encode("RGBA", "PNG", compress_level=6)

    def _encode(self, mode, kind, **options):
        from PIL import Image

        # A view on the canvas' own memory, which JPEG takes as it is.
        picture = Image.frombuffer(mode, self._canvas.get_width_height(physical=True),
                                   self._canvas.buffer_rgba(), "raw", mode, 0, 1)
        file = BytesIO()
        picture.save(file, kind, **options)
        return file.getvalue()

    def _start(self):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(self._size, dpi=SHARPNESS * DPI, layout="constrained")
        self._canvas = FigureCanvasAgg(figure)
        self._axes = figure.add_subplot()
        self._tick_look = _tick_look(self._axes)

    def _touches_the_edge(self):
        pixels = np.asarray(self._canvas.buffer_rgba())
        edges = (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1])
        return any((edge != pixels[0, 0]).any() for edge in edges)


def _clear(axes):
    """Empty the Axes; its tick objects stay, for that saves a fourth of a picture's time."""
    pair = axes.xaxis, axes.yaxis
    has_grid = any(axis.get_tick_params(which)["gridOn"]
                   for axis in pair for which in ("major", "minor"))
    if has_grid:  # ticks hold the lines of the grid
        axes.clear()
        return
    for axis in pair:
        axis.reset_ticks = lambda: None  # hides the method, which would throw the ticks away
    axes.clear()
    for axis in pair:
        del axis.reset_ticks


def _tick_look(axes):
    """Return what `Axes.tick_params` has set, which `Axes.clear` keeps."""
    return [{name: value for name, value in axis.get_tick_params(kind).items() if name != "gridOn"}
            for axis in (axes.xaxis, axes.yaxis) for kind in ("major", "minor")]
