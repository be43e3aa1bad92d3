"""Sliders and buttons from a few numbers."""

from numbers import Integral, Real

import ipywidgets


def make_control(name, spec):
    """Return the ipywidget for one value of an interactive figure.

    Parameters
    ----------
    name : str
        The value's name in the call of `draw`; it labels the control unless that has a label.
    spec : tuple of (min, max, step, value), or ipywidgets.Widget
        Four whole numbers give a slider of whole numbers, other numbers one of decimals. A widget
        with a value is taken as it is. A button gives the number of its clicks so far.

    Returns
    -------
    ipywidgets.Widget

    Raises
    ------
    TypeError
        If the widget holds no value, or `spec` is neither.
    ValueError
        If the four numbers do not fit together.
    """
    control = spec if isinstance(spec, ipywidgets.Widget) else _slider(name, spec)
    if not hasattr(control, "value") and not isinstance(control, ipywidgets.Button):
        raise TypeError(f"{name} is a {type(control).__name__}, which holds no value; "
                        "pass a slider, a choice or a Button")
    if not control.description:
        control.description = name.replace("_", " ")
    return control


def current_value(control):
    """Return a control's value: for a button, how often it was clicked.

    Parameters
    ----------
    control : ipywidgets.Widget
    """
    if isinstance(control, ipywidgets.Button):
        return getattr(control, "_clicks", 0)
    return control.value


def on_change(control, act):
    """Call a function after each change of a control's value, or each click of a button.

    Parameters
    ----------
    control : ipywidgets.Widget
    act : callable
        Takes no arguments.
    """
    if isinstance(control, ipywidgets.Button):
        def click(button):
            button._clicks = current_value(button) + 1
            act()

        control.on_click(click)
    else:
        control.observe(lambda change: act(), names="value")


def in_a_column(controls):
    """Stack controls so that their labels and sliders line up.

    Parameters
    ----------
    controls : list of ipywidgets.Widget

    Returns
    -------
    ipywidgets.VBox
    """
    label = f"{max(len(control.description) for control in controls) + 2}ch"
    for control in controls:
        if not isinstance(control, ipywidgets.Button):
            control.style.description_width = label
            if control.layout.width is None:
                control.layout.width = "min(100%, 480px)"
    return ipywidgets.VBox(controls)


def _slider(name, bounds):
    _check(name, bounds)
    low, high, step, value = bounds
    if all(isinstance(number, Integral) for number in bounds):
        return ipywidgets.IntSlider(value, low, high, step)
    return ipywidgets.FloatSlider(value, min=low, max=high, step=step,
                                  readout_format=f".{_decimals(step)}f")


def _check(name, bounds):
    rule = f"{name} must be (min, max, step, value) or an ipywidget"
    if not isinstance(bounds, tuple) or len(bounds) != 4:
        raise TypeError(f"{rule}, not {bounds!r}")
    if any(isinstance(n, bool) or not isinstance(n, Real) for n in bounds):
        raise TypeError(f"{rule}; all four are numbers, unlike in {bounds!r}")
    low, high, step, value = bounds
    if not low <= value <= high or step <= 0:
        raise ValueError(f"{rule} with min <= value <= max and a step above 0, not {bounds!r}")


def _decimals(step):
    """Return how many decimals tell a slider's steps apart: 2 for 0.05."""
    text = f"{step:.10f}".rstrip("0")
    return len(text.partition(".")[2])
