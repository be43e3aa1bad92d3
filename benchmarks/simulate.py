"""How long a class takes on so many workers, from the recorded seconds of real jobs.

The model is that of `course grade`: each worker takes the next job when it is free, and results
pass through one writer, one after the other.
"""

import heapq

import numpy as np


def simulate(seconds, count, workers, *, writing, starting):
    """Return the seconds until the last of `count` submissions is written.

    Parameters
    ----------
    seconds : array-like
        What recorded jobs took on one worker; drawn from with a fixed seed.
    count : int
        Submissions.
    workers : int
    writing : float
        Seconds that the one writer needs for a result.
    starting : float
        Seconds before the first job, for parents and imports.

    Raises
    ------
    ValueError
        If there are no recorded jobs or no workers.
    """
    seconds = np.asarray(seconds, dtype=float)
    if not seconds.size or workers < 1:
        raise ValueError(f"{seconds.size} recorded jobs, {workers} workers; at least one of each")
    jobs = np.random.default_rng(0).choice(seconds, size=count)
    free = [starting] * min(workers, max(count, 1))
    ends = []
    for job in jobs:
        end = heapq.heappop(free) + job
        heapq.heappush(free, end)
        ends.append(end)
    writer_free = starting
    for end in sorted(ends):
        writer_free = max(writer_free, end) + writing
    return float(writer_free)


def table(seconds, *, writing, starting, counts=(100, 1_000, 10_000),
          workers=(1, 2, 4, 8, 16, 32, 64)):
    """Return for each count the seconds on each number of workers, as rows of numbers."""
    return [[simulate(seconds, count, number, writing=writing, starting=starting)
             for number in workers] for count in counts]
