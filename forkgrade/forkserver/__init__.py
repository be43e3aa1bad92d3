"""Warm kernels: import once, fork for each notebook; and the sandbox they run in.

`warm.ForkServer` starts the process that imports what a lab needs. For each notebook it forks a
kernel, which `confine` shuts into namespaces of its own and `warden` watches from outside.
`provisioner` gives the same warm start to JupyterLab, nbclient and everything else that starts
kernels through `jupyter_client`.
"""
