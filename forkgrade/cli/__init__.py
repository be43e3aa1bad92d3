"""The verbs of an instructor: `course grade`, `course report`, `course kernel`."""
