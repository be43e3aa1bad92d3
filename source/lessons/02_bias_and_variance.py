# %% [markdown]
# # 2 · Bias and variance in 13 charts
#
# A model can be wrong because it is too simple to see, or because it believes everything it sees. Which of the two is yours?
# The cure for one does nothing for the other, or makes it worse.
#
# **You will**
#
# - *measure* the two ways of being wrong, and see them add up to the error on unseen data;
# - *read* from two curves which of them a model suffers from, and choose what to do;
# - *see* where the classic picture stops being true.
#
# About 45 minutes, thirteen charts, one story.

# %%
import numpy as np
import pandas as pd
from ipywidgets import Button

from course_utils import claim, data, lesson_seed, plots, progress, quiz, widgets
from course_utils.models.polynomials import features

plots.use_style()
rng = np.random.default_rng(lesson_seed())

# %% [markdown]
# ## One day, thirteen readings
#
# Somebody reads a thermometer in a greenhouse every two hours. It is a cheap one: its errors have a standard deviation of 1.5 °C. We want to know the temperature at *any* time of the day.

# %%
NOISE = 1.5
hours = data.reading_hours(13)
readings = data.read_thermometer(rng, hours, noise=NOISE)
plots.plot_readings(hours, readings, title="Chart 1 · Thirteen readings");

# %% [markdown]
# How would you draw the curve?
#
# A model does it like this. It adds up ready-made *building blocks*: a constant, a slope, a bend, and so on, each with one more turn than the last. With blocks up to number $d$ the sum is a polynomial of *degree* $d$. *Fitting* finds the weights with the smallest squared error on the readings, by least squares. `features` returns the blocks, one in each column. This is all the code that the thirteen charts need:

# %%
def fit(hours, readings, degree):
    return np.linalg.lstsq(features(hours, degree), readings)[0]

def predict(weights, moments):
    return features(moments, len(weights) - 1) @ weights

# %% [markdown]
# **Model A** has degree 1: a straight line.

# %%
moments = np.linspace(0, 24, 201)
lines = {"model A": (moments, predict(fit(hours, readings, 1), moments))}
plots.plot_readings(hours, readings, curves=lines, title="Chart 2 · Model A, a straight line");

# %% [markdown]
# **Model B** has degree 11. Its twelve weights are nearly as many as the readings.
#
# **Predict first:** how close will it come to the black points? And what will it do between them?

# %%
lines["model B"] = (moments, predict(fit(hours, readings, 11), moments))
plots.plot_readings(hours, readings, curves=lines, title="Chart 3 · Model B, a wiggly curve");

# %% [markdown]
# How close is close? The *mean squared error*, the loss of lesson 01, says it in one number.

# %%
DEGREE = {"model A": 1, "model B": 11}

def error(degree, at, seen):
    return np.mean((seen - predict(fit(hours, readings, degree), at)) ** 2)

training = {name: error(degree, hours, readings) for name, degree in DEGREE.items()}
plots.plot_errors({"training": training}, title="Chart 4 · Training errors");

# %% [markdown]
# By its error on the readings it was fitted to, the *training error*, model B wins by far. Now somebody reads the same thermometer on the same day at a hundred other moments. No model has seen these readings.
#
# **Predict first:** who wins now?

# %%
later = np.sort(rng.uniform(0, 24, size=100))
unseen = data.read_thermometer(rng, later, noise=NOISE)
plots.plot_readings(hours, readings, curves=lines, unseen=(later, unseen),
                    title="Chart 5 · Unseen readings");

# %%
test = {name: error(degree, later, unseen) for name, degree in DEGREE.items()}
plots.plot_errors({"training": training, "test": test}, title="Chart 6 · Test errors");

# %% [markdown]
# The error on unseen readings is called the *test error*. Model A's is about as large as its training error: it is poor, but it does not deceive you. (It may even be smaller. Two of the thirteen training readings are from midnight, where a line misses most.) Model B knew its own readings almost by heart, and its test error is many times its training error.

# %%
growth = {name: test[name] / training[name] for name in DEGREE}
claim("From training to test, B's error grows by at least three times the factor of A's.",
      growth["model B"] >= 3 * growth["model A"])

# %% [markdown]
# Who is better, then? Careful: this was *one* day with *one* set of errors, and model B may have been lucky or unlucky.
#
# ## Two hundred days
#
# In our invented greenhouse every day has the same true temperature, and we know it. So we can do what nobody can do in life: let the same day happen two hundred times, each time with new errors of the thermometer, and fit both models each time. (`lstsq` fits all two hundred at once, one in each column.)
#
# **Predict first:** which model draws nearly the same curve each day?

# %%
truth = data.temperature(moments)
days = data.read_thermometer(rng, hours, days=200, noise=NOISE)
curves = {name: predict(fit(hours, days, degree), moments) for name, degree in DEGREE.items()}
plots.plot_many_days(moments, curves, truth, title="Chart 7 · The same models on many days");

# %% [markdown]
# How far the curves of different days lie apart is the *variance* of a model: the mean squared distance from their own mean curve. Model B's fits scatter wildly, above all near the ends of the day, where readings hold the curve on one side only. Model A hardly moves.
#
# And where is the *mean* of all these curves?

# %%
plots.plot_many_days(moments, curves, truth, mean=True,
                     title="Chart 8 · Where the mean curve misses the truth");

# %% [markdown]
# The gap between mean curve and truth is the *bias*: what a model gets wrong even on average, because it cannot bend that way. Model B has almost none. For two hundred days together it is right, and on most single days it is not.

# %%
def parts_of(curves, noise=NOISE):
    gap = curves.mean(axis=1) - truth
    return {"bias²": np.mean(gap ** 2), "variance": curves.var(axis=1).mean(), "noise": noise ** 2}

parts = {name: parts_of(many) for name, many in curves.items()}
pd.DataFrame(parts).round(2)

# %%
a, b = parts["model A"], parts["model B"]
claim("Model A has at least ten times the squared bias, model B ten times the variance.",
      a["bias²"] >= 10 * b["bias²"] and b["variance"] >= 10 * a["variance"])

# %% [markdown]
# ## They add up
#
# There is one more way to be wrong. A test reading has an error of its own, which no curve can know: the *noise*, $1.5^2 = 2.25$.
# The theory says, for squared errors:
#
# $$\text{expected test error} = \text{bias}^2 + \text{variance} + \text{noise}$$
#
# Let us test it rather than believe it. We take 2,000 *other* days, fit, and meet each fit with new readings at every moment.

# %%
def test_errors(degree, days=2000):
    fits = fit(hours, data.read_thermometer(rng, hours, days=days, noise=NOISE), degree)
    new = data.read_thermometer(rng, moments, days=days, noise=NOISE)
    return np.mean((new - predict(fits, moments)) ** 2, axis=0)  # one for each day

measured = {name: test_errors(degree) for name, degree in DEGREE.items()}
expected = {name: errors.mean() for name, errors in measured.items()}
plots.plot_parts(parts, expected, title="Chart 9 · Bias, variance and noise add up");

# %% [markdown]
# A simulation is never exact. How far may two sides of the equation lie apart by chance? The *standard error* of a mean says it: the standard deviation over the days, divided by the square root of their number. Four of them are a wide margin.

# %%
def standard_error(values):
    return values.std() / np.sqrt(len(values))

def gap_in_standard_errors(name):
    per_day = np.mean((curves[name] - truth[:, None]) ** 2, axis=0)
    chance = np.hypot(standard_error(per_day), standard_error(measured[name]))
    return abs(sum(parts[name].values()) - expected[name]) / chance

claim("For both models the three parts add up to the test error, to within four standard errors.",
      max(map(gap_in_standard_errors, DEGREE)) < 4)

# %% [markdown]
# The two models fail for opposite reasons. Model A is wrong by bias: *underfitting*. Model B is wrong by variance: *overfitting*. Surely there is something between degree 1 and degree 11.
#
# ## Between too simple and too wild
#
# **Predict first:** we try every degree from 0 to 12. Which parts will rise, which will fall? And which degree would you bet on?

# %%
def u_curve(hours, days, noise, degrees=range(13)):
    rows = []
    for degree in degrees:
        weights = fit(hours, days, degree)
        parts = parts_of(predict(weights, moments), noise)
        rows.append({**parts, "training error": np.mean((days - predict(weights, hours)) ** 2),
                     "test error": sum(parts.values())})
    return pd.DataFrame(rows, index=degrees)

# %%
def draw(ax, degree, noise, readings, draw_again):
    again = np.random.default_rng([lesson_seed(), draw_again])
    hours = data.reading_hours(readings)
    days = data.read_thermometer(again, hours, days=200, noise=noise)
    plots.draw_u_curve(ax, u_curve(hours, days, noise), chosen=degree,
                       title="Chart 10 · From too simple to too wild")
    plots.draw_inset(ax, moments, predict(fit(hours, days, degree), moments), truth, hours=hours,
                     readings=days[:, 0], label=f"many days at degree {degree}")

widgets.interactive_figure(
    draw, degree=(0, 12, 1, 3), noise=(0.0, 2.5, 0.25, NOISE), readings=(13, 49, 1, 13),
    draw_again=Button(description="draw again"),
    alt="Chart 10. With the degree of the curve bias squared falls and variance rises. Their sum "
        "with the noise is the test error, with 13 readings a U. Inset: curves of many days.")

# %% [markdown]
# The sum is a U. To its left the bias rules, to its right the variance, and the training error (green) always says: take more. Each move of a slider refits 200 days for all thirteen degrees.
#
# - Raise the *noise*. Which part grows, and where does the best degree go?
# - Raise the *readings* to 49. What happens to the right arm of the U? And to the left one?
# - *Draw again*: the readings change each time, the U hardly does. (Only at degree 12 the curves are so wild that even the mean of 200 of them is unsteady. A rise of bias² there is chance.)

# %%
u = u_curve(hours, data.read_thermometer(rng, hours, days=2000, noise=NOISE), NOISE)
best = u["test error"].idxmin()
claim("The training error falls with every degree; the test error is lowest in between, "
      "at less than half of model A's and of model B's.",
      u["training error"].is_monotonic_decreasing and 1 < best < 11
      and u["test error"][best] < min(u["test error"][[1, 11]]) / 2)

# %% [markdown]
# In life there is only one day and no truth, so nobody can draw this chart. What remains is to measure on readings that were held out: cross-validation, as in lesson 01. And one more tool, which needs no truth either.
#
# ## What would more data do?
#
# A *learning curve* shows training and test error for more and more training readings. We read the thermometer every two hours, every hour, every half hour …
#
# **Predict first:** sixteen times as many readings. How much better will model A get? And model B?

# %%
SIZES = [13, 25, 49, 97, 193]

def errors_at(n, degree, days=1000):
    at = data.reading_hours(n)
    seen = data.read_thermometer(rng, at, days=days, noise=NOISE)
    weights = fit(at, seen, degree)
    new = data.read_thermometer(rng, moments, days=days, noise=NOISE)
    return (np.mean((seen - predict(weights, at)) ** 2),
            np.mean((new - predict(weights, moments)) ** 2))

def learning_curve(degree):
    return np.transpose([errors_at(n, degree) for n in SIZES])

training_a, test_a = learning_curve(1)
plots.plot_learning_curve(SIZES, training_a, test_a, noise=NOISE ** 2,
                          title="Chart 11 · Learning curve of high bias (model A)");

# %% [markdown]
# **High bias.** The curves meet early and stay together, far above the noise. Model A already knows which line it wants. More data only makes it surer. What helps is a model that can do more: a higher degree, more features, less regularization.

# %%
training_b, test_b = learning_curve(11)
plots.plot_learning_curve(SIZES, training_b, test_b, noise=NOISE ** 2,
                          title="Chart 12 · Learning curve of high variance (model B)");

# %% [markdown]
# **High variance.** A wide gap between the curves, and it closes: more data is the cure. Where there is no more data, there is a simpler model, or *regularization*: fit as before, but charge a price for large weights. (Outside the greenhouse you do not know where the noise lies. Then compare with the error you need, or with the best that anybody reached.)

# %%
above_a, above_b = test_a - NOISE ** 2, test_b - NOISE ** 2
claim("Of the error above the noise, four times the readings take more than three quarters "
      "from model B, and less than a tenth from model A.",
      above_b[2] < above_b[0] / 4 and above_a[2] > 0.9 * above_a[0])

# %% [markdown]
# Let us give both models all three remedies. The price here is 0.03 times the squared number of the block, so that wild blocks cost most.
#
# **Predict first:** which remedy helps model A?

# %%
def fit_with_price(hours, readings, degree, price=0.03):
    F = features(hours, degree)
    prices = price * np.diag(np.arange(degree + 1) ** 2)
    return np.linalg.solve(F.T @ F + prices, F.T @ readings)

def error_of(weights):
    return sum(parts_of(predict(weights, moments)).values())

# %%
days = data.read_thermometer(rng, hours, days=2000, noise=NOISE)
often = data.reading_hours(49)
many = data.read_thermometer(rng, often, days=2000, noise=NOISE)
remedies = pd.DataFrame({
    name: {"as it is": error_of(fit(hours, days, degree)),
           "four times the readings": error_of(fit(often, many, degree)),
           "degree 5 instead": error_of(fit(hours, days, 5)),
           "a price on weights": error_of(fit_with_price(hours, days, degree))}
    for name, degree in DEGREE.items()})
remedies.round(2)

# %%
helped = remedies.iloc[1:] < 0.6 * remedies.iloc[0]
claim("Each of the three remedies takes at least 40 % off model B's test error; "
      "for model A only another degree does.",
      helped["model B"].all() and helped["model A"].tolist() == [False, True, False])

# %% [markdown]
# ## Where the classic picture ends
#
# The U is not the whole story. With 13 building blocks a curve passes through all 13 readings. With more blocks there are infinitely many such curves, and `lstsq` chooses the one with the smallest weights (the *minimum norm*). Our `fit` goes on working as it is. We run it twice: with the blocks as they are, which get smaller the wilder they are, and stretched so that all have one size.
#
# **Predict first:** we go on to 300 building blocks for 13 readings. How bad will it get?

# %%
counts = [1, 2, 3, 4, 5, 6, 8, 10, 11, 12, 13, 14, 15, 17, 20, 25, 30, 40, 60, 100, 200, 300]
days = data.read_thermometer(rng, hours, days=500, noise=NOISE)

def minimum_norm(count, size):
    old, new = (features(at, count - 1) * size(np.arange(count)) for at in (hours, moments))
    return parts_of(new @ np.linalg.lstsq(old, days)[0])

def parts_by_count(size):
    return pd.DataFrame([minimum_norm(count, size) for count in counts], index=counts)

smaller, one_size = parts_by_count(lambda k: 1), parts_by_count(lambda k: np.sqrt(2 * k + 1))
beyond = pd.DataFrame({"wild blocks are smaller": smaller.sum(axis=1),
                       "all blocks are of one size": one_size.sum(axis=1)})
plots.plot_double_descent(counts, beyond, readings=13, title="Chart 13 · Beyond the U");

# %% [markdown]
# The error peaks where the blocks are just enough to pass through every reading: there is exactly one such curve, however wild. Beyond that there is a choice, and the error falls again. This is *double descent*; Belkin, Hsu, Ma and Mandal found it for many kinds of models and data (*PNAS* 116, 2019, [doi 10.1073/pnas.1903070116](https://doi.org/10.1073/pnas.1903070116)).
#
# Why is it not a free lunch? The smallest weights are only good if they mean a good curve. Where wild blocks are smaller (black), they need larger weights, so small weights prefer smooth curves. With blocks of one size (purple) the preference is gone: the error falls off the peak too, then climbs again. Those curves jump to the readings and fall back towards 0 °C in between.

# %%
fall = smaller.sum(axis=1)[100] / smaller.sum(axis=1)[13]
valley = one_size.sum(axis=1)[14:40].min()
claim("With 100 blocks of falling size the test error is less than a tenth of its peak at 13, "
      "and so is the variance.",
      max(fall, smaller["variance"][100] / smaller["variance"][13]) < 0.1)

# %%
claim("With blocks of one size it falls to less than a third of the peak, then more than triples.",
      3 * valley < one_size.sum(axis=1)[13] and one_size.sum(axis=1)[100] > 3 * valley)

# %%
claim("Neither kind of blocks beats the bottom of the U here.",
      beyond.loc[14:].to_numpy().min() > beyond.loc[:12].to_numpy().min())

# %% [markdown]
# That is one case: thirteen noisy readings and these blocks. With others the second valley may lie higher or lower, and you would have to measure it. So "more parameters than data" alone does not tell you that a model overfits. What counts is which of the many fitting curves the method prefers. The decomposition itself is not in question: beyond the peak it is the *variance* that falls. And the advice stays as it was: measure on unseen data.

# %% [markdown]
# ## Three quick questions

# %%
quiz("02")

# %% [markdown]
# ## Summary
#
# - Expected test error = bias² + variance + noise. Bias is the gap of the mean curve from the truth, variance the scatter from one training set to the next, and noise stays.
# - Curves that meet far above the noise: bias, so take a richer model. A wide gap that closes: variance, so take more data, a simpler model, or regularization.
# - With more weights than readings the error can fall again. How far depends on which curves the method prefers.
#
# **Next:** [lab 02](../labs/lab02_bias_and_variance/lab02_bias_and_variance.ipynb) lets you write the simulation, cut folds by hand and diagnose six models from their learning curves.

# %%
progress(finished="02")
