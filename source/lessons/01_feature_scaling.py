# %% [markdown]
# # 1 · Feature scaling
#
# Why does a model that measures distances believe that salary matters a thousand times more than age?
# Nobody told it so. The answer is in the units. They change what a model learns and how fast it learns.
#
# **You will**
#
# - *see* how units decide which neighbour is near, and put two features on one scale by hand;
# - *choose* between min-max, z-score and robust scaling, and say which models do not care;
# - *avoid* the leak that scaling before the split opens.
#
# About 40 minutes. Run each cell with <kbd>Shift</kbd>+<kbd>Enter</kbd>. Where it says **predict first**, do: a guess that turns out wrong is what you will remember.

# %%
import math

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt

from course_utils import claim, data, lesson_seed, plots, progress, quiz, widgets

plots.use_style()
rng = np.random.default_rng(lesson_seed())

# %% [markdown]
# ## Who is nearest to Ada?
#
# Ada is 30 and earns 40,000. Bo is 62 and earns 40,100. Cy is 31 and earns 42,000.
#
# **Predict first:** who is more like Ada? And whom will the distance choose, that is, the square root of the summed squared differences?

# %%
ada, bo, cy = (30, 40_000), (62, 40_100), (31, 42_000)
math.dist(ada, bo), math.dist(ada, cy)

# %%
claim("The distance puts Bo nearer to Ada than Cy.", math.dist(ada, bo) < math.dist(ada, cy))

# %% [markdown]
# It chooses Bo, who is 32 years older, over Cy, who earns 2,000 more.
# A difference of 2,000 in salary is larger than any two ages can differ.
# Nothing about people made salary count for more. Its unit did.
#
# Is that an accident of three people? Let us invent a hundred, aged 16 to 90, who earn between 15,000 and 150,000, age and salary drawn independently. We look up everybody's nearest neighbour twice: by both features, and by salary alone.

# %%
from sklearn.neighbors import NearestNeighbors

def nearest(table):
    return NearestNeighbors(n_neighbors=1).fit(table).kneighbors(return_distance=False).ravel()

workers = data.make_workers(rng)
same = np.mean(nearest(workers) == nearest(workers[["salary"]]))
print(f"Age changes the nearest neighbour of {1 - same:.0%} of the workers.")

# %%
claim("In raw units salary alone decides who is nearest for at least 90 % of these workers.",
      same >= 0.90)

# %% [markdown]
# (With ten thousand workers salaries would lie so close together that age gets a say again. The effect depends on gaps, not on names.)

# %% [markdown]
# ## Two ways to one scale
#
# **Standardization** makes *z-scores*: subtract the mean, divide by the standard deviation. Then 1 means "one typical deviation", for years as for money.
# **Min-max scaling** subtracts the smallest value and divides by the range. Every feature then runs from 0 to 1.
#
# Everybody mixes up the names. Some books say *normalization* for min-max, some say it for z-scores, and a third thing has that name too (we meet it at the end). So this course says z-score and min-max.
#
# Each is one line. Mean, range and the rest are taken *down each column*: a feature is a column.

# %%
z_scores = (workers - workers.mean()) / workers.std(ddof=0)
min_max = (workers - workers.min()) / (workers.max() - workers.min())
both = pd.concat({"z-score": z_scores, "min-max": min_max}, axis=1)
both.describe().loc[["mean", "std", "min", "max"]].round(2)

# %% [markdown]
# (The table says 1.01 where you expect a standard deviation of 1: `describe` divides by $n-1$, our formula by $n$. Either is fine for scaling, as long as all rows use the same.)
#
# The distance sees what the next figure shows. On the left, one year is as long as one unit of salary.
#
# **Predict first:** what will a hundred workers look like there?

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.3))
plots.plot_to_scale(workers, units=("years", "per year"), ax=left)
plots.plot_to_scale(z_scores, units=("z-score", "z-score"), ax=right)
plots.describe(figure, "Left: in raw units a hundred workers form a vertical line, age has no width. "
                       "Right: as z-scores they fill a square.");

# %% [markdown]
# A line. Age exists in the table, but not in the picture that a distance looks at. On the right both features have a say, and now neither decides alone.

# %%
by_age = np.mean(nearest(z_scores) == nearest(z_scores[["age"]]))
by_salary = np.mean(nearest(z_scores) == nearest(z_scores[["salary"]]))
claim("After standardizing, neither age alone nor salary alone finds the nearest "
      "neighbour of even a quarter of the workers.", max(by_age, by_salary) < 0.25)

# %% [markdown]
# ## One founder moves in
#
# A hundred and first worker arrives: the founder, with a salary of 100 million.
#
# **Predict first:** where do the other hundred end up on a scale from 0 to 1? On a scale of z-scores?

# %%
salary = np.append(workers["salary"], 100_000_000)
low, middle, high = np.percentile(salary, [25, 50, 75])

scaled = {"min-max": (salary - salary.min()) / (salary.max() - salary.min()),
          "z-score": (salary - salary.mean()) / salary.std(),
          "robust": (salary - middle) / (high - low)}
ordinary = {name: values[:-1] for name, values in scaled.items()}
plots.plot_strips(ordinary);

# %% [markdown]
# Each tick is one ordinary worker. Min-max hands the whole scale to the founder: the others share less than one percent of it.
# The z-score fares no better, because one enormous value inflates the standard deviation that everybody is divided by.
# *Robust scaling* subtracts the median and divides by the distance between the quartiles. A single value, however large, hardly moves those.

# %%
quarter, three_quarters = np.percentile(workers["salary"], [25, 75])
room_before = np.ptp(workers["salary"]) / (three_quarters - quarter)
claim("One founder squeezes a hundred others into 1 % of the min-max scale.",
      np.ptp(ordinary["min-max"]) < 0.01)

# %%
claim("As z-scores the hundred lie within a twentieth of a standard deviation of each other.",
      np.ptp(ordinary["z-score"]) < 0.05)

# %%
claim("Robust scaling gives them the same room as before the founder came, to within 15 %.",
      abs(np.ptp(ordinary["robust"]) / room_before - 1) < 0.15)

# %% [markdown]
# So which one?
#
# | scaling | what it does | choose it when |
# |---|---|---|
# | min-max | smallest to 0, largest to 1 | the model wants a fixed interval, and the ends are real: pixels, percentages |
# | z-score | mean to 0, standard deviation to 1 | the usual choice for distances, for gradient descent, and for penalties on large weights, which depend on units too |
# | robust | median to 0, middle half to width 1 | there are outliers that you neither trust nor may throw away |
#
# All three only shift and stretch, so none of them makes an outlier go away. What changes is how much say salary keeps *beside age*. After min-max or z-scores it has almost none among ordinary workers. Robust scaling gives it back, but the founder now stands at a score of more than a thousand, and you still have to decide what to do about that.
#
# And where the ends are known, use the known ones: divide a pixel by 255. The smallest and largest value of a sample are only what you happened to see, and a new row may lie outside 0 to 1.

# %% [markdown]
# ## Does it matter for real data?
#
# Chemists measured thirteen things in 178 wines from Piedmont, among them alcohol, hue, and the amino acid *proline*. The task is to say which of three wines it is: Barolo, Grignolino or Barbera.

# %%
X, y = data.load_wine()
data.WINE

# %%
X.std().sort_values().tail(4).round(1)

# %% [markdown]
# Proline spreads over hundreds, most others over less than four. A *k*-nearest-neighbours model (k-NN) looks up the five nearest wines and lets them vote.
#
# To measure it on wines that it has not seen, we split the wines into five parts, or *folds*: train on four, test on the fifth, in turn, and take the mean (*cross-validation*). A *pipeline* is two steps in one model: here, scale, then vote.
#
# **Predict first:** in raw units k-NN is right about seven times in ten. What if every feature gets the same say? And what if, instead of scaling, we throw proline away?

# %%
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

folds = StratifiedKFold(5, shuffle=True, random_state=lesson_seed())

def accuracy(model, X):
    return cross_val_score(model, X, y, cv=folds).mean()

knn = KNeighborsClassifier(5)
scores = {"raw": accuracy(knn, X),
          "proline alone": accuracy(knn, X[["proline"]]),
          "raw, without proline": accuracy(knn, X.drop(columns="proline")),
          "standardized": accuracy(make_pipeline(StandardScaler(), knn), X)}
plots.plot_scores(scores, xlabel="accuracy on unseen wines");

# %% [markdown]
# Proline alone gives most of the raw score: the other twelve together add only a few points, because the distance hardly hears them. Throw proline away, and the model gets *better*. Scale, and all thirteen are heard.

# %%
claim("Standardizing lifts k-NN on wine by at least 15 points.",
      scores["standardized"] - scores["raw"] >= 0.15)

# %%
claim("Raw k-NN does better without proline than with it.",
      scores["raw, without proline"] > scores["raw"])

# %% [markdown]
# ### Who does not care?
#
# A decision tree asks one feature at a time whether it is above a threshold. "Is proline above 755?" sorts the wines in the same way as the matching question in any other unit, or for z-scores.

# %%
from sklearn.model_selection import cross_val_predict
from sklearn.tree import DecisionTreeClassifier

def changed_by_scaling(model):
    raw = cross_val_predict(model, X, y, cv=folds)
    scaled = cross_val_predict(make_pipeline(StandardScaler(), model), X, y, cv=folds)
    return np.mean(raw != scaled)

changed = {"tree": changed_by_scaling(DecisionTreeClassifier(random_state=0)),
           "k-NN": changed_by_scaling(knn)}
pd.Series(changed).round(3)

# %%
claim("Scaling changes the tree's answer for at most 2 % of the wines, k-NN's for more than 15 %.",
      changed["tree"] <= 0.02 and changed["k-NN"] > 0.15)

# %% [markdown]
# Forests and boosted trees are built from such questions, so they do not care either. Scaling them does no harm; it only costs a line that somebody will wonder about. (Where a wine sits exactly on a threshold, rounding may tip it: that is why the claim says 2 % and not 0.)

# %% [markdown]
# ## The valley that gradient descent walks
#
# Distances are one reason to scale. Speed is another. Many models learn by *gradient descent*: they start with some weights and take many small steps downhill on the *loss*, here the mean squared error. The *rate* says how large the steps are.
#
# Take two features, age and salary as z-scores, and a target that is their sum: the best weights are 1 and 1. Then let the numbers of one feature spread six times as far, and again ask for the sum. We always take the best constant rate that is safe for this loss.

# %%
best = np.array([1.0, 1.0])

def features(spread):
    return z_scores.to_numpy() * [1, spread]

def loss(w, F):
    return np.mean((w @ F.T - F @ best) ** 2, axis=-1)

def descend(F, steps):
    rate = 2 * len(F) / np.sum(F**2)
    w = np.zeros(2)
    path = [w]
    for _ in range(steps):
        w = w - rate * F.T @ (F @ w - F @ best) / len(F)
        path.append(w)
    return np.array(path)

# %% [markdown]
# The grey rings join weights of equal loss. **Predict first:** at a spread of 6, what do the rings look like, and what does the walk? And at a spread of 1?

# %%
def draw(ax, spread):
    F = features(spread)
    plots.plot_descent(lambda w: loss(w, F), descend(F, 40), ax=ax)

widgets.interactive_figure(
    draw, spread=(1, 10, 0.1, 6),
    alt=lambda spread: "Contours of the loss and 40 steps of gradient descent; "
                       f"salary spreads {spread:g} times as far as age.")

# %% [markdown]
# A wide spread makes a narrow valley. Downhill then points at the other wall, and the walk zigzags: the steep direction forbids large steps, the flat one needs them. Move the slider to 1 (or focus it and use the arrow keys): the rings become nearly round, and downhill points at the middle. Where does it begin to hurt?
#
# Count the steps until 99 % of the loss is gone:

# %%
def steps_needed(spread):
    F = features(spread)
    losses = loss(descend(F, 500), F)
    return int(np.argmax(losses < 0.01 * losses[0]))

{spread: steps_needed(spread) for spread in (1, 2, 5, 10)}

# %%
claim("With salary spread ten times as far, descent needs at least ten times as many steps.",
      steps_needed(10) >= 10 * steps_needed(1))

# %% [markdown]
# ## The leak
#
# A scaler *learns* something: means and spreads. If it learns them from all rows before you split them, the test rows have taken part in the training.
#
# **Predict first:** by how many points is the accuracy on wine too good then?

# %%
too_early = StandardScaler().fit_transform(X)
leaky, honest = accuracy(knn, too_early), accuracy(make_pipeline(StandardScaler(), knn), X)
print(f"scaled before the split: {leaky:.1%}   inside each fold: {honest:.1%}")

# %%
claim("For wine, scaling before the split moves the accuracy by less than 2 points.",
      abs(leaky - honest) < 0.02)

# %% [markdown]
# Next to nothing! The mean of four fifths of the wines is nearly the mean of all, and a scaler never looks at a label. So why do people make a fuss?
#
# Because the same mistake with another step is fatal. Choosing features does look at labels: it picks the columns that fit them, those of the test rows too. Let us choose the 20 "best" of 5,000 features that are *pure noise*, for labels that alternate between 0 and 1. In the long run no model beats 50 % here; with a hundred rows, luck alone moves a score by some ten points.
#
# **Predict first:** what accuracy does cross-validation report if we choose the features before the split?

# %%
from sklearn.feature_selection import SelectKBest

noise, labels = rng.normal(size=(100, 5000)), np.arange(100) % 2
chosen = SelectKBest(k=20).fit_transform(noise, labels)
before_split = cross_val_score(knn, chosen, labels, cv=5).mean()
pipeline = make_pipeline(SelectKBest(k=20), knn)
in_each_fold = cross_val_score(pipeline, noise, labels, cv=5).mean()
print(f"chosen before the split: {before_split:.0%}   chosen inside each fold: {in_each_fold:.0%}")

# %%
claim("Choosing features before the split finds at least 15 points of accuracy in pure noise.",
      before_split - in_each_fold >= 0.15)

# %% [markdown]
# The rule costs one line: *split first; fit every step on the training rows only.* A pipeline does it for you. It fits its scaler when it is fitted, and only applies it when it predicts.

# %% [markdown]
# ## The third thing called normalization
#
# scikit-learn has a `Normalizer`. It works on *rows*: it shrinks or stretches each to length 1, so that only its direction is left. That is right where the proportions count and the total does not. Three texts, counted by their words *goal*, *match* and *vote*:

# %%
from sklearn.preprocessing import normalize

texts = pd.DataFrame([[2, 1, 0], [40, 22, 1], [0, 1, 3]], columns=["goal", "match", "vote"],
                     index=["short sports note", "long sports report", "short election note"])
same_length = normalize(texts)
print("nearest to the short sports note, in counts:        ", texts.index[nearest(texts)[0]])
print("nearest to the short sports note, at equal length:  ", texts.index[nearest(same_length)[0]])

# %%
claim("Counts find the other short text, directions find the other sports text.",
      (nearest(texts)[0], nearest(same_length)[0]) == (2, 1))

# %% [markdown]
# Counts put the two short notes together because both are short. Directions put the two sports texts together.
#
# **Predict first:** what does the same function do to our workers?

# %%
rows_to_unit_length = pd.DataFrame(normalize(workers), columns=workers.columns)
rows_to_unit_length.agg(["min", "max"]).round(4)

# %%
claim("At unit length all workers nearly coincide: neither column varies by more than 0.01.",
      np.ptp(rows_to_unit_length, axis=0).max() < 0.01)

# %% [markdown]
# Every worker has become nearly the same point. The function is fine, it answers another question. When somebody says "I normalized the data", ask: *rows or columns, and to what?*

# %% [markdown]
# ## Three quick questions

# %%
quiz("01")

# %% [markdown]
# ## Summary
#
# - Distances and gradients add up features in whatever units they come, and the widest spread wins. A z-score, $(x-\text{mean})/\text{standard deviation}$, gives each column the same say.
# - Z-scores by default, min-max for a fixed interval, robust scaling against outliers. Trees do not care. Rows at unit length are another thing.
# - A scaler learns from data. Split first, then fit it on the training rows, inside a pipeline.
#
# **Next:** [lab 01](../labs/lab01_feature_scaling/lab01_feature_scaling.ipynb) lets you build both scalings, find a leak and measure a case in which scaling *hurts*.

# %%
progress(finished="01")
