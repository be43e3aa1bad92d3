"""Kernels one after the other, without waiting for the beginning or the end of any."""

import contextlib
import threading

from forkgrade.forkserver.client import Kernel
from forkgrade.forkserver.messages import Closed


class KernelPool:
    """Takes kernels from a warm parent, the next one already while its predecessor works.

    A kernel that is started ahead waits for its first request; nothing of a learner has reached
    it. One that is given back ends by itself, and is waited for when the next one comes back.

    Parameters
    ----------
    core : int, optional
        The core on which they all run.
    """

    def __init__(self, core=None):
        self._core = core
        self._spare, self._wanted, self._leaving = None, None, None
        self._lock = threading.Lock()  # `close` may be called from another thread

    @contextlib.contextmanager
    def kernel(self, address, limits):
        """Lend a kernel.

        Parameters
        ----------
        address : dict
            Of a warm parent.
        limits : dict
            See `forkgrade.forkserver.client.LIMITS`.

        Yields
        ------
        forkgrade.forkserver.client.Kernel

        Raises
        ------
        forkgrade.forkserver.messages.Closed
            If the parent is gone.
        """
        limits = {**limits, "core": self._core}
        kernel = self._ready(address, limits) or Kernel(address, limits=limits)
        with contextlib.suppress(Closed):  # this one may do its work before the parent is missed
            self._swap(Kernel(address, limits=limits))
            self._wanted = (address, limits)
        try:
            yield kernel
        finally:
            kernel.let_go()
            if self._leaving:
                self._leaving.close()
            self._leaving = kernel

    def _ready(self, address, limits):
        """Return the spare kernel if it is of the kind that is wanted, and alive."""
        spare = self._swap(None)
        if spare is None:
            return None
        if self._wanted == (address, limits) and spare.ended(timeout=0) is None:
            return spare
        spare.close()
        return None

    def _swap(self, spare):
        with self._lock:
            before, self._spare = self._spare, spare
        return before

    def close(self):
        """End what was started ahead, and wait for all that was given back."""
        spare = self._swap(None)
        for kernel in filter(None, (spare, self._leaving)):
            kernel.close()
        self._leaving = None
