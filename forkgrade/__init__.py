"""A grader for nbgrader courses: forked kernels in a sandbox, judged from outside."""
