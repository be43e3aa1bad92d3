"""The most memory that a kernel had at any time."""

import sys
import threading
from pathlib import Path

MIB = 2**20
POLL_SECONDS = 0.05


class PeakMemory:
    """Watch the memory of one process.

    Linux records the peak itself (`VmHWM`), and so does Windows; elsewhere a thread polls.

    Parameters
    ----------
    pid : int
        The process.
    """

    def __init__(self, pid):
        self.pid, self.peak = pid, 0.0
        self._end = threading.Event()
        if _system_peak(pid) is None:
            threading.Thread(target=self._poll, daemon=True).start()

    def read(self):
        """Return the peak so far, in MiB; the last one known if the process has ended."""
        self.peak = max(self.peak, _system_peak(self.pid) or _now(self.pid))
        return self.peak

    def close(self):
        """Stop watching."""
        self._end.set()

    def _poll(self):
        while not self._end.wait(POLL_SECONDS):
            self.peak = max(self.peak, _now(self.pid))


def _system_peak(pid):
    """Return the peak in MiB where the system records it, else None."""
    if sys.platform == "win32":
        return _ask(pid, lambda info: info.peak_wset)
    try:
        # psutil has no peak on Linux
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except (OSError, ValueError):
        pass
    return None


def _now(pid):
    return _ask(pid, lambda info: info.rss) or 0.0


def _ask(pid, field):
    import psutil

    try:
        return field(psutil.Process(pid).memory_info()) / MIB
    except psutil.Error:
        return None
