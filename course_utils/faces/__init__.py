"""Faces of nobody, the four stages of face recognition, a gallery with consent, and metrics.

Importing this package loads neither dlib nor OpenCV; a name loads what it needs when used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs={
    "audit": ["load_audit"],
    "batch": ["embed_pictures"],
    "cache": ["Cache"],
    "consent": ["Consent"],
    "drawing.anatomy": ["ANATOMY", "Identity"],
    "drawing.people": ["make_identities", "make_views"],
    "drawing.picture": ["draw"],
    "drawing.view": ["View"],
    "engine": ["available"],
    "gallery": ["Gallery"],
    "identification": ["false_alarm_chance", "open_set_rates", "rank_one_rate"],
    "intervals": ["Rate", "interval_over_people", "rate"],
    "metrics": ["det_curve", "equal_error_rate", "false_match_rate", "false_non_match_rate",
                "pair_distances", "rates_by_group"],
    "picture_input": ["read_picture"],
    "pipeline": ["Box", "align", "detect", "detect_one", "distance", "embed", "match"],
    "shipped_faces": ["load_embeddings"],
})
