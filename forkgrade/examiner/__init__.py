"""Tests of plain assertions, judged outside the learner's process as far as that is possible.

A test runs in a kernel of its own, the examiner's, which no learner's code ever enters. Where it
names something of the learner's, `links` asks the learner's kernel, where `host` answers; what
travels between the two is plain data (`values`). So the comparison and the expected value stay
with the examiner. `rewriting` finds the names, `watch` looks after the tests that cannot be judged
so.
"""
