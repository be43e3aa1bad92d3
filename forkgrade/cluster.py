"""The same work on a Dask cluster: jobs travel as data, results come back to the one writer.

Each worker keeps a warm parent and a sandbox of its own. A worker that dies loses its job, which
another one gets; a worker that hangs is given up after a time: it gets no more jobs, and what it
says later is ignored.
"""

import contextlib
import threading
import time
from pathlib import Path

from course_utils.errors import CourseError

ATTEMPTS = 3
AHEAD = 2  # jobs in flight for each thread of the cluster: nobody waits for work
GRACE = 120.0  # seconds beyond the time that the cells of a submission may take in all


class Cluster:
    """Runs jobs on a Dask cluster; has the methods of `forkgrade.workers.Workers`.

    Parameters
    ----------
    address : str
        Of the scheduler, for example ``tcp://10.0.0.1:8786``.
    source : pathlib.Path
        The folder with the instructor's notebooks; of them only the names of imported modules
        travel.
    sandbox : bool

    Raises
    ------
    CourseError
        If nobody answers at the address.
    """

    def __init__(self, address, source, sandbox):
        from distributed import Client

        from forkgrade.forkserver.warming import modules_of

        try:
            self._client = Client(address, timeout="20s")
        except (OSError, ValueError, TimeoutError) as error:
            raise CourseError(f"There is no Dask scheduler at {address} ({error}). Start one with "
                              "`dask scheduler`, and workers with `dask worker ADDRESS "
                              "--nthreads 1`; docs/grading.md has the commands.") from None
        self._modules, self._sandbox = modules_of(Path(source)), sandbox
        self._given_up = set()

    def run(self, jobs):
        """Yield (job, result) as they come; a result is None for a job that lost every worker."""
        jobs, flying, again = iter(jobs), {}, []
        while True:
            room = AHEAD * max(1, sum(self._trusted().values())) - len(flying)
            for _ in range(max(0, room)):
                job = again.pop() if again else next(jobs, None)
                if job is None:
                    break
                flying[self._send(job)] = (job, time.monotonic())
            if not flying:
                return
            for future in self._ready(flying):
                job, _ = flying.pop(future)
                result = _result(future)
                future.cancel(force=True)
                if result is None and job["attempts"] < ATTEMPTS:
                    again.append(job)
                else:
                    yield job, result

    def _send(self, job):
        job["attempts"] = job.get("attempts", 0) + 1
        data = {name: value for name, value in job.items() if name != "attempts"}
        # without anybody given up it is open to workers that come later too
        workers = list(self._trusted()) if self._given_up else None
        # not pure: the same job sent again is to be run again
        return self._client.submit(run_here, data, self._modules, self._sandbox, pure=False,
                                   retries=0, workers=workers or None)

    def _trusted(self):
        """Return for each worker that does not hang how many threads it has."""
        return {worker: threads for worker, threads in self._client.nthreads().items()
                if worker not in self._given_up}

    def _ready(self, flying):
        """Return the futures that are done, or late beyond hope."""
        from distributed import wait

        with contextlib.suppress(TimeoutError):
            wait(list(flying), timeout=1.0, return_when="FIRST_COMPLETED")
        now, done = time.monotonic(), [future for future in flying if future.done()]
        late = {future.key: future for future, (job, begin) in flying.items()
                if not future.done() and now - begin > _patience(job)}
        if late:
            self._given_up |= {worker for worker, keys in self._client.processing().items()
                               if set(keys) & set(late)}
        return [*done, *late.values()]

    def stop(self):
        """Let go of the cluster; its workers stay, with no kernel left."""
        from distributed import wait

        asked = [self._client.submit(rest, workers=[worker], pure=False)
                 for worker in self._trusted()]
        with contextlib.suppress(TimeoutError):
            wait(asked, timeout=5.0)
        self._client.close()


def _patience(job):
    cells = sum(len(notebook["cells"]) for notebook in job["released"].values())
    return GRACE + 4 * job["timeout"] * max(1, cells)


def _result(future):
    if future.status != "finished":
        return None
    try:
        result = future.result(timeout=30)
    except Exception:
        return None
    return result if isinstance(result, dict) and "lost" not in result else None


_parents = {}
_kernels = {}  # of each thread of this worker


def run_here(job, modules, sandbox):
    """Run a job in a Dask worker, with the worker's own warm parent."""
    from forkgrade.forkserver.client import ForkServer
    from forkgrade.forkserver.messages import Closed
    from forkgrade.forkserver.pool import KernelPool
    from forkgrade.run import ParentLost, run_job

    key = (tuple(modules), sandbox)
    parent = _parents.get(key)
    if parent is None or parent.process.poll() is not None:
        parent = _parents[key] = ForkServer(modules, sandbox=sandbox)
    kernels = _kernels.setdefault(threading.get_ident(), KernelPool())
    try:
        return run_job(job, parent.address, kernels)
    except (ParentLost, Closed):
        return {"lost": True}


def rest():
    """End the kernels that a Dask worker has started ahead; its parents stay warm."""
    while _kernels:
        _kernels.popitem()[1].close()
