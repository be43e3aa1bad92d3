"""The verb of those who train anew: `course pretrain`."""
