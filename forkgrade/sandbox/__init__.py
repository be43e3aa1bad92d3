"""The sandbox around a learner's code: bubblewrap, namespaces, limits, and a monitor."""
