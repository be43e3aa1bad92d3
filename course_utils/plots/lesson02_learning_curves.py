"""Learning curves: the one of lesson 02 and the six of lab 02."""

from matplotlib import pyplot as plt

from course_utils.data.arguments import finite_numbers, same_length
from course_utils.errors import CourseError
from course_utils.plots.describing import describe
from course_utils.plots.lesson02_errors import STYLES, UNIT


def plot_learning_curve(sizes, training, test, *, noise, title="", ax=None):
    """Draw training and test error against the number of training readings.

    Parameters
    ----------
    sizes, training, test : array-like, shape (k,)
    noise : float
        The part of the test error that no model can avoid.
    title : str
    ax : matplotlib.axes.Axes, optional
    """
    ax = ax or plt.gca()
    curves = {"test error": test, "training error": training}
    for name, values in curves.items():
        values = finite_numbers(name, values, dimensions=(1,))
        same_length(sizes=sizes, **{name.replace(" ", "_"): values})
        ax.plot(sizes, values, marker="o", markersize=5, label=name, **STYLES[name])
    ax.axhline(noise, label="noise", **STYLES["noise"])
    ax.set_xscale("log")
    ax.set_xticks(list(sizes), [str(size) for size in sizes])
    ax.set_xticks([], minor=True)
    ax.set_ylim(0, 22)
    ax.set_yticks(range(0, 21, 5))
    ax.set_xlabel("training readings in a day")
    ax.set_ylabel(UNIT)
    ax.legend()
    ax.set_title(title)
    return describe(ax, f"{title}. From {sizes[0]} to {sizes[-1]} readings the test error goes "
                        f"from {test[0]:.3g} to {test[-1]:.3g}, the training error from "
                        f"{training[0]:.2g} to {training[-1]:.2g}; noise {noise:.3g} (°C²).")


def plot_diagnoses(table, *, sizes):
    """Draw a small learning curve for each model, with the best error that anybody reached.

    Parameters
    ----------
    table : dict of int to tuple of float
        For each model its training errors at both sizes, its test errors at both sizes, and the
        best known error, all in percent.
    sizes : tuple of int
        The two numbers of training rows.
    """
    if not table:
        raise CourseError("table is empty, but at least one model is needed.")
    columns = min(3, len(table))
    rows = -(-len(table) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(6.4, 2.1 * rows + 0.4), sharex=True,
                                sharey=True, squeeze=False)
    notes = []
    for ax, (model, errors) in zip(axes.flat, table.items(), strict=False):
        notes.append(_draw_diagnosis(ax, model, errors, sizes))
    for ax in axes.flat[len(table):]:
        ax.set_axis_off()
    axes[0, 0].set(xscale="log", ylim=(0, 30))
    axes[0, 0].set_xticks(list(sizes), [f"{size:,}" for size in sizes])
    axes[0, 0].set_xticks([], minor=True)
    figure.supxlabel("training rows", fontsize=11)
    figure.supylabel("error (%)", fontsize=11)
    figure.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return describe(figure, f"Learning curves from {sizes[0]:,} to {sizes[1]:,} rows, errors in "
                            "percent. " + "; ".join(notes) + ".")


def _draw_diagnosis(ax, model, errors, sizes):
    """Draw the curves of one model; return its part of the text alternative."""
    errors = finite_numbers(f"table[{model!r}]", errors, dimensions=(1,))
    if len(errors) != 5:
        raise CourseError(f"table[{model!r}] holds {len(errors)} errors, but 5 are needed.")
    training, test, best = errors[:2], errors[2:4], errors[4]
    for name, values in (("test error", test), ("training error", training)):
        ax.plot(sizes, values, marker="o", markersize=4, label=name, **STYLES[name])
    ax.axhline(best, label="best known", **STYLES["noise"])
    ax.set_title(f"model {model}", fontsize=11)
    return (f"model {model}: training {training[0]:g} to {training[1]:g}, test "
            f"{test[0]:g} to {test[1]:g}, best known {best:g}")
