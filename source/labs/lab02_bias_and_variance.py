# %% [markdown]
# # Lab 02 · Bias and variance
#
# You measure bias and variance with code of your own, diagnose models by their learning curves, cut folds by hand, and mend a report that flatters.
#
# About 75 minutes, 18 points: 16 are checked here at once, 2 are for a written answer. It follows [lesson 02](../../lessons/02_bias_and_variance.ipynb).
#
# Write your code where it says `YOUR CODE HERE`, delete the line `raise NotImplementedError()`, run the cell, then run the check below it, as often as you like. A check tries your function on new random data each time.

# %%
import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold, cross_val_score

from course_utils import data, plots
from course_utils.checks import lab02 as check
from course_utils.models.polynomials import features

plots.use_style()

def fit(hours, readings, degree):
    return np.linalg.lstsq(features(hours, degree), readings)[0]

def predict(weights, hours):
    return features(hours, len(weights) - 1) @ weights

# %% [markdown]
# ## A · Measure bias and variance (3 points)
#
# Many curves were fitted to many training sets. Row $i$ of `predictions` is the $i$-th curve, column $j$ the $j$-th moment. At each moment the curves have a mean and scatter around it. Give back two numbers, both as means over the moments:
#
# 1. *bias²*: the squared gap between the mean curve and the truth;
# 2. *variance*: the mean squared distance of the curves from their own mean curve. (Divide by the number of curves.)

# %% solution="decompose"
def bias_and_variance(predictions, truth):
    """Return squared bias and variance, each as a mean over the moments.

    predictions: array, shape (repeats, moments). truth: array, shape (moments,).
    Returns two numbers.
    """
    # Which axis holds the repeats? How many means does the mean curve have?
    ### BEGIN SOLUTION
    mean_curve = predictions.mean(axis=0)
    return np.mean((mean_curve - truth) ** 2), predictions.var(axis=0).mean()
    ### END SOLUTION

# %% [markdown]
# Two curves, three moments, truth 10 everywhere. Work it out by hand first.

# %%
bias_and_variance(np.array([[9.0, 10, 12], [11, 10, 14]]), np.array([10.0, 10, 10]))

# %% test="decompose" points=3
check.decompose()

# %% [markdown]
# With it you can write the whole simulation of the lesson in a few lines. Which degree would you choose for 13 readings? And for 49?

# %%
rng = np.random.default_rng(3)
hours, moments = data.reading_hours(13), np.linspace(0, 24, 101)
days = data.read_thermometer(rng, hours, days=500)
for degree in (1, 3, 6, 9, 11):
    curves = predict(fit(hours, days, degree), moments).T
    print(degree, np.round(bias_and_variance(curves, data.temperature(moments)), 2))

# %% [markdown]
# ## B · Diagnose (3 points)
#
# Six models, six tasks. The numbers are error rates in percent, on the training rows and on test rows, once with 100 and once with 1,600 training rows. The last column is the smallest test error that anybody has reached on that task, people included.
#
# | model | training, 100 rows | training, 1,600 | test, 100 | test, 1,600 | best known |
# |---|---|---|---|---|---|
# | 1 | 14 | 15 | 17 | 15.5 | 2 |
# | 2 | 0 | 0.5 | 21 | 12 | 2 |
# | 3 | 1 | 1.8 | 5 | 2.3 | 2 |
# | 4 | 9 | 11.8 | 18 | 12.3 | 12 |
# | 5 | 6 | 9 | 27 | 18 | 2 |
# | 6 | 11.7 | 12 | 12.5 | 12.2 | 3 |
#
# What does each suffer from, with 1,600 rows? Write `"bias"`, `"variance"`, `"both"`, or `"fine"`, if it is about as good as anybody and what is left is noise.

# %%
table = {1: (14, 15, 17, 15.5, 2), 2: (0, 0.5, 21, 12, 2), 3: (1, 1.8, 5, 2.3, 2),
         4: (9, 11.8, 18, 12.3, 12), 5: (6, 9, 27, 18, 2), 6: (11.7, 12, 12.5, 12.2, 3)}
plots.plot_diagnoses(table, sizes=(100, 1600));

# %% solution="diagnose"
# Fill in one word for each model:  diagnosis = {1: "...", 2: "...", 3: "...", 4: "...", 5: "...", 6: "..."}
### BEGIN SOLUTION
diagnosis = {1: "bias", 2: "variance", 3: "fine", 4: "fine", 5: "both", 6: "bias"}
### END SOLUTION

# %% test="diagnose" points=3
check.diagnose()

# %% [markdown]
# ## C · What would more data do? (2 points)
#
# In each situation somebody trains again with ten times as many rows from the same source. What happens, in the mean over many such experiments, to the error that is named: `"rises"`, `"falls"`, or `"stays"` (changes by less than a tenth)?
#
# - **A**: the *test* error of a straight line, fitted to 200 readings of a temperature that goes up and down.
# - **B**: the *test* error of a curve of degree 11, fitted to 13 noisy readings.
# - **C**: the *training* error of the curve of B.
# - **D**: the *test* error of a curve of degree 11, fitted to 200 readings with such a high price on its weights that it is nearly flat. With ten times the rows, the price is ten times as high too.

# %% solution="predict_more_data"
# error_will = {"A": "...", "B": "...", "C": "...", "D": "..."}
### BEGIN SOLUTION
error_will = {"A": "stays", "B": "falls", "C": "rises", "D": "stays"}
### END SOLUTION

# %% test="predict_more_data" points=2
check.predict_more_data()

# %% [markdown]
# ## D · Cut folds by hand (3 points)
#
# Divide the rows 0 to $n-1$ into $k$ folds. Each fold is the test side once, and all other rows are its training side. So every row is tested exactly once. The sizes of the test sides differ by at most one. The order of the rows is up to you.

# %% solution="cut_folds"
def folds(n, k):
    """Return a list of k pairs (training rows, test rows).

    n: number of rows, at least k. k: number of folds, at least 2.
    Each side of a pair is a list or an array of row numbers, from 0 to n - 1.
    """
    # What happens to the rows that are left over when k does not divide n?
    ### BEGIN SOLUTION
    rows = np.arange(n)
    return [(rows[rows % k != j], rows[rows % k == j]) for j in range(k)]
    ### END SOLUTION

# %%
folds(7, 3)

# %% test="cut_folds" points=3
check.cut_folds()

# %% [markdown]
# ## E · Validate with them (2 points)
#
# Write the mean test error over given folds: fit on one side of a fold, take the mean squared error on the other, and average over the folds. Do it by a loop or by scikit-learn.

# %% solution="validate"
def mean_error(model, X, y, folds):
    """Return the mean over the folds of the mean squared error on the test side.

    model: a scikit-learn regression model, with `fit` and `predict`.
    X: array, shape (n, d). y: array, shape (n,).
    folds: a list of pairs (training rows, test rows), all test sides of one size.
    Returns one number, at least 0.
    """
    # Which rows may the model see in each fold?
    ### BEGIN SOLUTION
    errors = []
    for train, test in folds:
        model.fit(X[train], y[train])
        errors.append(np.mean((y[test] - model.predict(X[test])) ** 2))
    return np.mean(errors)
    ### END SOLUTION

# %% [markdown]
# Compare your folds and your loop with scikit-learn's. Its scores are negative errors. The two numbers are close but not equal: why?

# %%
X = rng.uniform(-1, 1, size=(60, 1))
y = 3 * X[:, 0] + rng.normal(size=60)
mine = mean_error(LinearRegression(), X, y, folds(60, 5))
scores = cross_val_score(LinearRegression(), X, y, cv=KFold(5), scoring="neg_mean_squared_error")
mine, -scores.mean()

# %% test="validate" points=2
check.validate()

# %% [markdown]
# ## F · Mend the report (3 points)
#
# A colleague chooses the degree of a curve, from 0 to 12, and reports how large its error will be:
#
# ```python
# def report(train, validation, test):
#     def error(degree, side):
#         weights = fit(*train, degree)
#         return np.mean((side[1] - predict(weights, side[0])) ** 2)
#
#     errors = [error(degree, train) for degree in range(13)]
#     degree = np.argmin(errors)
#     return degree, errors[degree]
# ```
#
# She always reports degree 12, and an error that nobody sees again. Mend it: the degree should be a good choice, and the error one that new readings will confirm. Each side comes as a pair (hours, readings).

# %% solution="mend_report"
def report(train, validation, test):
    """Return (degree, error): the chosen degree, 0 to 12, and an honest mean squared error.

    train, validation, test: pairs (hours, readings) of arrays; use each for one purpose.
    """
    # Which side fits, which side chooses, which side tells?
    ### BEGIN SOLUTION
    def error(degree, side):
        weights = fit(*train, degree)
        return np.mean((side[1] - predict(weights, side[0])) ** 2)

    degree = int(np.argmin([error(degree, validation) for degree in range(13)]))
    return degree, error(degree, test)
    ### END SOLUTION

# %%
sides = [np.sort(rng.uniform(0, 24, size=size)) for size in (20, 14, 14)]
report(*[(hours, data.read_thermometer(rng, hours)) for hours in sides])

# %% test="mend_report" points=3
check.mend_report()

# %% [markdown]
# ## G · Advise (2 points, read by your teacher)
#
# A hospital predicts how many beds it will need next week. The model's training error is 14 beds, its test error 15 beds. Two years of days are on file. The planners say that an error of 6 beds would do, and a retired head nurse reaches 7 without a computer. The director wants to buy ten more years of records from the archive.
#
# In four to six sentences: what does the model suffer from, how can you tell, would you buy the records, and what would you try instead? Name one thing that you would ask or measure before you decide.

# %% [markdown] answer="advice" points=2
# ### BEGIN SOLUTION
# **A sample answer.** Training and test error lie one bed apart, so there is hardly any gap for more rows to close. Both lie far above the 7 beds that a person reaches, so it is not noise that keeps the model there. It suffers from bias: it misses even the days it has seen. I would not buy the records; with more of the same rows the training error would rise a little, the test error would fall by a bed at most. I would give the model more to see and more freedom: weekday, holidays, flu season, planned operations, and interactions or trees instead of a straight line. First I would ask the head nurse what she looks at, and draw the learning curve with half a year, one year and two years, to see whether it is still falling.
#
# **Rubric.** Half a point for each, in any order:
#
# | half a point for | for example |
# |---|---|
# | the diagnosis from the two errors: bias (underfitting), because they are close together and both high | "it misses its own training days by 14" |
# | the comparison that rules out noise | the nurse reaches 7, so 14 is not the limit |
# | advice that fits: no records for this purpose, but a richer model or better features | weekday, flu season, a more flexible model, less regularization |
# | a question or measurement whose answer would change the decision | the learning curve so far; what the nurse looks at; whether the archive holds *new columns* |
#
# Buying the records earns the point for advice too if the reason is that they bring new columns or other seasons rather than more of the same rows. Do not deduct for language.
# ### END SOLUTION

# %% [markdown]
# ## Your points so far

# %%
check.points_so_far()
