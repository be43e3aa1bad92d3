"""Kernels one after the other, without waiting for them to start or end."""

import contextlib
import threading

from forkgrade.forkserver.kernel import Kernel
from forkgrade.forkserver.messages import Closed


class KernelPool:
    """Lends kernels of a fork server, and has the next one forked while its predecessor works.

    A spare kernel waits for its first request; nothing of a learner's has reached it. One that is
    returned ends in the background; the pool waits for that when the next one is returned.

    Parameters
    ----------
    core : int, optional
        The processor core on which they all run.
    """

    def __init__(self, core=None):
        self._core = core
        self._spare, self._spare_options, self._predecessor = None, None, None
        self._lock = threading.Lock()  # `close` may be called from another thread

    @contextlib.contextmanager
    def kernel(self, address, limits):
        """Lend a kernel.

        Parameters
        ----------
        address : dict
            `ForkServer.address`.
        limits : dict
            See `forkgrade.forkserver.kernel.LIMITS`.

        Yields
        ------
        forkgrade.forkserver.kernel.Kernel

        Raises
        ------
        forkgrade.forkserver.messages.Closed
            If the fork server is gone.
        """
        limits = {**limits, "core": self._core}
        kernel = self._take_spare(address, limits) or Kernel(address, limits=limits)
        with contextlib.suppress(Closed):  # this one may finish before the server is missed
            self._replace_spare(Kernel(address, limits=limits))
            self._spare_options = (address, limits)
        try:
            yield kernel
        finally:
            kernel.release()
            if self._predecessor:
                self._predecessor.close()
            self._predecessor = kernel

    def _take_spare(self, address, limits):
        """Return the spare kernel if it has these limits and is alive; otherwise end it."""
        spare = self._replace_spare(None)
        if spare is None:
            return None
        if self._spare_options == (address, limits) and spare.exit_reason(timeout=0) is None:
            return spare
        spare.close()
        return None

    def _replace_spare(self, kernel):
        with self._lock:
            before, self._spare = self._spare, kernel
        return before

    def close(self):
        """End the spare kernel, and wait for the end of all that were returned."""
        spare = self._replace_spare(None)
        for kernel in filter(None, (spare, self._predecessor)):
            kernel.close()
        self._predecessor = None
