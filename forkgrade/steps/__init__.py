"""The steps that this course adds to nbgrader's own; `nbgrader_config.py` puts them in place."""
