"""Helpers of the course *Plain Sight*.

Importing this package is light: names and submodules load when first used, so that a kernel
pays for TensorFlow, dlib, scikit-learn or matplotlib only when a lesson needs them.
"""

try:
    import lazy_loader
except ModuleNotFoundError:  # half a set-up, of which `course doctor` still has to tell
    lazy_loader = None

__version__ = "0.1.0"

if lazy_loader:
    # No module bears the name of one of these functions: importing it would hide the function.
    __getattr__, __dir__, __all__ = lazy_loader.attach(
        __name__,
        submodules=["checks", "cli", "data", "faces", "models", "notebooks", "plots", "widgets"],
        submod_attrs={
            "claims": ["claim", "lesson_seed"],
            "widgets.progress_panel": ["progress"],
            "widgets.questions": ["quiz"],
        })
