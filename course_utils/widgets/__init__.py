"""Controls around a plot, questions and the progress panel."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs={
    "interactive": ["interactive_figure"],
    "progress_bar": ["waiting"],
    "progress_panel": ["progress"],
    "questions": ["quiz"],
})
