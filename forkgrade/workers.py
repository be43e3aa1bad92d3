"""Several submissions at once: one process for each slot, all fed from one fork server."""

import contextlib
import multiprocessing
import os
import signal
from multiprocessing.connection import wait

from forkgrade.forkserver.client import ForkServer
from forkgrade.forkserver.pool import KernelPool
from forkgrade.outcome import Outcome, Queue
from forkgrade.run import run_plain

PATIENCE = 5.0  # seconds for a worker to end its kernels


class Workers:
    """Runs jobs on this machine.

    Parameters
    ----------
    count : int
        How many at the same time.
    preload : forkgrade.forkserver.preload.Preload
        Where kernels come from. It is stopped with the workers.
    """

    def __init__(self, count, preload):
        self._preload, self._count, self._slots = preload, count, []
        self._context = multiprocessing.get_context("fork")

    def run(self, jobs):
        """Yield (job, outcome) as they come.

        It may be called again; kernels are then forked anew, with what the fork server has imported
        meanwhile.

        Parameters
        ----------
        jobs : iterable of forkgrade.job.Job
            Taken one by one, as slots become free.
        """
        self._end_slots()
        queue, busy, results = Queue(jobs), {}, []
        self._slots = [_Slot(self._context, core) for core in _cores(self._count)]
        idle = list(self._slots)
        while True:
            while idle and (job := queue.next()) is not None:
                slot = idle.pop()
                slot.give(job, self._preload.server.address)
                busy[slot.connection] = (slot, job)
            # write only now that every worker has something to do
            yield from results
            if not busy:
                return
            results = []
            for connection in wait(list(busy)):
                slot, job = busy.pop(connection)
                outcome = queue.settle(job, slot.take())
                idle.append(slot if slot.is_alive else self._another(slot))
                if outcome is not None:
                    results.append((job, outcome))

    def _another(self, slot):
        """Return a slot in place of one whose process is gone."""
        slot.end()
        fresh = _Slot(self._context, slot.core)
        self._slots = [*self._slots, fresh]
        return fresh

    def stop(self):
        """End all workers and the fork server."""
        self._end_slots()
        self._preload.stop()

    def _end_slots(self):
        for slot in self._slots:
            slot.dismiss()
        for slot in self._slots:
            slot.end()
        self._slots = []


class _Slot:
    def __init__(self, context, core):
        self.core, self.is_alive, self._is_idle = core, True, True
        self.connection, workers_end = context.Pipe()
        self._process = context.Process(
            target=_work, args=(workers_end, self.connection, os.getpid(), core), daemon=True)
        self._process.start()
        workers_end.close()

    def give(self, job, address):
        self._is_idle = False
        with contextlib.suppress(OSError):
            self.connection.send((job.to_plain(), address))

    def take(self):
        """Return the outcome; None if the kernel or this slot's process was lost."""
        try:
            data, self._is_idle = self.connection.recv(), True
        except (EOFError, OSError):
            self.is_alive, data = False, None
        return data and Outcome.from_plain(data)

    def dismiss(self):
        """Tell an idle worker to end its kernels and exit; `end` kills a busy one."""
        with contextlib.suppress(OSError):
            self.connection.send(None)

    def end(self):
        if self._is_idle:
            self._process.join(PATIENCE)
        self._process.kill()
        self._process.join()
        self.connection.close()


def _cores(count):
    """Return a core for each of `count` workers, or None for each if some cores would stay idle."""
    cores = sorted(os.sched_getaffinity(0))
    return [cores[number % len(cores)] if count >= len(cores) else None
            for number in range(count)]


def _work(connection, parents_end, boss, core):
    """Run jobs until the grader is gone; this process never runs a learner's code."""
    parents_end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    ForkServer.die_with(boss)
    kernels = KernelPool(core)
    with contextlib.suppress(EOFError, OSError):
        while (message := connection.recv()) is not None:
            connection.send(run_plain(*message, kernels))
    kernels.close()
