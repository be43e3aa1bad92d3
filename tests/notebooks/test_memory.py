"""The peak is read from the system, or asked for often where the system keeps none."""

import subprocess
import sys
import time

from course_utils.notebooks import memory

GREEDY = "x = bytearray(150 * 2**20); del x; print('done', flush=True); input()"


def peak_of_greedy():
    with subprocess.Popen([sys.executable, "-c", "input();" + GREEDY], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as process:
        peak = memory.PeakMemory(process.pid)
        process.stdin.write("\n")
        process.stdin.flush()
        process.stdout.readline()
        found = peak.read()
        process.communicate("\n")
        assert peak.read() == found, "what was known stays known after the end"
        peak.close()
    return found


def test_peak_kept_by_the_system():
    assert 150 < peak_of_greedy() < 220


def test_peak_by_asking(monkeypatch):
    monkeypatch.setattr(memory, "_system_peak", lambda pid: None)
    monkeypatch.setattr(memory, "POLL_SECONDS", 0.001)
    monkeypatch.setattr(sys.modules[__name__], "GREEDY",
                        GREEDY.replace("del x", f"import time; time.sleep({0.5}); del x"))
    assert 150 < peak_of_greedy() < 220


def test_a_process_that_is_gone():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    start = time.perf_counter()
    assert memory.PeakMemory(process.pid).read() == 0
    assert time.perf_counter() - start < 1
