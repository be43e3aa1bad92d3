"""Several submissions at once: one process for each job slot, all fed from one warm parent."""

import contextlib
import multiprocessing
import os
import signal
from multiprocessing.connection import wait

from forkgrade.forkserver.client import ForkServer
from forkgrade.forkserver.messages import Closed
from forkgrade.forkserver.pool import KernelPool
from forkgrade.run import ParentLost, run_job

ATTEMPTS = 3
PATIENCE = 5.0  # seconds for a worker to end its kernels


class Workers:
    """Runs jobs on this machine.

    Parameters
    ----------
    count : int
        How many at the same time.
    start_parent : callable
        Returns a `ForkServer`; called again should it be lost. Gets the keyword `parent`, if there
        is one that was started already.
    parent : ForkServer, optional
        That one.
    """

    def __init__(self, count, start_parent, parent=None):
        self._start_parent, self._count = start_parent, count
        self._context = multiprocessing.get_context("fork")
        self._parent, self._slots = start_parent(parent=parent), []

    def run(self, jobs):
        """Yield (job, result) as they come; a result is None for a job that lost every worker.

        Parameters
        ----------
        jobs : iterable of dict
            See `forkgrade.run.run_job`. Taken one by one, as slots become free.
        """
        jobs, again, busy, done = iter(jobs), [], {}, []
        self._slots = [self._slot(core) for core in _cores(self._count)]
        idle = list(self._slots)
        while True:
            while idle and (job := again.pop() if again else next(jobs, None)) is not None:
                slot = idle.pop()
                job["attempts"] = job.get("attempts", 0) + 1
                slot.give(job, self._parent.address)
                busy[slot.connection] = (slot, job)
            # only now, when nobody waits for work any more, is there time to write
            yield from done
            if not busy:
                return
            done = []
            for connection in wait(list(busy)):
                slot, job = busy.pop(connection)
                result = slot.take()
                if result is None:
                    slot.end()
                    slot = self._slot(slot.core)
                idle.append(slot)
                if result is None or "lost" in result:
                    self._mend()
                    if job["attempts"] < ATTEMPTS:
                        again.append(job)
                        continue
                    result = None
                done.append((job, result))

    def _mend(self):
        if self._parent.process.poll() is not None:
            self._parent.stop()
            self._parent = self._start_parent()

    def _slot(self, core):
        slot = _Slot(self._context, core)
        self._slots = [*self._slots, slot]
        return slot

    def stop(self):
        """End all workers and the parent."""
        for slot in self._slots:
            slot.dismiss()
        for slot in self._slots:
            slot.end()
        self._parent.stop()


class _Slot:
    def __init__(self, context, core):
        self.core = core
        self.connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_work, args=(theirs, self.connection, os.getpid(), core), daemon=True)
        self._process.start()
        theirs.close()
        self._idle = True

    def give(self, job, address):
        self._idle = False
        with contextlib.suppress(OSError):
            self.connection.send((job, address))

    def take(self):
        try:
            result, self._idle = self.connection.recv(), True
            return result
        except (EOFError, OSError):
            return None

    def dismiss(self):
        """Let an idle worker end its kernels and itself; a busy one is killed at its end."""
        with contextlib.suppress(OSError):
            self.connection.send(None)

    def end(self):
        if self._idle:
            self._process.join(PATIENCE)
        self._process.kill()
        self._process.join()
        self.connection.close()


def _cores(count):
    """Return a core for each of `count` workers, or None for each if some would stay idle."""
    cores = sorted(os.sched_getaffinity(0))
    return [cores[number % len(cores)] if count >= len(cores) else None
            for number in range(count)]


def _work(connection, theirs, boss, core):
    """Run jobs until the boss is gone; this process never runs a learner's code."""
    theirs.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    ForkServer.die_with(boss)
    kernels = KernelPool(core)
    with contextlib.suppress(EOFError, OSError):
        while (given := connection.recv()) is not None:
            try:
                result = run_job(*given, kernels)
            except (ParentLost, Closed):
                result = {"lost": True}
            connection.send(result)
    kernels.close()
