"""The verbs of an instructor: `course grade`, `report`, `similar`, `kernel`."""
