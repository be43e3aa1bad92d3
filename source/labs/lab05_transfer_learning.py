# %% [markdown]
# # Lab 05 · Transfer learning
#
# You prepare pictures for a network that others trained, borrow its features, put a head on them, decide what may still learn, and measure what a handful of labels is worth.
#
# About 75 minutes, 18 points: 16 are checked here at once, 2 are for a written answer. It follows [lesson 05](../../lessons/05_transfer_learning.ipynb). The set-up takes up to half a minute.
#
# **How the checks work.** Write your code where it says `YOUR CODE HERE`, delete the line `raise NotImplementedError()`, and run the cell. Then run the check below it. You may check as often as you like; a check never takes points away. Only the cells that draw or try something need the parts before them.

# %%
from course_utils import data, models, plots

models.quiet(threads=1)

import keras
import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from sklearn.linear_model import RidgeClassifier
from sklearn.metrics import confusion_matrix
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from course_utils.checks import lab05 as check

plots.use_style()
rng = np.random.default_rng(0)
network = models.resnet50()  # trained on drawn pictures; gives 2,048 features for each picture
train, y_train = data.draw_wild_digits(rng, 16)
valid, y_valid = data.draw_wild_digits(rng, 8)
test, y_test = data.draw_wild_digits(rng, 10, part="test")

# %% [markdown]
# These are the pictures: digits that people wrote, laid over photographs. The network has never seen one.

# %%
plots.plot_pictures(train[::8], columns=10, text="Two examples of each handwritten digit from 0 to 9, bent and coloured, over crops of photographs.");

# %% [markdown]
# ## A · Prepare (3 points)
#
# A network wants the numbers it was trained on. ResNet50 in Keras wants blue, green, red, in this order, and from each channel the mean of that colour in ImageNet subtracted: 103.939 from blue, 116.779 from green, 123.68 from red. Nothing is scaled. Your pictures are red, green, blue.
#
# A pure red pixel, (255, 0, 0), becomes (−103.939, −116.779, 131.32). A grey picture, without channels, is treated as a colour picture whose three channels are all equal to it.

# %% solution="prepare"
def prepare(images):
    """Return pictures as ResNet50 wants them. Use NumPy only, and leave `images` as they are.

    images: array of uint8 from 0 to 255, shape (n, H, W, 3) for colour or (n, H, W) for grey.
    Returns an array of floats, shape (n, H, W, 3).
    """
    # Which numbers can a uint8 hold? Which colour stands first when the means are subtracted?
    ### BEGIN SOLUTION
    if images.ndim == 3:
        images = np.repeat(images[..., None], 3, axis=-1)
    return images[..., ::-1].astype("float32") - np.array([103.939, 116.779, 123.68], dtype="float32")
    ### END SOLUTION

# %% [markdown]
# The red pixel of the text, then the largest difference to the course's own function, which takes colour only:

# %%
prepare(np.array([[[[255, 0, 0]]]], dtype="uint8")), np.abs(prepare(train) - models.preprocess(train)).max()

# %% test="prepare" points=3
check.prepare()

# %% [markdown]
# ## B · Extract features (2 points)
#
# 4,000 photographs do not fit through a network at once. Pass them in batches of at most `batch_size`, each prepared, and give back one table: a row of features for each picture, in the pictures' order. Every picture counts, also when the last batch is smaller. The network must work as it does after training, not as during it: then BatchNormalization uses its stored means, and a picture's features do not depend on its neighbours.

# %% solution="extract"
def extract(network, prepare, images, batch_size):
    """Return the features of all pictures.

    network: call it as network(batch, training=...), or its predict(batch, batch_size=..., verbose=0).
    prepare: function for a batch of pictures, such as yours. images: uint8, shape (n, H, W, 3).
    Returns an array of shape (n, features).
    """
    # Where does each batch begin? What has to happen to it before the network sees it?
    ### BEGIN SOLUTION
    starts = range(0, len(images), batch_size)
    return np.concatenate([np.asarray(network(prepare(images[start:start + batch_size]), training=False))
                           for start in starts])
    ### END SOLUTION

# %% [markdown]
# All pictures of this lab pass through now, once: 340 pictures, about ten seconds on a laptop. If part A is not done yet, write `models.preprocess` for `prepare`.

# %%
F_train, F_valid, F_test = (extract(network, prepare, images, 32) for images in (train, valid, test))
F_train.shape, F_valid.shape, F_test.shape

# %% test="extract" points=2
check.extract()

# %% [markdown]
# ## C · A head, chosen honestly (2 points)
#
# With 2,048 features and 160 pictures, a linear head can remember every training picture. A penalty holds it back. How strong should it be? Try every strength, choose the one with the highest accuracy on validation rows, and report the accuracy on test rows. Once the choice is made, the chosen head may learn again from training and validation rows together: your report may be of either.
#
# Expected: one of the strengths, and an accuracy from 0 to 1.

# %% solution="choose_head"
def choose_head(make_head, strengths, train, valid, test):
    """Return the chosen strength, and the accuracy to report.

    make_head: make_head(strength) returns a classifier with fit and predict, not trained yet.
    strengths: list of numbers. train, valid, test: pairs (features, labels).
    Returns one of the strengths, and a share from 0 to 1.
    """
    # Which rows teach, which ones choose, which ones report?
    ### BEGIN SOLUTION
    scores = [make_head(strength).fit(*train).score(*valid) for strength in strengths]
    best = strengths[int(np.argmax(scores))]
    return best, make_head(best).fit(*train).score(*test)
    ### END SOLUTION

# %%
def make_head(strength):
    return make_pipeline(StandardScaler(), RidgeClassifier(alpha=strength))

strengths = [1, 10, 100, 1000, 10_000, 100_000]
choose_head(make_head, strengths, (F_train, y_train), (F_valid, y_valid), (F_test, y_test))

# %% [markdown]
# Somebody who guesses is right in 10 %. **Predict first:** what does the same head reach without the network, on the pixels themselves?

# %%
rows = [(images.reshape(len(images), -1) / 255, labels) for images, labels in ((train, y_train), (valid, y_valid), (test, y_test))]
choose_head(make_head, strengths, *rows)

# %% [markdown]
# The difference is what the network's earlier work on other pictures is worth here.

# %% test="choose_head" points=2
check.choose_head()

# %% [markdown]
# ## D · Freeze (2 points)
#
# With more labels one lets the last layers learn too, at a small learning rate. That takes minutes, so here you only set the switches. Switch the layers of a network: those before the layer called `first` are frozen; that one and all after it learn, in the order of `network.layers`. **BatchNormalization stays frozen wherever it stands**: a few pictures would spoil the means that it has stored. Layers without weights may be switched either way.
#
# The network may arrive in any state, frozen as a whole or in part.

# %% solution="freeze"
def freeze(network, first):
    """Set what learns, and return the same network.

    network: keras.Model; its layers, and the network itself, each have a switch `.trainable`.
    first: name of the first layer that learns.
    """
    # A layer learns only if its own switch is on, and the network's too. Which of them may be off when you begin?
    ### BEGIN SOLUTION
    network.trainable = True
    names = [layer.name for layer in network.layers]
    for place, layer in enumerate(network.layers):
        norm = isinstance(layer, keras.layers.BatchNormalization)
        layer.trainable = place >= names.index(first) and not norm
    return network
    ### END SOLUTION

# %% [markdown]
# The last block of ResNet50 has three convolutions. Expected: the kernel and the bias of each, and of nothing else.

# %%
[weight.path for weight in freeze(network, "conv5_block3_1_conv").trainable_weights]

# %% test="freeze" points=2
check.freeze()

# %% [markdown]
# ## E · Count (2 points)
#
# How much is that? Count the numbers in a network: those that learn now, and all of them. A kernel of shape (3, 3, 64, 64) holds 36,864. BatchNormalization keeps four arrays; two of them, the moving averages, are never changed by gradient descent, even if the layer is switched on.

# %% solution="count"
def count(network):
    """Return how many numbers of a network learn, and how many it has.

    Returns two whole numbers.
    """
    # Look at network.weights and network.trainable_weights: each weight has a shape.
    ### BEGIN SOLUTION
    learning = sum(int(np.prod(weight.shape)) for weight in network.trainable_weights)
    return learning, sum(int(np.prod(weight.shape)) for weight in network.weights)
    ### END SOLUTION

# %% [markdown]
# **Predict first:** after part D six arrays among 318 learn. Which share of all numbers do they hold?

# %%
count(network)

# %% [markdown]
# Expected: 4,459,520 of 23,587,712, nearly a fifth. Late layers are wide. Would you let so many numbers learn from 160 pictures?

# %% test="count" points=2
check.count()

# %% [markdown]
# ## F · Few labels, drawn fairly (2 points)
#
# What would we get with one labelled picture of each digit, or with four? To find out, hide labels. For each size, draw that many rows **of each class**, at random and without repeats, so that every set contains the smaller one: whoever has four labels had the first one before.
#
# For `labels = [7, 3, 3, 7, 3]` and `sizes = [1, 2]` one possible answer is `[[4, 0], [4, 0, 1, 3]]`. The order of the rows in a set is free.

# %% solution="draw_labels"
def draw_labels(labels, sizes, rng):
    """Return, for each size, the numbers of the drawn rows.

    labels: array, shape (n,). sizes: increasing list of whole numbers, rows of each class.
    rng: NumPy random generator; all chance comes from it.
    Returns a list of arrays of row numbers; the one of size s has s times the number of classes.
    """
    # What can you shuffle once, so that larger sets contain the smaller ones by themselves?
    ### BEGIN SOLUTION
    shuffled = [rng.permutation(np.flatnonzero(labels == label)) for label in np.unique(labels)]
    return [np.concatenate([rows[:size] for rows in shuffled]) for size in sizes]
    ### END SOLUTION

# %%
draw_labels(np.array([7, 3, 3, 7, 3]), [1, 2], np.random.default_rng(0))

# %% test="draw_labels" points=2
check.draw_labels()

# %% [markdown]
# ## G · One curve from many draws (1 point)
#
# One draw is luck. Repeat it, and report for each size the mean accuracy, and how far single draws lie from it: the standard deviation, dividing by the number of draws **less one**, because the mean is estimated from the same few draws.

# %% solution="summarise"
def summarise(accuracies):
    """Return the mean over draws for each size, and the spread.

    accuracies: array of shares, shape (draws, sizes).
    Returns two arrays of shape (sizes,).
    """
    ### BEGIN SOLUTION
    return accuracies.mean(axis=0), accuracies.std(axis=0, ddof=1)
    ### END SOLUTION

# %% [markdown]
# Six draws for each size, with the same test pictures and a fixed penalty. **Predict first:** where does the curve begin, and where is its spread largest?

# %%
sizes, strength = [1, 2, 4, 8, 16], 1000
def accuracy(rows):
    return make_head(strength).fit(F_train[rows], y_train[rows]).score(F_test, y_test)

accuracies = np.array([[accuracy(rows) for rows in draw_labels(y_train, sizes, rng)] for _ in range(6)])
means, spreads = summarise(accuracies)
plt.errorbar(sizes, 100 * means, yerr=100 * spreads, fmt="o-", capsize=4)
plt.gca().set(xscale="log", xticks=sizes, xticklabels=sizes, ylim=(0, 100), xlabel="labels of each digit (logarithmic)", ylabel="test accuracy (%)")
plots.describe(plt.gca(), f"Mean test accuracy of a head on frozen features, with the spread of six draws: from {means[0]:.0%} with 1 label of each digit to {means[-1]:.0%} with 16.");

# %% [markdown]
# At 16 the six draws are all the same rows, so their spread is zero. That is no certainty: it says nothing about other pictures.

# %% test="summarise" points=1
check.summarise()

# %% [markdown]
# ## H · Read a confusion matrix (2 points)
#
# *Which* digits does the head confuse? In this matrix each row is a true class and each column what the head said. Write a function that reads three things from any such matrix:
#
# - the *recall* of each class: the share of its pictures that were recognised;
# - the *balanced accuracy*: the mean of the recalls, so that a rare class counts as much as a frequent one;
# - the most frequent confusion, as a pair (true class, said class): the largest count that is not right.
#
# `[[8, 2], [1, 3]]` has the recalls 0.8 and 0.75, the balanced accuracy 0.775 and the pair (0, 1).

# %% solution="read_matrix"
def read_matrix(matrix):
    """Return the recalls, the balanced accuracy, and the most frequent confusion.

    matrix: array of counts, shape (classes, classes); rows are true, columns are said.
    Returns an array of shape (classes,), a number, and a pair of class numbers.
    """
    # Which sum is all pictures of a class? What must not win when you look for the largest count?
    ### BEGIN SOLUTION
    recall = matrix.diagonal() / matrix.sum(axis=1)
    wrong = matrix - np.diag(matrix.diagonal())
    return recall, recall.mean(), np.unravel_index(wrong.argmax(), wrong.shape)
    ### END SOLUTION

# %%
said = make_head(1000).fit(F_train, y_train).predict(F_test)
matrix = confusion_matrix(y_test, said)
recall, balanced, (true, called) = read_matrix(matrix)
print(f"balanced accuracy {balanced:.2f}; worst recall: digit {recall.argmin()}, {recall.min():.1f}; most frequent confusion: a {true} called {called}")
pd.DataFrame(matrix).rename_axis(index="true", columns="said")

# %% [markdown]
# There are ten test pictures of each digit, so one picture more or less moves a recall by 0.1, and the balanced accuracy equals the plain one. Here are some that it got wrong, each under what it said. Would you have read them?

# %%
wrong = np.flatnonzero(said != y_test)[:10]
plots.plot_pictures(test[wrong], columns=10, titles=[f"“{digit}”" for digit in said[wrong]], text="Test pictures that the head got wrong, up to ten.");

# %% test="read_matrix" points=2
check.read_matrix()

# %% [markdown]
# ## I · Advise (2 points, read by your teacher)
#
# A clinic wants a second reader for chest radiographs: is there pneumonia or not? They have 400 labelled pictures from one machine, about 60 of them with pneumonia. Somebody proposes your network: frozen, with a linear head, on pictures reduced to 48 by 48 pixels. There is also MIMIC-CXR: 377,110 chest radiographs from more than 200,000 studies, all made at one hospital in Boston. Nobody may simply download it: access needs credentials and a signed agreement on the use of the data (source: PhysioNet's page of the database, version 2.0.0 of September 2019; conditions change, look there).
#
# In five to eight sentences: would you use this network for that? What would you do instead, or first? What would you need to know before anybody is examined with it, and which number besides accuracy would you ask for?

# %% [markdown] answer="radiographs" points=2
# ### BEGIN SOLUTION
# **A sample answer.** Not as it stands. The course's network learned from drawn characters and textures in colour; a radiograph is grey, large, and what matters in it may be a faint shadow that is lost at 48 by 48 pixels. It may be tried, since 400 labels are few and a head costs a minute, but only beside a plain baseline, and I would expect features learned from radiographs to do better: apply for MIMIC-CXR, sign the agreement, keep the data where it allows, and pretrain or fine-tune there. I would split the clinic's pictures by patient, not by picture, choose everything on validation patients, and keep a test set for one look, best from a second machine or hospital. Before use I need to know who labelled and how far two radiologists agree, which patients and machines are in the data and which are not, and how the features are prepared. 85 % accuracy would be worth nothing here: whoever always says "healthy" has it, with 340 of 400. I would ask for the recall of pneumonia and for the false alarms, with intervals: with 60 sick patients, and a fifth of them in the test, one more miss moves recall by eight points. A missed pneumonia harms the patient, so a radiologist decides, and somebody must be responsible, with the approval that medical devices need.
#
# **Rubric.** Half a point for each, in any order:
#
# | half a point for | for example |
# |---|---|
# | a decision with **one** reason that belongs to this case | drawn pictures and radiographs differ; 48 pixels lose detail; 400 labels are few |
# | a better path | features or fine-tuning on radiographs (MIMIC-CXR or another medical source; its conditions of access need not be repeated), or a measured comparison with a baseline |
# | **two** things that must be known before use | patients split, not pictures; another machine or hospital; who labelled; who is missing from the data |
# | a number that fits | recall of pneumonia (sensitivity), alone or with false alarms; why 85 % is no achievement here; an interval for few sick patients. "The confusion matrix" or "other metrics" is no number |
#
# A careful "yes, as a baseline", a careful "no" and "not before …" earn the same. One clause is enough where it gives a reason; a word alone is not. A slip in a number costs its half point only where the reason rests on that number. Do not deduct for language.
#
# **The facts.** MIMIC-CXR has 377,110 images of 227,835 studies from the Beth Israel Deaconess Medical Center in Boston; access is for credentialed users who have signed the data use agreement (PhysioNet, MIMIC-CXR Database, version 2.0.0, 19 September 2019). Sizes and conditions change with versions.
# ### END SOLUTION

# %% [markdown]
# ## Your points so far

# %%
check.points_so_far()
