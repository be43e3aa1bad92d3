"""Figures of the course: one look, and a text alternative for each.

A module is named after the lesson whose pictures it draws. Importing this package loads no
matplotlib; a name loads what it needs when it is first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs={
    "palette": ["PALETTE"],
    "style": ["use_style"],
    "describing": ["alternative", "describe"],
    "alternatives": ["missing_alternatives"],
    "shared": ["plot_pictures", "plot_scores"],
    "lesson01": ["plot_descent", "plot_strips", "plot_to_scale"],
    "lesson02_days": ["draw_inset", "plot_many_days", "plot_readings"],
    "lesson02_errors": ["draw_u_curve", "plot_double_descent", "plot_errors", "plot_parts"],
    "lesson02_learning_curves": ["plot_diagnoses", "plot_learning_curve"],
    "lesson03": ["plot_beside", "plot_best_of", "plot_curves", "plot_errors_by_size", "plot_ways",
                 "plot_weights"],
    "lesson04": ["plot_gains", "plot_page", "plot_wins"],
    "lesson05": ["plot_accuracy_by_labels", "plot_accuracy_by_stage", "plot_responses",
                 "plot_sheet", "plot_times"],
    "lesson06_rates": ["plot_distances", "plot_promises", "plot_threshold"],
    "lesson06_stages": ["plot_boxes", "plot_map", "plot_stages", "plot_tones"],
    "lesson07": ["draw_day", "plot_alarms_by_list", "plot_det", "plot_precision", "plot_repeats"],
    "lesson08": ["draw_rates_by_tone", "plot_by_group", "plot_intervals", "plot_paired"],
    "lesson09": ["draw_policy", "plot_joining", "plot_stakeholders", "plot_uniqueness"],
})
