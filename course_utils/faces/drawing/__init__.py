"""Faces of nobody: pictures drawn from parameters, so that nobody has to consent.

An identity (`anatomy`) and a view (`view`) make a picture (`picture`): a relief of the head, its
colours, light on both, and a camera.
"""
