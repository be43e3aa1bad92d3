"""The walls around a learner's code: bubblewrap, namespaces, limits, and who watches them."""
