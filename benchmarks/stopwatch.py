"""From the input event at a slider to the frame that shows the new picture, in the page itself.

A picture counts when it is decoded and the next animation frame begins. It is tied to the value
that it shows, so a picture of an older value is never taken for an answer to a newer move.
"""

import math

# Values of a slider that differ by less than this are the same: the page rounds to two decimals.
_SAME = 0.006

_SCRIPT = """
() => {
  if (window.stopwatch) { window.stopwatch.clear(); return; }
  const watch = window.stopwatch = {
    moves: [], frames: [], handle: null, control: null, name: null, logarithmic: false,
    clear() { this.moves = []; this.frames = []; },
  };
  const moved = event => {
    const handle = watch.handle;
    if (!handle) return;
    // The slider's own listener runs before this timer, and sets the value.
    setTimeout(() => {
      // 'aria-valuenow' is rounded to one decimal.
      const value = parseFloat(handle.getAttribute('aria-valuetext'));
      if (watch.moves.at(-1)?.value !== value) watch.moves.push({time: event.timeStamp, value});
    });
  };
  addEventListener('keydown', moved, true);
  addEventListener('pointermove', moved, true);
  const used = event => {
    if (!watch.control?.contains(event.target)) return;
    watch.moves.push({time: event.timeStamp, value: null});
  };
  addEventListener('click', used, true);
  addEventListener('change', used, true);
  const appeared = picture => {
    const values = picture.dataset.values;
    const shown = values && JSON.parse(values);
    const given = shown ? shown[watch.name] ?? Object.values(shown)[0] : parseFloat(picture.alt);
    const value = watch.logarithmic ? Math.log10(given) : given;
    picture.decode().then(() => requestAnimationFrame(() => {
      if (picture.isConnected) watch.frames.push({time: performance.now(), value});
    })).catch(() => {});
  };
  new MutationObserver(changes => {
    for (const change of changes) for (const node of change.addedNodes) {
      if (node.tagName === 'IMG') appeared(node);
      else if (node.querySelectorAll) node.querySelectorAll('img').forEach(appeared);
    }
  }).observe(document.body, {subtree: true, childList: true});
}
"""


def steps(page, handle, count):
    """Press an arrow key `count` times, each after the picture for the last has appeared.

    The slider goes to the right, and back from its end.

    Parameters
    ----------
    page : playwright.sync_api.Page
    handle : playwright.sync_api.Locator
        The slider's handle.
    count : int

    Returns
    -------
    list of float
        Milliseconds from each key press to the frame that shows its picture.
    """
    _start(page, handle)
    handle.focus()
    key = "ArrowRight"
    for number in range(count):
        key = _away_from_the_end(handle, key)
        page.keyboard.press(key)
        _wait(page, f"""() => {{
                const last = stopwatch.moves.at(-1);
                return stopwatch.moves.length > {number} && stopwatch.frames.some(
                    f => f.time > last.time && Math.abs(f.value - last.value) < {_SAME});
            }}""", polling=20)
        # People do not press in step with the screen.
        page.wait_for_timeout(20 + 7 * number % 16)
    record = _read(page)
    return [_first_frame(record["frames"], move) - move["time"] for move in record["moves"]]


def uses(page, control, count, act):
    """Use a button or a menu `count` times, each after the picture for the last has appeared.

    Parameters
    ----------
    page : playwright.sync_api.Page
    control : playwright.sync_api.Locator
        A `button` or `select` element.
    count : int
    act : callable
        Called with the number of the use, from 0; it clicks, or chooses another option.

    Returns
    -------
    list of float
        Milliseconds from each click or change to the next frame with a new picture.
    """
    page.evaluate(_SCRIPT)
    control.scroll_into_view_if_needed()
    control.evaluate("node => { stopwatch.control = node; stopwatch.handle = null; }")
    for number in range(count):
        act(number)
        _wait(page, f"""() => stopwatch.moves.length > {number}
                && stopwatch.frames.some(f => f.time > stopwatch.moves.at(-1).time)""", polling=20)
        page.wait_for_timeout(20 + 7 * number % 16)
    record = _read(page)
    page.evaluate("() => { stopwatch.control = null; }")
    return [next(frame["time"] for frame in record["frames"] if frame["time"] > move["time"])
            - move["time"] for move in record["moves"]]


def drag(page, handle, pixels, *, pause=8):
    """Drag the slider from its lower end to the right and return what happened.

    Parameters
    ----------
    page : playwright.sync_api.Page
    handle : playwright.sync_api.Locator
    pixels : int
        How far, one pixel for each event.
    pause : float
        Milliseconds between two events.

    Returns
    -------
    dict
        `moves` and `frames`, each a list of `time` (ms) and `value`; `ages`, for each frame the
        milliseconds since the event that caused it.
    """
    handle.focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(1_000)
    _start(page, handle)
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, pixels + 1):
        page.mouse.move(x + step, y)
        page.wait_for_timeout(pause)
    page.mouse.up()
    _wait(page, f"""() => Math.abs(stopwatch.frames.at(-1)?.value - stopwatch.moves.at(-1)?.value)
            < {_SAME}""")
    page.wait_for_timeout(500)
    record = _read(page)
    causes = [(frame, _cause(record["moves"], frame)) for frame in record["frames"]]
    return record | {"ages": [frame["time"] - move["time"] for frame, move in causes if move]}


def stale_frames(record):
    """Return the frames of a drag that show an older value than a frame before them."""
    values = [frame["value"] for frame in record["frames"]]
    return [new for old, new in zip(values, values[1:], strict=False) if new < old]


def frames_after_the_end(record):
    """Return how many frames came after the last event: more than 2 means that some queued."""
    return sum(frame["time"] > record["moves"][-1]["time"] for frame in record["frames"])


def _start(page, handle):
    page.evaluate(_SCRIPT)
    handle.scroll_into_view_if_needed()
    # The label of a slider is the name of its value in the picture's data, without underscores.
    handle.evaluate("""node => {
        stopwatch.handle = node;
        const slider = node.closest('.widget-slider');
        const label = slider?.querySelector('.widget-label');
        stopwatch.name = label?.textContent.trim().replaceAll(' ', '_');
        // The handle of a logarithmic slider has the exponent, its readout the value.
        const readout = slider?.querySelector('.widget-readout')?.textContent.replaceAll(',', '');
        const exponent = parseFloat(node.getAttribute('aria-valuetext'));
        stopwatch.logarithmic = Math.abs(readout - exponent) > 0.5
            && Math.abs(Math.log10(readout) - exponent) < 0.1;
    }""")


def _away_from_the_end(handle, key):
    """Return the arrow key that still moves the slider: `key`, or at its end the other one."""
    now, low, high = (float(handle.get_attribute(f"aria-value{which}"))
                      for which in ("now", "min", "max"))
    if key == "ArrowRight":
        return "ArrowLeft" if now >= high - _SAME else key
    return "ArrowRight" if now <= low + _SAME else key


def _wait(page, condition, **how):
    """Wait for a condition in the page; if it never comes, say what was seen instead."""
    from playwright.sync_api import TimeoutError as timeout

    try:
        page.wait_for_function(condition, timeout=20_000, **how)
    except timeout:
        record = _read(page)
        raise RuntimeError(f"No picture for the last move of {page.evaluate('stopwatch.name')}; "
                           f"moves {record['moves'][-3:]}, "
                           f"frames {record['frames'][-3:]}") from None


def _read(page):
    return page.evaluate("({moves: stopwatch.moves, frames: stopwatch.frames})")


def _first_frame(frames, move):
    return next((frame["time"] for frame in frames if frame["time"] > move["time"]
                 and math.isclose(frame["value"], move["value"], abs_tol=_SAME)), math.inf)


def _cause(moves, frame):
    return next((move for move in moves if move["time"] < frame["time"]
                 and math.isclose(frame["value"], move["value"], abs_tol=_SAME)), None)
