"""A figure that is drawn again for each move of a slider.

The picture is there twice: in the ordinary output that `static_output` describes, and
inside a widget that follows the sliders. An ordinary output that follows the sliders itself was
tried too: it is as fast for single steps, shows fewer pictures during a drag, and marks the
notebook as changed with each move.
"""

import json
import traceback
from html import escape

import ipywidgets

from course_utils.plots.display import image_tag, picture_bundle
from course_utils.plots.frames import Frames
from course_utils.widgets.controls import current_value, in_a_column, make_control, on_change
from course_utils.widgets.static_output import show, with_still


def interactive_figure(draw, *, alt, size=(6.4, 4.0), **controls):
    """Show a figure and the controls that redraw it.

    Parameters
    ----------
    draw : callable
        ``draw(ax, **values)`` draws one picture on an empty `matplotlib.axes.Axes`, with a value
        for each control. What it returns is ignored.
    alt : str or callable
        The text alternative: ``alt(**values)`` returns it; to a plain text the values are added.
    size : tuple of float
        Width and height in inches of 100 CSS pixels.
    **controls : tuple of (min, max, step, value), or ipywidgets.Widget
        A slider for each value; or any widget with a value, as `FloatLogSlider`; or a `Button`,
        whose value is the number of clicks, for a picture to be drawn anew.

    Raises
    ------
    TypeError, ValueError
        If a control is neither, or its start lies outside its range.
    Exception
        Whatever `draw` raises for the first picture. For later ones it is shown below the picture.

    Notes
    -----
    A drag shows the newest value and skips those that were passed in the meantime: the page sends
    the next value when the kernel has finished the last, that is, once its picture is sent. So
    the drawing stays inside the value's handler; put off, it would let values queue up.

    Examples
    --------
    >>> def draw(ax, slope):
    ...     ax.plot([0, 1], [0, slope])
    >>> interactive_figure(draw, alt="A line through the origin.", slope=(0.0, 2.0, 0.1, 1.0))
    """
    InteractiveFigure(draw, alt=alt, size=size, **controls).show()


class InteractiveFigure:
    """What `interactive_figure` shows: `data` without a kernel, `widget` with one.

    Parameters
    ----------
    draw, alt, size, **controls
        As for `interactive_figure`.
    """

    def __init__(self, draw, *, alt, size, **controls):
        self._alt = alt
        self._controls = {name: make_control(name, value) for name, value in controls.items()}
        self._frames = Frames(draw, size)
        self._frames.draw(self.values)
        self._picture = ipywidgets.HTML(self._tag())
        self._message = ipywidgets.HTML()
        for control in self._controls.values():
            on_change(control, self._redraw)
        self.data, self.metadata, self.widget = self._outputs()

    @property
    def values(self):
        """The values of the controls, by name."""
        return {name: current_value(control) for name, control in self._controls.items()}

    def show(self):
        """Display the ordinary output, and below it the widget."""
        show(self.data, self.metadata, self.widget)

    def _redraw(self):
        try:
            self._frames.draw(self.values)
            self._picture.value = self._tag()
            self._message.value = ""
        except Exception as error:
            self._message.value = _report(error, self.values)

    def _tag(self):
        frames = self._frames
        tag = image_tag(frames.jpeg(), self._text(), frames.width, frames.height, kind="jpeg")
        # So that a test can tell which values a picture shows.
        values = escape(json.dumps(self.values, default=str))
        return tag.replace("<img ", f'<img data-values="{values}" ', 1)

    def _text(self):
        if callable(self._alt):
            return self._alt(**self.values)
        return f"{self._alt} Shown for {_list(self.values)}."

    def _outputs(self):
        frames = self._frames
        still = picture_bundle(frames.png(), self._text(), frames.width, frames.height)
        parts = [self._picture, self._message, in_a_column(list(self._controls.values()))]
        return with_still(parts, *still, note="To move the sliders of this figure, run its cell.")


def _report(error, values):
    """Return as HTML what went wrong in `draw`, where, and for which values."""
    line = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__}: {error}"
    return (f'<p role="alert"><strong>No new picture for {escape(_list(values))}.</strong> '
            f"{escape(what)} (line {line.lineno} of {escape(line.name)})</p>")


def _list(values):
    return ", ".join(f"{name.replace('_', ' ')} {value:.4g}" if isinstance(value, float)
                     else f"{name.replace('_', ' ')} {value}" for name, value in values.items())
