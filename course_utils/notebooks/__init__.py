"""From source to notebooks (build) and from notebooks to results (execute)."""
