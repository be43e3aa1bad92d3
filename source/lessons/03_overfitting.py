# %% [markdown]
# # 3 · Overfitting and seven ways out
#
# A network gets every training picture right. Why is that bad news, and what helps?
# Everybody who trains models meets this. The usual list of remedies is long, and nobody says which of them work for *your* data.
#
# **You will**
#
# - *spot* overfitting and underfitting in two curves;
# - *try* seven ways out on the same network, each tuned with the same care;
# - *avoid* fooling yourself when you pick the best of many.
#
# About 50 minutes. Run each cell with <kbd>Shift</kbd>+<kbd>Enter</kbd>. The next one loads TensorFlow, which takes some seconds.

# %%
from functools import cache

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt

from course_utils import claim, data, lesson_seed, models, plots, progress, quiz, widgets

models.quiet(threads=1)  # before TensorFlow is loaded
import keras
from keras import layers

plots.use_style()
keras.utils.set_random_seed(lesson_seed())
rng = np.random.default_rng(lesson_seed())

# %% [markdown]
# ## A perfect score
#
# The data are real: handwritten digits, 8 × 8 pixels each. The situation is a common one: few labels, typed in a hurry.
# We have 150 *training* pictures, and one label in five is wrong. (We spoil them ourselves, so that we know.)
# Two more sets have correct labels: 200 pictures to make decisions with, the *validation set*, and 800 to measure at the very end, the *test set*.

# %%
WRONG = 0.2  # the share of training labels that are wrong

X, y = data.load_digits()
order = rng.permutation(len(X))
test, valid, pool = order[:800], order[800:1000], order[1000:]
hurried = data.mislabel(y[pool], WRONG, rng)
X_train, y_train = X[pool[:150]], hurried[:150]
X_valid, y_valid, X_test, y_test = X[valid], y[valid], X[test], y[test]

# %% [markdown]
# The network has two hidden layers of 128 units, 26,000 weights in all. The arguments that do nothing yet are for later.

# %%
def build(*first, hidden=(128, 128), penalty=None, dropout=0):
    network = keras.Sequential([layers.Input((64,)), *first])
    for width in hidden:
        network.add(layers.Dense(width, "relu", kernel_regularizer=penalty))
        if dropout:
            network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10))
    return network

# %% [markdown]
# Training takes 200 *epochs*. In each, the network sees all training pictures once and takes one step downhill on its loss.
# We note the *loss* (how surprised the network is by the right label) and the *error* (the share of wrong answers), on training and validation pictures.

# %%
def train(network, X, y, rate=0.002, epochs=200):
    learn, measure = models.compiled(network, rate)
    curve = []
    for _ in range(epochs):
        learn(X, y)
        curve.append([*measure(X, y), *measure(X_valid, y_valid)])
    return network, pd.DataFrame(curve, columns=["training loss", "training error",
                                                 "validation loss", "validation error"])

# %% [markdown]
# **Predict first:** a fifth of the labels is wrong. Which share of the training labels will the network get "right" after 200 epochs? And how does it do on the validation pictures?

# %%
network, curve = train(build(), X_train, y_train)

def plot_accuracy(curve):
    shares = {part: 1 - curve[f"{part} error"] for part in ("training", "validation")}
    return plots.plot_curves(shares, ylabel="accuracy")

plot_accuracy(curve);

# %% [markdown]
# All of them, the wrong ones too! Nothing in those pictures says what was mistyped, so the network must have learned them by heart.
# On new pictures it pays for that. This is *overfitting*: the model has learned what is true of these 150 pictures only.

# %%
claim("The network gets every training label right, and at least one unseen picture in seven wrong.",
      curve["training error"].iloc[-1] == 0 and curve["validation error"].iloc[-1] > 1 / 7)

# %% [markdown]
# ## It can learn anything
#
# Let us take away all that could be learned, and shuffle the labels among the pictures. **Predict first:** what accuracy does the same network reach in training now?

# %%
_, nonsense = train(build(), X_train, rng.permutation(y_train))
plot_accuracy(nonsense);

# %%
claim("With shuffled labels the network still gets every training label right, and at least three unseen pictures in four wrong.",
      nonsense["training error"].iloc[-1] == 0 and nonsense["validation error"].iloc[-1] > 0.75)

# %% [markdown]
# So a perfect training score tells you nothing about new pictures. It could be knowledge or nonsense, and looks the same.

# %% [markdown]
# ## Read two curves
#
# Here is the loss of the first network again. Beside it stands one that has only two hidden units.
#
# **Predict first:** where do the two curves of a network lie that is too small?

# %%
_, small = train(build(hidden=(2,)), X_train, y_train, rate=0.02)
figure, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.2), sharey=True)
for ax, name, found in ((left, "256 hidden units", curve), (right, "2 hidden units", small)):
    plots.plot_curves({part: found[f"{part} loss"] for part in ("training", "validation")},
                      ylabel="loss", ax=ax)
    ax.set_title(name)
plots.describe(figure, "Left: with 256 hidden units the training loss falls to zero, "
                       "the validation loss falls, turns and rises. "
                       "Right: with 2 hidden units both losses stay high.");

# %% [markdown]
# Left, the *gap* is the symptom. The training loss goes to zero while the validation loss turns and rises: the network first learned what digits look like, and then the mistakes.
# Right, the training loss itself stays high. This is *underfitting*. It cannot even learn the pictures that it sees, so do not fight a gap here: give it more units.

# %%
turn = curve["validation loss"].min()
claim("The validation loss of the large network ends at least a quarter above its lowest point.",
      curve["validation loss"].iloc[-1] > 1.25 * turn)

# %%
claim("The small network gets more than a quarter of its own training labels wrong.",
      small["training error"].iloc[-1] > 0.25)

# %% [markdown]
# ## A fair race
#
# Now for the ways out. Comparisons of remedies are often unfair: the favourite gets tuned all afternoon, the baseline runs once. Here everybody, the baseline too, gets **three settings**. The one with the fewest validation errors counts. The test set stays shut until the end. In the figures grey is the baseline; dotted lines are training.

# %%
curves, test_error = {}, {}

def race(way, settings, fit):
    runs = {setting: fit(setting) for setting in widgets.waiting(settings, way)}
    errors = {setting: models.error(run[0], X_valid, y_valid) for setting, run in runs.items()}
    best = min(errors, key=errors.get)
    network, curves[way] = runs[best]
    test_error[way] = models.error(network, X_test, y_test)  # kept for the end, decides nothing
    print(f"{way}: best of {len(settings)} is {best}")

race("baseline", (0.001, 0.002, 0.004), lambda rate: train(build(), X_train, y_train, rate=rate))

# %% [markdown]
# ### 1 · More data
#
# Somebody labels 450 more pictures, just as carelessly. **Predict first:** do more labels help if a fifth of those is wrong too?

# %%
@cache
def with_labels(n, rate):
    return train(build(), X[pool[:n]], hurried[:n], rate=rate)

race("more data", (0.001, 0.002, 0.004), lambda rate: with_labels(600, rate))
plots.plot_beside(curves["baseline"], curves["more data"], "600 labels");

# %% [markdown]
# They do. Mistakes go in all directions, and the shapes agree. Such a chart of error against the size of the data is called a *learning curve*:

# %%
sizes = (40, 75, 150, 300, 600)
last = {n: with_labels(n, 0.001)[1].iloc[-1] for n in widgets.waiting(sizes, "learning curve")}
plots.plot_errors_by_size(pd.DataFrame(last).T);

# %%
claim("Fifteen times the labels save at least a third of the validation errors, careless as they are.",
      last[600]["validation error"] <= 2 / 3 * last[40]["validation error"])

# %% [markdown]
# Look at the training error, too. With 600 labels the network is not yet through with learning them by heart. Part of the gain is only that: put 0.002 for 0.001 in this cell, and much of the gain is gone.
#
# ### 2 · Augmentation
#
# If nobody will label more, invent variants: a digit that is moved by up to a pixel and turned by a few degrees is still that digit. Keras draws a new variant of each picture in each epoch. (A trap: call such a network with `training=False` when you measure it, or it goes on moving the test pictures. In our first draft it did, and augmentation looked useless.)

# %%
def moving(pixels):
    return (layers.Reshape((8, 8, 1)),
            layers.RandomTranslation(pixels / 8, pixels / 8, fill_mode="constant"),
            layers.RandomRotation(0.03, fill_mode="constant"), layers.Flatten())

race("augmentation", (0.5, 1.0, 1.5),
     lambda pixels: train(build(*moving(pixels)), X_train, y_train))
plots.plot_beside(curves["baseline"], curves["augmentation"], "moved and turned");

# %% [markdown]
# ### 3 · A simpler model
#
# One hidden layer, and a narrow one: fewer weights can hold fewer mistakes by heart.

# %%
race("simpler model", (16, 32, 64), lambda width: train(build(hidden=(width,)), X_train, y_train))
plots.plot_beside(curves["baseline"], curves["simpler model"], "one narrow layer");

# %% [markdown]
# ### 4 · Fewer features
#
# Keep only the pixels whose mean brightness differs most between the digits, as far as the *training* labels tell (lesson 01 says why only these). A pixel multiplied by 0 is gone.

# %%
def keep(pixels):
    differs = pd.DataFrame(X_train).groupby(y_train).mean().std()
    return layers.Rescaling((differs.rank(method="first") > 64 - pixels).to_numpy("float32"))

race("fewer features", (16, 32, 48), lambda pixels: train(build(keep(pixels)), X_train, y_train))
plots.plot_beside(curves["baseline"], curves["fewer features"], "fewer pixels");

# %% [markdown]
# ### 5 · Early stopping
#
# The validation loss had a lowest point. Go back to it: keep the best weights so far, and stop when nothing has improved for some epochs, the *patience*. (So the curve ends that much later than the weights that are kept.)

# %%
def train_and_stop(network, patience):
    learn, measure = models.compiled(network, rate=0.002)
    curve, lowest, waited = [], np.inf, 0
    while waited < patience and len(curve) < 200:
        learn(X_train, y_train)
        curve.append([*measure(X_train, y_train), *measure(X_valid, y_valid)])
        waited += 1
        if curve[-1][2] < lowest:
            lowest, kept, waited = curve[-1][2], network.get_weights(), 0
    network.set_weights(kept)
    return network, pd.DataFrame(curve, columns=curves["baseline"].columns)

race("early stopping", (3, 10, 30), lambda patience: train_and_stop(build(), patience))
plots.plot_beside(curves["baseline"], curves["early stopping"], "stopped early");

# %% [markdown]
# ### 6 · L1 and L2
#
# Make large weights expensive: add a *penalty* to the loss. **L2** adds the sum of squared weights, times a strength, and shrinks all of them. **L1** adds the sum of their sizes and drives many to zero.

# %%
from keras.regularizers import L1, L2

penalties = {"L2, 0.02": L2(0.02), "L2, 0.05": L2(0.05), "L1, 0.003": L1(0.003)}
race("L1/L2", tuple(penalties),
     lambda name: train(build(penalty=penalties[name]), X_train, y_train))
plots.plot_beside(curves["baseline"], curves["L1/L2"], "penalty on weights");

# %% [markdown]
# What does a penalty do to the weights? A linear model shows it, because there every weight belongs to one pixel. It learns from the same hurried labels, and an L2 penalty on it has a solution in one line (*ridge regression*).

# %%
def ridge(strength, n):
    pixels, digits = X[pool[:n]], np.eye(10)[hurried[:n]]
    centre, offset = pixels.mean(axis=0), digits.mean(axis=0)
    Z = pixels - centre
    W = np.linalg.solve(Z.T @ Z + strength * np.eye(64), Z.T @ (digits - offset))
    return W, lambda X, y: np.mean(((X - centre) @ W + offset).argmax(axis=1) != y)

# %% [markdown]
# **Predict first:** as the penalty grows, what will the three pictures of weights look like?

# %%
def draw(ax, power, labels):
    W, error = ridge(10**power, labels)
    plots.plot_weights(W[:, [0, 2, 3]], ["is it a 0?", "a 2?", "a 3?"], ax=ax,
                       title=f"training error {error(X[pool[:labels]], hurried[:labels]):.0%}, "
                             f"validation error {error(X_valid, y_valid):.0%}")

widgets.interactive_figure(
    draw, power=(-3, 4, 0.25, -3), labels=(40, 790, 10, 150), size=(6.4, 3.2),
    alt=lambda power, labels: "Weights of a linear model as pictures: "
                              f"L2 strength 10 to the power of {power:g}, {labels} labels.")

# %% [markdown]
# Hardly any penalty: loud specks, tuned to single pictures. Move `power` to 1: soft shapes appear, the ring of a zero. Training gets worse *and validation better*, which is what a remedy for overfitting looks like. At 4 everything is washed out: underfitting.
# Now go back to -3 and give it more labels instead. The specks calm down too.

# %%
weak, strong = ridge(0.001, 150)[1], ridge(10, 150)[1]
claim("For the linear model, a penalty of 10 instead of 0.001 saves at least 4 points of validation error.",
      weak(X_valid, y_valid) - strong(X_valid, y_valid) >= 0.04)

# %% [markdown]
# ### 7 · Dropout
#
# Switch off a random share of the hidden units in each step, and use all of them afterwards. No unit can rely on another one to remember a picture together.

# %%
race("dropout", (0.3, 0.5, 0.8), lambda share: train(build(dropout=share), X_train, y_train))
plots.plot_beside(curves["baseline"], curves["dropout"], "dropout");

# %% [markdown]
# ## The best of many
#
# Why keep the test set shut? Suppose somebody tries 300 networks that differ only in their random first layer, and reports the best one's validation error. The networks are equally good, give or take little.
#
# **Predict first:** will the winner be better on new pictures, worse, or as good as promised?

# %%
unseen = np.concatenate([valid, test])

def wrong_answers(seed):
    first_layer = np.random.default_rng([lesson_seed(), seed]).normal(size=(64, 50))
    units = np.maximum((X - 0.3) @ first_layer, 0)
    seen = units[pool[:150]]
    last_layer = np.linalg.solve(seen.T @ seen + 10 * np.eye(50), seen.T @ np.eye(10)[y_train])
    return (units[unseen] @ last_layer).argmax(axis=1) != y[unseen]

wrong = np.array([wrong_answers(seed) for seed in range(300)])

# %% [markdown]
# Each row of `wrong` is a network, each column an unseen picture. We pick the best of $k$ networks on 100 of the pictures, and look at it on the 900 others. Two hundred times, each time with other pictures.

# %%
def best_of(k):
    pictures, networks = rng.permutation(len(unseen)), rng.choice(300, k, replace=False)
    promised = wrong[np.ix_(networks, pictures[:100])].mean(axis=1)
    winner = networks[promised.argmin()]
    return promised.min(), wrong[winner, pictures[100:]].mean()

means = {k: np.mean([best_of(k) for _ in range(200)], axis=0) for k in (1, 3, 10, 30, 100, 300)}
results = pd.DataFrame(means, index=["promised: on the 100 that chose it", "kept: on 900 others"]).T
plots.plot_best_of(results);

# %% [markdown]
# The winner is a little better, and promises far more than that: it won because it is good, and because those 100 pictures happened to suit it.
# Choosing is a kind of training. Whatever chose the model can no longer measure it. If you look at the test set, change something and look again, it becomes a validation set.

# %%
promised, kept = results.loc[300]
claim("The best of 300 makes at least 5 points more errors on new pictures than on those that chose it.",
      kept - promised >= 0.05)

# %%
promised, kept = results.loc[1]
claim("Without a choice there is no such gap: a single network keeps its promise within 2 points.",
      abs(kept - promised) < 0.02)

# %% [markdown]
# ## The table
#
# Now we open the test set. One run could be luck, so the table adds many: the cells above were run for other seeds, each with other pictures, other wrong labels and other first weights (the script is `benchmarks/overfitting.py`).
#
# **Predict first:** which of the seven helped most? Which did not help at all?

# %%
measured = data.load_overfitting()
careless, correct = measured.loc[0.2], measured.loc[0.0]
saved = careless.rsub(careless["baseline"], axis=0)
(100 * pd.DataFrame({"this run": test_error, "mean": careless.mean(), "spread": careless.std(),
                     "points saved": saved.mean(), "± standard error": saved.sem(),
                     "helped in": (saved > 0).mean()})).round(1)

# %% [markdown]
# All numbers are percent. "Spread" is the standard deviation of one run's test error, "helped in" the share of runs that beat the baseline.

# %%
plots.plot_ways(careless, test_error);

# %%
claim("For every way, this run's test error agrees with the table: it lies within four spreads of the mean.",
      ((careless.mean() - pd.Series(test_error)).abs() <= 4 * careless.std()).all())

# %%
helped = ["more data", "augmentation", "simpler model", "early stopping", "L1/L2", "dropout"]
claim("Six ways beat the baseline in at least nine runs of ten.",
      ((saved[helped] > 0).mean() >= 0.9).all())

# %% [markdown]
# The seventh, *fewer features*, did not help. Most pixels say something about the shape, so a pixel less is knowledge less. And those that are left still tell 150 pictures apart: the mistakes fit as well as before.
#
# So is that the ranking of remedies? **Predict first:** the script ran again with `WRONG = 0`, all labels right. What is left of the gains?

# %%
saved_if_right = correct.rsub(correct["baseline"], axis=0)
(100 * pd.DataFrame({"test error": correct.mean(), "points saved": saved_if_right.mean(),
                     "± standard error": saved_if_right.sem()})).round(1)

# %%
others = saved_if_right.drop(columns=["baseline", "more data"])
claim("With all labels right more data saves at least two points, and no other way saves even one.",
      saved_if_right["more data"].mean() >= 0.02 and others.mean().max() < 0.01)

# %% [markdown]
# Same network, same pictures, still 100 % in training. But now what it learns by heart is true, and hardly hurts. Penalties even cost a little.
# The remedies for overfitting fight the memory of accidents. Where there are few accidents, there is little to win, and only more data teaches something new. So measure; a list cannot tell you.
#
# (Two limits. Our validation set is larger than the training set and has correct labels; with fewer or careless ones every choice above gets shakier. And the same people wrote the training and test digits: strangers' digits will be harder.)

# %% [markdown]
# ## Three quick questions

# %%
quiz("03")

# %% [markdown]
# ## Summary
#
# - A gap between the two curves is overfitting; a bad training curve is underfitting. A perfect training score alone says nothing.
# - Seven ways out: more data, augmentation, a simpler model, fewer features, early stopping, penalties, dropout. Give each the same care, the baseline too, and several seeds. Here six helped, because the labels were careless.
# - Whatever chose a model cannot measure it. Keep a test set that has chosen nothing.
#
# **Next:** [lab 03](../labs/lab03_overfitting/lab03_overfitting.ipynb) lets you diagnose six curves and build early stopping, a penalty and augmentation. Then comes lesson 04: which part of a system deserves your next hour?

# %%
progress(finished="03")
