# %% [markdown]
# # Lab 03 · Overfitting
#
# You read learning curves, build early stopping, a penalty and augmentation yourself, report an error that deserves trust, and measure how much the best of many promises too much.
#
# About 75 minutes, 18 points: 16 are checked here at once, 2 are for a written answer. It follows [lesson 03](../../lessons/03_overfitting.ipynb). No TensorFlow is needed.
#
# **How the checks work.** Write your code where it says `YOUR CODE HERE`, delete the line `raise NotImplementedError()`, and run the cell. Then run the check below it. You may check as often as you like; a check never takes points away.

# %%
import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier

from course_utils import data, plots
from course_utils.checks import lab03 as check

plots.use_style()

# %% [markdown]
# ## A · Diagnose (3 points)
#
# Six teams each train a model that sorts pictures into ten classes. The table gives their errors in percent for five sizes of the training set, and the share of pictures in which careful people disagree with the label.
#
# The size of the data is in the columns.

# %%
cases = {  # training errors, validation errors, disagreement of people
    "A": ([0, 0, 1, 2, 3], [40, 34, 28, 24, 20], 2),
    "B": ([30, 33, 34, 35, 35], [42, 39, 37, 36, 36], 2),
    "C": ([5, 6, 7, 7, 8], [15, 12, 10, 9, 9], 8),
    "D": ([20, 19, 18, 18, 18], [3, 3, 3, 3, 3], 2),
    "E": ([0, 0, 0, 0, 0], [91, 90, 89, 90, 90], 88),
    "F": ([20, 22, 23, 24, 24], [30, 28, 26, 25, 25], 24)}
rows = {(team, part): case[i] for team, case in cases.items() for i, part in enumerate(("training", "validation"))}
pd.DataFrame.from_dict(rows, orient="index", columns=[50, 100, 200, 400, 800]).assign(
    people=[case[2] for case in cases.values() for _ in range(2)])

# %% [markdown]
# Plot any of them:

# %%
team = "A"
curves = np.array(cases[team][:2]).T / 100
ax = plots.plot_errors_by_size(pd.DataFrame(curves, index=[50, 100, 200, 400, 800], columns=["training error", "validation error"]))
ax.set_title(f"team {team}");

# %% [markdown]
# What do you say of each at 800 pictures: it `"overfits"`, it `"underfits"`, it `"fits"` (little is left to gain), there is `"nothing to learn"` in these labels, or the measurement itself is `"suspicious"`?

# %% solution="diagnose"
# diagnosis = {"A": "...", "B": "...", "C": "...", "D": "...", "E": "...", "F": "..."}
### BEGIN SOLUTION
diagnosis = {"A": "overfits", "B": "underfits", "C": "fits", "D": "suspicious", "E": "nothing to learn", "F": "fits"}
### END SOLUTION

# %% test="diagnose" points=3
check.diagnose()

# %% [markdown]
# ## B · Stop early (3 points)
#
# Write early stopping as a function of the validation losses. Epochs count from 0.
#
# - The first epoch is the best so far. Its loss is always a number.
# - A later epoch *improves* if its loss is lower than that of the best so far by **more than** `min_delta`. Then it becomes the best. NaN never improves.
# - Training stops at the epoch that is the `patience`-th in a row without improvement, or at the end of the list.

# %% solution="stop_early"
def stop_early(losses, patience, min_delta=0.0):
    """Return the epoch at which training stops, and the one whose weights are kept.

    losses: list of floats, may hold NaN. patience: whole number, 1 or more. min_delta: 0 or more.
    Returns two whole numbers: stop epoch, best epoch.
    """
    # What do you have to remember from one epoch to the next?
    ### BEGIN SOLUTION
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            return epoch, best
    return len(losses) - 1, best
    ### END SOLUTION

# %% [markdown]
# Go through these by hand first: where does it stop, and which epoch is kept?

# %%
stop_early([0.9, 0.7, 0.8, 0.6, 0.7, 0.7], patience=2), stop_early([0.9, 0.7, float("nan"), 0.7], patience=2)

# %% test="stop_early" points=3
check.stop_early()

# %% [markdown]
# ## C · An error to trust (2 points)
#
# Somebody's notebook ends like this, and the director is delighted:
#
# ```python
# errors = [1 - accuracy_score(y_train, model.fit(X_train, y_train).predict(X_train)) for model in models]
# print(f"Our best model is wrong in {min(errors):.0%} of the cases.")
# ```
#
# Repair it. Train every model, choose one, and report the error that the director can expect on new rows. Give each of the three sets its job.

# %% solution="choose_and_report"
def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):
    """Return the position of the chosen model in the list, and its error to report.

    models: list of scikit-learn classifiers, not trained yet. The rest: arrays of rows and labels.
    Returns a whole number from 0, and a share of wrong labels from 0 to 1.
    """
    # Which rows teach, which ones choose, which ones report?
    ### BEGIN SOLUTION
    errors = [1 - accuracy_score(y_valid, model.fit(X_train, y_train).predict(X_valid)) for model in models]
    best = int(np.argmin(errors))
    return best, 1 - accuracy_score(y_test, models[best].predict(X_test))
    ### END SOLUTION

# %%
X, y = data.load_digits()
X_train, X_rest, y_train, y_rest = train_test_split(X, y, train_size=150, random_state=0)
X_valid, X_test, y_valid, y_test = train_test_split(X_rest, y_rest, train_size=200, random_state=0)
models = [DecisionTreeClassifier(random_state=0), KNeighborsClassifier(1), KNeighborsClassifier(30)]
choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test)

# %% test="choose_and_report" points=2
check.choose_and_report()

# %% [markdown]
# ## D · A penalty (3 points)
#
# A linear model predicts $Xw + b$. Its loss is the **mean** squared error plus `strength` times the **sum** of the squared weights:
#
# $$\frac1n\sum_i (x_i \cdot w + b - y_i)^2 + \text{strength}\cdot\sum_j w_j^2$$
#
# The bias $b$ is not penalised. Write the loss and its gradients.

# %% solution="ridge"
def ridge(w, b, X, y, strength):
    """Return the loss, its gradient with respect to w, and its derivative with respect to b.

    w: array, shape (d,). b: number. X: array, shape (n, d). y: array, shape (n,).
    Returns a number, an array of shape (d,) and a number.
    """
    # Begin with the residuals. What does each term of the loss leave behind in each gradient?
    ### BEGIN SOLUTION
    residual = X @ w + b - y
    loss = np.mean(residual**2) + strength * np.sum(w**2)
    return loss, 2 * X.T @ residual / len(y) + 2 * strength * w, 2 * np.mean(residual)
    ### END SOLUTION

# %% [markdown]
# A gradient can be tested without anybody's answer: move one weight a little, and see how the loss changes. The two numbers below should agree.

# %%
rng = np.random.default_rng(0)
A, target, w = rng.normal(size=(20, 3)), rng.normal(size=20), np.array([1.0, -2.0, 0.5])
step = np.array([1e-6, 0, 0])
(ridge(w + step, 1.0, A, target, 0.3)[0] - ridge(w - step, 1.0, A, target, 0.3)[0]) / 2e-6, ridge(w, 1.0, A, target, 0.3)[1][0]

# %% test="ridge" points=3
check.ridge()

# %% [markdown]
# ## E · Augment (2 points)
#
# Turn each picture into five: as it is, and moved by one pixel to the left, right, up and down. What leaves the picture is lost; the row or column that becomes free is paper, 0. Each picture keeps its label. Give back the pictures in any order, the labels in the same order.

# %% solution="with_shifts"
def with_shifts(images, labels):
    """Return five pictures for each picture, and their labels.

    images: array, shape (n, height, width). labels: array, shape (n,).
    Returns arrays of shape (5 n, height, width) and (5 n,).
    """
    # What stands in the free row? In which order do the labels have to follow?
    ### BEGIN SOLUTION
    height, width = images.shape[1:]
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    corners = [(1, 1), (0, 1), (2, 1), (1, 0), (1, 2)]
    moved = [padded[:, top:top + height, left:left + width] for top, left in corners]
    return np.concatenate(moved), np.tile(labels, 5)
    ### END SOLUTION

# %% [markdown]
# Look at one: an arrow that touches the edge.

# %%
arrow = np.array([[[0, 0, 1, 0], [1, 1, 1, 1], [0, 0, 1, 0], [0, 0, 0, 0]]])
pictures, names = with_shifts(arrow, np.array([7]))
figure, axes = plt.subplots(1, 5, figsize=(6.4, 1.6))
for i, ax in enumerate(axes):
    ax.imshow(pictures[i], cmap="Greys")
    ax.set(xticks=[], yticks=[], title=str(names[i]))
plots.describe(figure, "An arrow that points right and touches both sides, and four moved copies; each is titled with its label, 7.");

# %% test="with_shifts" points=2
check.with_shifts()

# %% [markdown]
# ## F · Find the leak (1 point)
#
# With your function, somebody writes:
#
# ```python
# 1  images, labels = load_pictures()
# 2  images, labels = with_shifts(images, labels)
# 3  train, test, y_train, y_test = train_test_split(images.reshape(len(images), -1), labels)
# 4  model = KNeighborsClassifier(1)
# 5  model.fit(train, y_train)
# 6  accuracy = model.score(test, y_test)
# ```
#
# The accuracy is excellent, and worthless: training and test data know each other. Which line comes too early?

# %% solution="find_leak"
# leaking_line = the number of that line, from 1 to 6
### BEGIN SOLUTION
leaking_line = 2
### END SOLUTION

# %% test="find_leak" points=1
check.find_leak()

# %% [markdown]
# ## G · Measure luck (2 points)
#
# Somebody tries `k` models. All are equally good: each is wrong with chance `error` on each of `n` validation rows, independently. The one with the fewest errors wins. Its *optimism* is the true error minus the error observed for the winner.
#
# Simulate it: repeat at least 2,000 times, and return the mean optimism.

# %% solution="optimism"
def optimism(k, n, error, rng):
    """Return by how much the best of k equal models promises too much, on average.

    k, n: whole numbers. error: share from 0 to 1. rng: NumPy random generator.
    Returns one number: the mean over at least 2,000 repeats.
    """
    # rng.binomial counts the errors of a model, or of many at once.
    ### BEGIN SOLUTION
    observed = rng.binomial(n, error, size=(5000, k)) / n
    return error - observed.min(axis=1).mean()
    ### END SOLUTION

# %%
rng = np.random.default_rng(1)
{(k, n): round(optimism(k, n, 0.25, rng), 3) for k in (1, 10, 100) for n in (50, 500)}

# %% test="optimism" points=2
check.optimism()

# %% [markdown]
# ## H · Advise (2 points, read by your teacher)
#
# A museum has 300 photographs of butterflies, 12 species, labelled by volunteers. A network gets 100 % of 250 of them right after training, and 71 % of the other 50. The team has since tried 40 variants, each time looking at those 50; the best one reaches 84 %. They want to announce 84 %. (Two experts who labelled the same photographs agreed on 92 %.)
#
# In five to seven sentences: what do 100 %, 71 % and 84 % tell you, what would you do before anything is announced, and which two ways out would you try next, why these?

# %% [markdown] answer="advice" points=2
# ### BEGIN SOLUTION
# **A sample answer.** 100 % on the training pictures says only that the network is large enough to learn 250 labels by heart, the wrong ones too. 71 % on unseen pictures and a gap of 29 points show that it overfits. 84 % is the best of 40 tries on 50 pictures: these pictures have chosen the winner, and with 50 rows chance alone moves an accuracy by six points or so, so the true value is probably several points lower. Before announcing anything I would photograph or set aside new pictures, let two experts label them, and measure the chosen network on them once, and report the number with its uncertainty. Next I would try early stopping, because it costs nothing and stops before the volunteers' mistakes are memorised, and augmentation with mirrored and turned photographs, because a turned butterfly is the same species. Even a perfect model would not agree with more than about 92 % of such labels, so better labels may be worth more than another variant.
#
# **Rubric.** Half a point for each, in any order:
#
# | half a point for | for example |
# |---|---|
# | what the training score does not tell, and what the gap does | "100 % may be memory; 29 points of gap are overfitting" |
# | why 84 % is too good | chosen on the same 50 pictures, best of 40 |
# | a fresh test before announcing | new or untouched pictures, looked at once; or nested cross-validation with its reason |
# | two ways out with a reason that fits the museum | early stopping against wrong labels; turned photographs; transfer of a trained network; more or better labels, given the 92 % |
#
# Do not deduct for language, or for a way out that the lesson does not name when its reason fits.
# ### END SOLUTION

# %% [markdown]
# ## Your points so far

# %%
check.points_so_far()
