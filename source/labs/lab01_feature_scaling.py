# %% [markdown]
# # Lab 01 · Feature scaling
#
# You build the two usual scalings yourself, decide where each belongs, mend a leak, and measure a case in which scaling makes a model worse.
#
# About 60 minutes, 16 points: 14 are checked here at once, 2 are for a written answer. It follows [lesson 01](../../lessons/01_feature_scaling.ipynb).
#
# **How the checks work.** Write your code where it says `YOUR CODE HERE`, delete the line `raise NotImplementedError()`, and run the cell. Then run the check below it. You may check as often as you like. A check tries your function on new random tables each time, gives a hint when something is wrong, and never takes points away.

# %%
import numpy as np
from sklearn.model_selection import cross_val_score, train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from course_utils import data
from course_utils.checks import lab01 as check

# %% [markdown]
# ## A · Standardize (3 points)
#
# Give every column mean 0 and standard deviation 1. The standard deviation is that of the rows you have: divide by $n$.
#
# Your function should work for columns of any unit, for tables of whole numbers, and for a column that holds one value only: such a column becomes zeros. The table that comes in stays as it was.

# %% solution="standardize"
def standardize(X):
    """Return the z-scores of each column.

    X: NumPy array of numbers, shape (n, d).
    Returns an array of floats, shape (n, d).
    """
    # One mean and one standard deviation for each column.
    # What do you divide by where a column does not vary?
    ### BEGIN SOLUTION
    centred = X - X.mean(axis=0)
    spread = X.std(axis=0)
    return centred / np.where(spread == 0, 1, spread)
    ### END SOLUTION

# %% [markdown]
# Try it on something that you can verify by hand.

# %%
standardize(np.array([[30, 40_000], [62, 40_100], [31, 42_000]]))

# %% test="standardize" points=3
check.standardize()

# %% [markdown]
# ## B · Min-max (2 points)
#
# Now let every column run from 0 to 1. The same wishes hold: any unit, whole numbers, zeros for a column that does not vary, and the caller's table stays as it was.

# %% solution="min_max"
def min_max(X):
    """Return each column scaled to run from 0 to 1.

    X: NumPy array of numbers, shape (n, d).
    Returns an array of floats, shape (n, d).
    """
    # From where to where does each column reach?
    ### BEGIN SOLUTION
    low = X.min(axis=0)
    reach = X.max(axis=0) - low
    return (X - low) / np.where(reach == 0, 1, reach)
    ### END SOLUTION

# %%
min_max(np.array([[30, 40_000], [62, 40_100], [31, 42_000]]))

# %% test="min_max" points=2
check.min_max()

# %% [markdown]
# ## C · Choose (2 points)
#
# Four features, four models. Give each the scaling that its description asks for: `"z-score"`, `"min-max"`, `"robust"` or `"none"`.
#
# - `income`: yearly income of a bank's customers, for k-NN. A handful earn a thousand times as much as the rest, and the ordinary customers must stay comparable.
# - `pixel`: grey levels of a camera, 0 to 255, for a network that was built for inputs between 0 and 1.
# - `height`: body height of adults in a bell-shaped sample without outliers, for a regression with a penalty. Its author asks for inputs with mean 0 and standard deviation 1.
# - `forest`: all three of them together, for a random forest.

# %% solution="choose"
# Fill in one word for each, for example  scaling_for = {"income": "...", "pixel": "...", ...}
### BEGIN SOLUTION
scaling_for = {"income": "robust", "pixel": "min-max", "height": "z-score", "forest": "none"}
### END SOLUTION

# %% test="choose" points=2
check.choose()

# %% [markdown]
# ## D · Find the leak (1 point)
#
# Somebody reports the accuracy of k-NN on wine like this:
#
# ```python
# 1  X_scaled = StandardScaler().fit_transform(X)
# 2  X_train, X_test, y_train, y_test = train_test_split(X_scaled, y, random_state=0)
# 3  model = KNeighborsClassifier(5)
# 4  model.fit(X_train, y_train)
# 5  accuracy = model.score(X_test, y_test)
# ```
#
# Which is the first line that lets rows of the later test set change the numbers that the model is trained on?

# %% solution="find_leak"
# leaking_line = a number from 1 to 5
### BEGIN SOLUTION
leaking_line = 1
### END SOLUTION

# %% test="find_leak" points=1
check.find_leak()

# %% [markdown]
# ## E · Mend it (2 points)
#
# Write the honest version. Features are standardized, five neighbours vote, and no test row has a say in anything but its own prediction. Whether a strange row stands beside it in `X_test` must not change the label of any other.

# %% solution="mend_leak"
def honest_predictions(X_train, y_train, X_test):
    """Return k-NN's labels for X_test (5 neighbours, standardized features).

    X_train: array, shape (n, d). y_train: labels 0 or 1, shape (n,). X_test: array, shape (m, d).
    Returns an array of labels, shape (m,).
    """
    # Who may the scaler learn from? Who only gets scaled?
    ### BEGIN SOLUTION
    model = make_pipeline(StandardScaler(), KNeighborsClassifier(5))
    return model.fit(X_train, y_train).predict(X_test)
    ### END SOLUTION

# %% [markdown]
# Try it on wine, Barolo against the others:

# %%
X, y = data.load_wine()
is_barolo = (y == 0).astype(int)
X_train, X_test, y_train, y_test = train_test_split(X.to_numpy(), is_barolo, random_state=0)
np.mean(honest_predictions(X_train, y_train, X_test) == y_test)

# %% test="mend_leak" points=2
check.mend_leak()

# %% [markdown]
# ## F · Predict the effect (2 points)
#
# Four situations. In each, somebody standardizes all features. What will the accuracy on unseen rows do: `"rises"`, `"falls"`, or `"stays"` (moves by less than 5 points)? Spread means standard deviation.
#
# - **A**: k-NN. One feature separates the classes; its spread is about 1.5. Two more are noise with a spread of 1,000.
# - **B**: k-NN. One feature separates the classes; its spread is over 1,000. Forty more are noise with a spread of 1.
# - **C**: k-NN. Three features, one of which separates the classes; all have the same unit and about the same spread.
# - **D**: the data of A, but with a decision tree instead of k-NN.

# %% solution="predict_effect"
# accuracy_will = {"A": "...", "B": "...", "C": "...", "D": "..."}
### BEGIN SOLUTION
accuracy_will = {"A": "rises", "B": "falls", "C": "stays", "D": "stays"}
### END SOLUTION

# %% test="predict_effect" points=2
check.predict_effect()

# %% [markdown]
# ## G · Measure it (2 points)
#
# A guess is a start. Write the function that measures it: by how much does standardizing raise the accuracy of k-NN with 5 neighbours? Accuracy is the mean over 5-fold cross-validation, as a share between 0 and 1. A rise is positive.
#
# One warning. This check compares numbers, and a leaking scaler hardly moves them, as you saw with the wines. It cannot see a leak here; the colleague who reads your code can.

# %% solution="measure_effect"
def gain(X, y):
    """Return the accuracy of standardized 5-NN minus that of raw 5-NN.

    X: array, shape (n, d). y: labels, shape (n,).
    Returns one number between -1 and 1.
    """
    # The same folds for both models. Where must the scaler stand?
    ### BEGIN SOLUTION
    raw = KNeighborsClassifier(5)
    scaled = make_pipeline(StandardScaler(), raw)
    return cross_val_score(scaled, X, y, cv=5).mean() - cross_val_score(raw, X, y, cv=5).mean()
    ### END SOLUTION

# %% [markdown]
# Here are situations A and B as data. Were your guesses right?

# %%
rng = np.random.default_rng(1)
labels = np.arange(200) % 2
clear, noise = 2.2 * labels[:, None] + rng.normal(size=(200, 1)), rng.normal(size=(200, 40))
situation_a = np.hstack([clear, 1000 * noise[:, :2]])
situation_b = np.hstack([1000 * clear, noise])
gain(situation_a, labels), gain(situation_b, labels)

# %% test="measure_effect" points=2
check.measure_effect()

# %% [markdown]
# ## H · Advise (2 points, read by your teacher)
#
# A clinic wants to find patients who resemble a new patient, with k-NN on age (years), blood pressure (mmHg), and the number of earlier visits (a few people have hundreds). Your colleague says: "We always scale to 0 to 1, so let us do that here."
#
# In four to six sentences: what would go wrong, for which patients, and what do you advise instead? Name one thing you would ask the clinic before you decide.

# %% [markdown] answer="advice" points=2
# ### BEGIN SOLUTION
# **A sample answer.** Visits have outliers. A patient with hundreds of visits becomes the 1, and nearly everybody else lies close to 0, so for ordinary patients visits no longer count at all: somebody with 2 visits and somebody with 12 look alike. Age and blood pressure would be scaled by whoever is most extreme in this sample. I would take the logarithm of visits (plus one) and then z-scores for all three, fitted on the patients on file and only applied to the new one. Scaling also decides how much each feature counts, and that is a medical question. I would ask the clinic which differences matter: are ten years as much as 20 mmHg, and does it matter whether somebody came 100 or 300 times?
#
# **Rubric.** Half a point for each, in any order:
#
# | half a point for | for example |
# |---|---|
# | the cause: min-max is set by extremes, and visits have them | "one patient with 300 visits becomes the 1" |
# | who is harmed, and how | ordinary patients with different visits look alike; a newcomer beyond the old extremes falls outside 0 to 1 |
# | advice with a reason that fits the feature | a logarithm, robust scaling or ranks for visits; z-scores for the others |
# | a question to the clinic whose answer would change the choice | "Which differences matter medically?" |
#
# Robust scaling for visits earns the point for advice: it helps ordinary patients, though the frequent visitors stay far from everybody. Do not deduct for language, or for a method that is not in the table when its reason fits.
# ### END SOLUTION

# %% [markdown]
# ## Your points so far

# %%
check.points_so_far()
