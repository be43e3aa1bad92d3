"""The event loop of a kernel: as in ipykernel, one loop runs for all cells of a notebook.

A request is answered within the running loop, so a cell can create tasks, which go on while later
cells wait for something and while the kernel waits for its next request; `asyncio.run` fails as it
does in Jupyter. A cell without `await` runs to its end before anything else of the loop does.
"""

import asyncio
from _signal import SIG_IGN, SIGINT, default_int_handler
from _signal import signal as _signal
from os import _exit
from os import getpid as _getpid
from time import monotonic as _now

from forkgrade.forkserver import messages

BROKEN = "The event loop that Jupyter runs for this notebook was broken by its code."
TURNS = 5  # of the loop between two cells, if tasks wait for one; it has some in Jupyter too
_tasks = asyncio.all_tasks
MOST_FRUITLESS = 100  # returns of the loop without a request, after which it counts as broken


class Loop(asyncio.SelectorEventLoop):
    """An event loop whose time goes on although `time.monotonic` was replaced.

    Attributes
    ----------
    had_task : bool
        Whether it ever had a task.
    """

    time = staticmethod(_now)
    had_task = False

    def create_task(self, coroutine, **options):
        """Make a task, and note it; arguments as for `asyncio.loop.create_task`.

        Parameters
        ----------
        coroutine : coroutine
        **options
        """
        self.had_task = True
        return asyncio.SelectorEventLoop.create_task(self, coroutine, **options)


class Requests:
    """Answers a grader's requests, one after the other, until the grader is gone.

    Parameters
    ----------
    connection : socket.socket
        To the grader.
    answer : callable
        A coroutine function: takes a request and returns the reply, both dicts of plain data. An
        interruption reaches it as a KeyboardInterrupt, or, while it waits, cancels it.
    awaits : callable
        Takes a request and returns whether its answer must wait for something.
    failure : callable
        Takes an exception, and returns the reply that tells of it.
    """

    def __init__(self, connection, answer, awaits, failure):
        self._connection, self._descriptor = connection, connection.fileno()
        self._answer, self._awaits, self._failure = answer, awaits, failure
        self._process = _getpid()
        self._loop = self._task = None
        self._is_over = self._is_owing = False
        self._reply = None  # one that is to be sent after some turns of the loop
        self._count = 0

    def serve(self):
        """Answer until the grader is gone."""
        _signal(SIGINT, SIG_IGN)
        self._begin_loop()
        fruitless = 0
        while not self._is_over:
            before = self._count
            self._run_loop()
            fruitless = 0 if self._count > before else fruitless + 1
            if fruitless > MOST_FRUITLESS:
                self._replace_loop()

    def _begin_loop(self):
        self._loop = Loop()
        asyncio.set_event_loop(self._loop)
        self._loop.add_reader(self._descriptor, self._on_request)

    def _replace_loop(self):
        """Go on after a learner's code has broken the loop, or the class of all loops."""
        if self._is_owing:
            self._send(self._reply or self._failure(RuntimeError(BROKEN)))
        self._task = None
        try:
            self._begin_loop()
            self._loop.call_soon(self._loop.stop)
            self._loop.run_forever()
        except BaseException:  # even a new one does not run; a cell without `await` needs none
            self._on_request()

    def _run_loop(self):
        """Run the loop until something ends it: the grader, or a learner's code, that stops it."""
        try:
            self._loop.run_forever()
        except BaseException as error:  # an interruption while it waited, an exit in a task
            if self._task is not None:
                self._task.cancel()
            elif self._is_owing and self._reply is None:
                self._send(self._failure(error))

    def _on_request(self):
        """Answer a request, at once or in a task of the loop."""
        if _getpid() != self._process:
            _exit(0)  # a cell forked, and its child came back to the loop; one process may answer
        try:
            request = messages.receive(self._connection)
        except (messages.Closed, messages.NotPlain):
            self._end()
            return
        self._is_owing = True
        self._count += 1
        _signal(SIGINT, default_int_handler)
        if self._awaits(request):
            self._loop.remove_reader(self._descriptor)  # whose end would wake the loop without end
            self._task = self._loop.create_task(self._reply_to(request))
            self._task.add_done_callback(self._on_done)
            return
        try:
            self._reply_to(request).send(None)
        except StopIteration as done:
            if self._loop.had_task and _tasks(self._loop):
                self._reply = done.value
                self._send_later()
            else:
                self._send(done.value)

    def _on_done(self, task):
        """Send the reply of a task, and listen again."""
        self._task = None
        self._loop.add_reader(self._descriptor, self._on_request)
        self._send(self._failure(asyncio.CancelledError()) if task.cancelled() else task.result())

    def _send_later(self, turns=TURNS):
        """Send the reply after some turns of the loop."""
        if turns:
            self._loop.call_soon(self._send_later, turns - 1)
        else:
            self._send(self._reply)

    async def _reply_to(self, request):
        try:
            reply = await self._answer(request)
        except BaseException as error:
            reply = self._failure(error)
        if _getpid() != self._process:
            _exit(0)  # a cell forked and returned twice
        return reply

    def _send(self, reply):
        _signal(SIGINT, SIG_IGN)  # one that came too late must not cut the reply short
        if not self._is_owing:
            return
        self._is_owing, self._reply = False, None
        try:
            try:
                messages.send(self._connection, reply)
            except (TypeError, ValueError, RecursionError) as error:
                messages.send(self._connection, self._failure(_not_plain(error)))
        except messages.Closed:
            self._end()

    def _end(self):
        self._is_over = True
        self._loop.stop()


def _not_plain(error):
    return TypeError("What this cell shows is not plain data, so that no notebook can hold it "
                     f"({type(error).__name__}: {error})")
