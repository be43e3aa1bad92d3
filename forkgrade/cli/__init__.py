"""The verbs of an instructor: `course grade`, `course report` and so on."""
