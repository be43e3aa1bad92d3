"""What tests of plain assertions are worth, given that they run in the learner's own process."""

from nbformat.v4 import new_output

from forkgrade.assertions import source_scan
from forkgrade.steps.points import NO_POINTS, NUMBER, error_output
from forkgrade.suite import libraries


class Credit:
    """The tests of plain assertions in one notebook.

    Parameters
    ----------
    released : forkgrade.job.Released
    sources : list of str
        The learner's code.
    files : iterable of str
        Names of what was handed in beside the notebook.
    """

    def __init__(self, released, sources, files):
        instructor_magic = set(released.instructor_magic)
        self._meanings = {"imports": released.imports, "assigned": released.assigned}
        self._magic = sorted(source_scan.magic(sources) - instructor_magic)
        self._hiding = source_scan.hiding_rule(sources)
        self._rule = self._hiding or source_scan.unread_rule(sources, files)
        self._watched, self._is_executed = self._magic, False
        if self._rule:
            # methods that were not scanned can still be noticed when a test calls them
            self._watched = sorted(source_scan.ALL_MAGIC - instructor_magic)
            self._is_executed = not source_scan.generated(sources)
        self._distrusted = {}  # names of tests, by the reason

    @property
    def watch(self):
        """What to add to the request that runs a test."""
        return {"watch": True, "magic": self._watched, "executed": self._is_executed,
                "libraries": libraries(), "lab": self._meanings}

    @property
    def flags(self):
        """What was odd about the tests that were run."""
        return [f"tampering: {', '.join(names)} earn{'' if names[1:] else 's'} nothing, because "
                f"{reason}" for reason, names in self._distrusted.items()]

    def settle(self, cell, reply):
        """Make the outputs of a test say what it is worth.

        Parameters
        ----------
        cell : nbformat.NotebookNode
            A test that was run; its outputs are changed in place.
        reply : forkgrade.conversation.Reply
        """
        self._distrust(cell, reply)
        self._read_result(cell, reply)

    def _distrust(self, cell, reply):
        """Give nothing for a test that the learner's code could have manipulated."""
        beside = f", beside code that {self._rule.because}" if self._rule else ""
        comparisons = {*self._magic, *reply.comparisons} if self._hiding else reply.comparisons
        reasons = [*(f"{name} was replaced" for name in reply.changes),
                   *(f"the learner's {name} answers comparisons{beside}" for name in comparisons)]
        if reasons:
            reason = "; ".join(reasons)
            self._distrusted.setdefault(reason, []).append(cell.metadata["nbgrader"]["grade_id"])
            cell.outputs.insert(0, error_output(NO_POINTS, f"This test proves nothing: {reason}."))

    def _read_result(self, cell, reply):
        """Make the outputs show the test's real result, not what learners' code displays."""
        errors = any(output.output_type == "error" for output in cell.outputs)
        if not reply.ok and not errors:
            cell.outputs.insert(0, error_output(NO_POINTS,
                                                "This test failed without showing why."))
        if reply.result is None or cell.source.rstrip().endswith(";"):
            return
        results = [output for output in cell.outputs if output.output_type == "execute_result"]
        if NUMBER.match(str(reply.result.get("number"))):
            data = {"text/plain": str(reply.result["number"])}
            cell.outputs = [output for output in cell.outputs if output not in results]
            cell.outputs.append(new_output("execute_result", data=data,
                                           execution_count=cell.execution_count))
        elif reply.result.get("learner_class") and any(
                NUMBER.match(output.data.get("text/plain", "").strip()) for output in results):
            cell.outputs.insert(0, error_output(NO_POINTS, "The number that this test showed is an "
                                                "object of a class that the learner made."))
