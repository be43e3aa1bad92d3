"""Warm kernels: import once, fork for each notebook.

`client.ForkServer` starts the process that imports what a lab needs (`server`). For each notebook
it forks a kernel (`kernel`, and `session` inside it), which `forkgrade.sandbox` shuts into
namespaces of its own and watches from outside. `provisioner` gives the same warm start to
JupyterLab, nbclient and everything else that starts kernels through `jupyter_client`.
"""
