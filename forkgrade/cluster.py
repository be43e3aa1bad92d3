"""The same work on a Dask cluster: jobs travel as data, results come back to the one writer.

Each worker keeps a fork server and a sandbox of its own. A worker that dies loses its job, which
another one gets; a worker that hangs is given up after a time: it gets no more jobs, and what it
returns later is ignored.
"""

import contextlib
import threading
import time

from course_utils.errors import CourseError
from forkgrade.outcome import Outcome, Queue

JOBS_PER_THREAD = 2  # at the same time, on their way or running: nobody waits for work
GRACE = 120.0  # seconds beyond the time that the cells of a submission may take in all


class Cluster:
    """Runs jobs on a Dask cluster; has the methods of `forkgrade.workers.Workers`.

    Parameters
    ----------
    address : str
        Of the scheduler, for example ``tcp://10.0.0.1:8786``.
    preload : forkgrade.forkserver.preload.Preload
        Of it only the names of the modules that the instructor's notebooks import travel, and
        whether there is a sandbox.

    Raises
    ------
    CourseError
        If nothing answers at the address.
    """

    def __init__(self, address, preload):
        from distributed import Client

        try:
            self._client = Client(address, timeout="20s")
        except (OSError, ValueError, TimeoutError) as error:
            raise CourseError(f"There is no Dask scheduler at {address} ({error}). Start one with "
                              "`dask scheduler`, and workers with `dask worker ADDRESS "
                              "--nthreads 1`; docs/grading.md has the commands.") from None
        self._modules, self._sandbox = preload.imported(), preload.sandbox
        self._given_up = set()

    def run(self, jobs):
        """Yield (job, outcome) as they come.

        Parameters
        ----------
        jobs : iterable of forkgrade.job.Job
        """
        queue, flying = Queue(jobs), {}
        while True:
            room = JOBS_PER_THREAD * max(1, sum(self._trusted().values())) - len(flying)
            for _ in range(max(0, room)):
                job = queue.next()
                if job is None:
                    break
                flying[self._send(job)] = (job, time.monotonic())
            if not flying:
                return
            for future in self._ready(flying):
                job, _ = flying.pop(future)
                outcome = queue.settle(job, _outcome(future))
                future.cancel(force=True)
                if outcome is not None:
                    yield job, outcome

    def _send(self, job):
        # as long as no worker is given up, those that come later may take it too
        workers = list(self._trusted()) if self._given_up else None
        # not pure: the same job sent again is to be run again
        return self._client.submit(run_here, job.to_plain(), self._modules, self._sandbox,
                                   pure=False, retries=0, workers=workers or None)

    def _trusted(self):
        """Return how many threads each worker has, except those that were given up."""
        return {worker: threads for worker, threads in self._client.nthreads().items()
                if worker not in self._given_up}

    def _ready(self, flying):
        """Return the futures that are done or overdue."""
        from distributed import wait

        with contextlib.suppress(TimeoutError):
            wait(list(flying), timeout=1.0, return_when="FIRST_COMPLETED")
        now = time.monotonic()
        late = {future.key: future for future, (job, begin) in flying.items()
                if not future.done() and now - begin > _patience(job)}
        if late:
            self._given_up |= {worker for worker, keys in self._client.processing().items()
                               if set(keys) & set(late)}
        return [*filter(lambda future: future.done(), flying), *late.values()]

    def stop(self):
        """Disconnect; end the kernels, leave the workers running."""
        from distributed import wait

        asked = [self._client.submit(rest, workers=[worker], pure=False)
                 for worker in self._trusted()]
        with contextlib.suppress(TimeoutError):
            wait(asked, timeout=5.0)
        self._client.close()


def _patience(job):
    if job.timeout is None:
        return GRACE + job.limits["wall"] * max(1, len(job.released))
    cells = sum(len(released.cells) for released in job.released.values())
    return GRACE + 4 * job.timeout * max(1, cells)


def _outcome(future):
    if future.status != "finished":
        return None
    try:
        return Outcome.from_plain(future.result(timeout=30))
    except Exception:  # lost on the way, or with its worker; None if its kernel was lost
        return None


_servers = {}
_kernels = {}  # of each thread of this worker


def run_here(job, modules, sandbox):
    """Run a job in a Dask worker, with the worker's own fork server.

    Parameters
    ----------
    job : dict
        A `forkgrade.job.Job` as plain data.
    modules : list of str
        What the fork server imports.
    sandbox : bool

    Returns
    -------
    dict or None
        See `forkgrade.run.run_plain`.
    """
    from forkgrade.forkserver.client import ForkServer
    from forkgrade.forkserver.pool import KernelPool
    from forkgrade.forkserver.preload import import_nbformat

    import_nbformat()
    from forkgrade.run import run_plain

    key = (tuple(modules), sandbox)
    server = _servers.get(key)
    if server is None or server.process.poll() is not None:
        server = _servers[key] = ForkServer(modules, sandbox=sandbox)
    kernels = _kernels.setdefault(threading.get_ident(), KernelPool())
    return run_plain(job, server.address, kernels)


def rest():
    """End the kernels that a Dask worker has started ahead; its fork servers stay."""
    while _kernels:
        _kernels.popitem()[1].close()
