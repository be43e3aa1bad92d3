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
    moves: [], frames: [], handle: null,
    clear() { this.moves = []; this.frames = []; },
  };
  const moved = event => {
    const handle = watch.handle;
    if (!handle) return;
    // The slider's own listener runs before this timer, and sets the value.
    setTimeout(() => {
      const value = Number(handle.getAttribute('aria-valuenow'));
      if (watch.moves.at(-1)?.value !== value) watch.moves.push({time: event.timeStamp, value});
    });
  };
  addEventListener('keydown', moved, true);
  addEventListener('pointermove', moved, true);
  const appeared = picture => {
    const values = picture.dataset.values;
    const value = values ? Object.values(JSON.parse(values))[0] : parseFloat(picture.alt);
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
    """Press the right arrow `count` times, each after the picture for the last has appeared.

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
    for number in range(count):
        page.keyboard.press("ArrowRight")
        page.wait_for_function(
            f"""() => {{
                const last = stopwatch.moves.at(-1)?.value;
                return stopwatch.moves.length > {number}
                    && stopwatch.frames.some(f => Math.abs(f.value - last) < {_SAME});
            }}""", polling=20, timeout=20_000)
        # People do not press in step with the screen.
        page.wait_for_timeout(20 + 7 * number % 16)
    seen = _read(page)
    return [_first_frame(seen["frames"], move) - move["time"] for move in seen["moves"]]


def drag(page, handle, pixels, *, pause=8):
    """Drag the slider to the right and return what happened.

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
    _start(page, handle)
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, pixels + 1):
        page.mouse.move(x + step, y)
        page.wait_for_timeout(pause)
    page.mouse.up()
    page.wait_for_function(
        f"""() => Math.abs(stopwatch.frames.at(-1)?.value - stopwatch.moves.at(-1)?.value)
            < {_SAME}""", timeout=20_000)
    page.wait_for_timeout(500)
    seen = _read(page)
    causes = [(frame, _cause(seen["moves"], frame)) for frame in seen["frames"]]
    return seen | {"ages": [frame["time"] - move["time"] for frame, move in causes if move]}


def stale_frames(seen):
    """Return the frames of a drag that show an older value than a frame before them."""
    values = [frame["value"] for frame in seen["frames"]]
    return [new for old, new in zip(values, values[1:], strict=False) if new < old]


def frames_after_the_end(seen):
    """Return how many frames came after the last event: more than 2 means that some queued."""
    return sum(frame["time"] > seen["moves"][-1]["time"] for frame in seen["frames"])


def _start(page, handle):
    page.evaluate(_SCRIPT)
    handle.scroll_into_view_if_needed()
    handle.evaluate("node => { stopwatch.handle = node; }")


def _read(page):
    return page.evaluate("({moves: stopwatch.moves, frames: stopwatch.frames})")


def _first_frame(frames, move):
    return next((frame["time"] for frame in frames if frame["time"] > move["time"]
                 and math.isclose(frame["value"], move["value"], abs_tol=_SAME)), math.inf)


def _cause(moves, frame):
    return next((move for move in moves
                 if math.isclose(frame["value"], move["value"], abs_tol=_SAME)), None)
