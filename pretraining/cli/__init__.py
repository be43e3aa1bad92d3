"""This package's verb: `course pretrain`."""
