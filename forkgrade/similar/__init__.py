"""`course similar`: which answers are alike beyond what the task makes alike.

Libraries for this exist, and none fits: compare50 is under the GPL, asks for NumPy 1 and works on
folders of files; copydetect (MIT) compares two files at a time, and neither weighs a passage by how
many of the class write it. The method is theirs: winnowed fingerprints [1]_ of normalised tokens.

.. [1] S. Schleimer, D. S. Wilkerson, A. Aiken, "Winnowing: Local Algorithms for Document
   Fingerprinting", SIGMOD 2003.
"""
