# %% [markdown]
# # 5 · Transfer learning on ResNet50
#
# You have twenty labelled pictures of each class, and a network with 23 million weights. Can that work?
# Trained on those pictures alone, it cannot. But a network that has learned to see somewhere else can lend you its sight.
#
# **You will**
#
# - *count* what training a deep network costs;
# - *borrow* a trained network in three ways and compare them with doing without;
# - *avoid* two traps, and recognise a task on which borrowing hurts.
#
# About 50 minutes. The next cell loads TensorFlow, which takes some seconds.

# %%
import math
import time

import numpy as np
from matplotlib import pyplot as plt
from sklearn.linear_model import RidgeClassifierCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from course_utils import claim, data, lesson_seed, models, plots, progress, quiz, widgets

models.quiet(onednn=True)  # before TensorFlow is loaded
import keras

plots.use_style()
keras.utils.set_random_seed(lesson_seed())
rng = np.random.default_rng(lesson_seed())

# %% [markdown]
# ## What does training cost?
#
# ResNet50 (He and others, 2016) is a chain of 50 layers with weights, most of them convolutions. Each weight of a convolution is multiplied once for every place of its output. So we can count.
#
# **Predict first:** how many multiplications does one photograph of 224 × 224 pixels cost, roughly? A million, a hundred million, a few thousand million?

# %%
def multiplications(network):
    convolutions = [layer for layer in network.layers if layer.name.endswith("conv")]
    return sum(math.prod(layer.output.shape[1:3]) * math.prod(layer.kernel.shape)
               for layer in convolutions)

giant = keras.applications.ResNet50(weights=None)
once = multiplications(giant)
print(f"{giant.count_params():,} weights, {once:,} multiplications for one picture")

# %% [markdown]
# Training needs about three times that for each picture: once forward, twice to find the gradient. The usual training on ImageNet shows its 1.28 million photographs 90 times.

# %%
whole_training = 3 * once * 1_280_000 * 90
f"{whole_training:.1e}"

# %% [markdown]
# You, Zhang, Hsieh and Demmel ([*ImageNet Training in Minutes*, 2017](https://arxiv.org/abs/1709.05011)) say the same, about $10^{18}$ operations, and that one graphics card of the time (NVIDIA M40) needs 14 days for them.
# How long would the computer take that runs this page? Let it look at some smaller pictures.

# %%
small = models.resnet50(weights=None, input_shape=(48, 48, 3))
X_test, y_test = data.draw_wild_digits(rng, 40, part="test")

small.predict(models.preprocess(X_test[:64]), verbose=0)  # the first call also builds the graph
start = time.perf_counter()
small.predict(models.preprocess(X_test[:128]), verbose=0)
speed = 128 * multiplications(small) / (time.perf_counter() - start)
print(f"{whole_training / speed / 86_400:,.0f} days")

# %%
claim("Trained from scratch on ImageNet, ResNet50 would keep this computer busy for longer than the 14 days of 2017's graphics card.",
      whole_training / speed > 14 * 86_400)

# %% [markdown]
# So most people do not train such networks. They borrow one.
#
# ## What do you borrow?
#
# Ask this of every network that you did not train yourself: what has it seen? Ours comes with a card.

# %%
sight = models.resnet50(weights="course")
models.card("course")

# %% [markdown]
# It has never seen a digit or a photograph. Our task has both: real handwritten digits, bent, coloured and laid over crops of real photographs. We call it *digits in the wild*.

# %%
X, y = data.draw_wild_digits(rng, 20, part="learn")
plots.plot_sheet(X.reshape(10, 20, 48, 48, 3)[:, :8].reshape(80, 48, 48, 3), columns=16,
                    alt="Eight pictures of each digit in random colours on crops of photographs.");

# %% [markdown]
# What does the network make of a picture? Its first layer compares each spot with 64 small patterns, the *filters*. Nobody drew these; training found them.

# %%
filters = sight.get_layer("conv1_conv").kernel.numpy()[:, :, ::-1].transpose(3, 0, 1, 2)
low, high = (f(filters, axis=(1, 2, 3), keepdims=True) for f in (np.min, np.max))
plots.plot_sheet((filters - low) / (high - low), columns=16,
                    alt="The 64 filters of the first layer, 7 by 7 pixels: edges, bars and "
                        "spots in several directions and colours.");

# %% [markdown]
# Deeper layers look at what the layers before them found. Here is how strongly four *channels* of an early, a middle and a late layer respond, spot by spot, to one picture.

# %%
cuts = ["conv1_relu", "conv2_block3_out", "conv3_block4_out", "conv4_block6_out", "conv5_block3_out"]
layers = keras.Model(sight.input, [sight.get_layer(name).output for name in cuts])
responses = layers.predict(models.preprocess(X_test[70:71]), verbose=0)

rows = []
for response in (responses[0], responses[2], responses[3]):
    strongest = np.argsort(response[0].std(axis=(0, 1)))[-4:]
    rows += [np.kron(response[0, ..., k], np.ones((48 // response.shape[1],) * 2)) for k in strongest]
figure, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.6), width_ratios=(1, 4))
plots.plot_sheet(X_test[70:71], alt="A picture.", ax=left)
plots.plot_sheet(rows, columns=4, titles=("early", "middle", "late"), ax=right,
                    alt="A digit, and four channels each of an early, a middle and a late layer: "
                        "early ones trace edges, late ones answer for large parts of the picture.");

# %% [markdown]
# Early channels trace edges and spots of colour; you can still recognise the picture. Late ones divide it into few large squares, and each says how much of *something* is there. The mean of each late channel over the picture is one number. Two thousand and forty-eight of them are the *features* of a picture.
#
# Whom do the features put side by side? For each test picture we look for the most similar one among the 200 labelled ones, once by pixels, once by features.

# %%
def features(network, pictures):
    return network.predict(models.preprocess(pictures), verbose=0)

def nearest(these, those):
    these, those = ((each - those.mean(axis=0)) / (those.std(axis=0) + 1e-6) for each in (these, those))
    these, those = (each / np.linalg.norm(each, axis=1, keepdims=True) for each in (these, those))
    return (these @ those.T).argmax(axis=1)

F, F_test = features(sight, X), features(sight, X_test)
by_pixels = nearest(X_test.reshape(400, -1) / 255, X.reshape(200, -1) / 255)
by_features = nearest(F_test, F)

shown = np.arange(20, 400, 40)
plots.plot_sheet(np.concatenate([X_test[shown], X[by_pixels[shown]], X[by_features[shown]]]),
                    titles=("picture", "nearest by pixels", "nearest by features"),
                    alt="Ten pictures, one of each digit, and for each its nearest labelled picture: "
                        "by pixels one of similar colours, by features often the same digit.");

# %%
same_by_pixels, same_by_features = (np.mean(y[each] == y_test) for each in (by_pixels, by_features))
claim("The nearest picture shows the same digit at least three times as often by features as by pixels.",
      same_by_features >= 3 * same_by_pixels)

# %% [markdown]
# Pixels find similar colours. Features find similar strokes, in any colour and on any ground. That is the sight we borrow.
#
# ## One look, then a simple model
#
# The cheapest way to use it: leave the network as it is, *frozen*, and put a linear classifier on its features, the *head*.

# %%
def head():
    return make_pipeline(StandardScaler(), RidgeClassifierCV(np.logspace(0, 6, 13)))

frozen = head().fit(F, y).score(F_test, y_test)
random = head().fit(features(small, X), y).score(features(small, X_test), y_test)
pixels = head().fit(X.reshape(200, -1) / 255, y).score(X_test.reshape(400, -1) / 255, y_test)
print(f"frozen {frozen:.0%}, the same with random weights {random:.0%}, raw pixels {pixels:.0%}")

# %%
claim("With 20 labels a digit, a linear head on borrowed features is right at least 40 points more often than on raw pixels or on random features.",
      frozen - max(pixels, random) >= 0.4)

# %% [markdown]
# It is not the 23 million weights that help, nor the shape of the network: with random weights it is as blind as the pixels. What it has *learned* helps.
#
# The features are computed once. Training the head again and again costs nothing more. If instead the pictures went through the network in each of, say, 50 epochs, they would pass it 50 times, and come out the same each time.

# %%
start = time.perf_counter()
features(sight, X)
one_pass = time.perf_counter() - start
start = time.perf_counter()
head().fit(F, y)
one_head = time.perf_counter() - start
print(f"one pass {one_pass:.2f} s, one head {one_head:.2f} s")

# %%
claim("Features that are computed once save at least nine tenths of the time of 50 epochs through the frozen network.",
      one_pass + one_head < 0.1 * 50 * one_pass)

# %% [markdown]
# ## Three ways, many draws
#
# One draw of labels proves little. So [benchmarks/transfer.py](../benchmarks/transfer.py) repeated all of this for ten draws and several numbers of labels, and trained two more ways for comparison. *Tuned* also trains the last stage of the borrowed network. *Scratch* trains all of ResNet50 on the labelled pictures alone. Both got three learning rates, and stopped when a held-out fifth of the labels no longer improved.
#
# **Predict first:** how many labels a digit does *scratch* need to catch up?

# %%
measured = data.load_transfer()
digits = measured[measured["task"] == "digits_wild"]
plots.plot_accuracy_by_labels(digits, title="digits in the wild")
print(f"{measured.attrs['command']}, {measured.attrs['date']}")

# %%
at_20 = digits[digits["labels"] == 20].groupby("way")["accuracy"].agg(["mean", "std"])
claim("The accuracy of this page's frozen features agrees with the ten draws of the benchmark.",
      abs(frozen - at_20.loc["frozen", "mean"]) < 3 * math.hypot(at_20.loc["frozen", "std"], 0.025))

# %% [markdown]
# (0.025 is the standard error of a share measured on our 400 pictures.)
#
# *Scratch* is nowhere near. Where does all the sight sit? Move the slider `stage` to cut the network off earlier. Everything is answered from the features that we have.

# %%
X_more, y_more = data.draw_wild_digits(rng, 30, part="learn")
X_all, y_all = np.concatenate([X, X_more]), np.concatenate([y, y_more])
at = [[each.mean(axis=(1, 2)) for each in layers.predict(models.preprocess(pictures), verbose=0)]
      for pictures in (X_all, X_test)]
first_of = [rng.permutation(np.flatnonzero(y_all == digit)) for digit in range(10)]

def accuracy(labels, stage):
    rows = np.concatenate([each[:labels] for each in first_of])
    scale = StandardScaler().fit(at[0][stage - 1][rows])
    Z, Z_test = scale.transform(at[0][stage - 1][rows]), scale.transform(at[1][stage - 1])
    weights = Z.T @ np.linalg.solve(Z @ Z.T + 1000 * np.eye(len(Z)), np.eye(10)[y_all[rows]])
    return np.mean((Z_test @ weights).argmax(axis=1) == y_test)

def draw(ax, labels, stage):
    ax.bar(range(1, 6), [100 * accuracy(labels, k) for k in range(1, 6)],
           color=[plots.PALETTE["blue" if k == stage else "sky"] for k in range(1, 6)])
    ax.set(xlabel="stage at which the network is cut", ylabel="test accuracy (%)", ylim=(0, 100),
           title=f"{labels} labels a digit, cut after stage {stage}: {accuracy(labels, stage):.0%}")

widgets.interactive_figure(
    draw, labels=(1, 50, 1, 5), stage=(1, 5, 1, 5),
    alt="Test accuracy of a linear head on the output of each stage of ResNet50.")

# %%
claim("With 50 labels a digit, the last stage is at least 30 points better than the first.",
      accuracy(50, 5) - accuracy(50, 1) >= 0.3)

# %% [markdown]
# The sight grows from stage to stage. For other tasks an earlier cut can be better: the last stage knows most about *letters*.
#
# ## Two traps of fine-tuning
#
# Can we train the last stage a little further, on our own pictures? The stages before it stay frozen, so their outputs too are computed once.

# %%
copy = models.resnet50(weights="course")
body = keras.Model(copy.input, copy.get_layer("conv4_block6_out").output)
stage = keras.Model(body.output, copy.output)
B, B_test = features(body, X), features(body, X_test)
start_weights = stage.get_weights()

scale, ridge = head().fit(F, y)[:2]
last = keras.layers.Dense(10)
tuned = keras.Sequential([stage, last])
tuned.build((None, *B.shape[1:]))
last.set_weights([3 * (ridge.coef_ / scale.scale_).T,
                  3 * (ridge.intercept_ - ridge.coef_ @ (scale.mean_ / scale.scale_))])

# %% [markdown]
# `tuned` gives the same answers as our linear head, for its last layer *is* that head. (The factor 3 makes it surer of itself; the answers stay.)
#
# **The first trap** hides in *BatchNorm*. These layers subtract the mean and divide by the spread of each channel. In training they take both from the current batch, and keep a running average for later. **Predict first:** we show the stage our pictures in batches of four, in training mode, with a learning rate of *zero*. What happens to the accuracy?

# %%
def right(network):
    return np.mean(network.predict(B_test, verbose=0).argmax(axis=1) == y_test)

before = right(tuned)
for first in range(0, len(B), 4):
    stage(B[first:first + 4], training=True)  # no gradient, no step
after = right(tuned)
print(f"before {before:.0%}, after {after:.0%}")

# %%
claim("With nothing learned at all, running averages from batches of four cost at least 2 points.",
      before - after >= 0.02)

# %% [markdown]
# No weight was trained, and yet the network is another one. Four pictures, sorted by digit as they come, make poor averages, and the head was made for the old ones.
# The way out: keep the BatchNorm layers of a borrowed network frozen. In Keras, `trainable = False` also keeps them from averaging.

# %%
stage.set_weights(start_weights)
for layer in stage.layers:
    layer.trainable = not layer.name.endswith("_bn")

optimizer = keras.optimizers.Adam()
tuned.compile(optimizer, keras.losses.SparseCategoricalCrossentropy(from_logits=True))
head_weights = last.get_weights()

def tune(rate, epochs=4):
    stage.set_weights(start_weights)
    last.set_weights(head_weights)
    for value in optimizer.variables:
        value.assign(np.zeros(value.shape))
    optimizer.learning_rate = rate
    tuned.fit(B, y, batch_size=20, epochs=epochs, verbose=0)
    return right(tuned)

# %% [markdown]
# **The second trap** is the learning rate. A network that starts from nothing needs large steps; one that already sees needs small ones.

# %%
untouched = [value.numpy() for value in body.weights]
tried = {rate: tune(rate) for rate in widgets.waiting((0.00001, 0.0001, 0.01), "learning rates")}
assert all(np.array_equal(old, new.numpy()) for old, new in zip(untouched, body.weights))
print(f"before {before:.0%};", ", ".join(f"rate {rate:g}: {share:.0%}" for rate, share in tried.items()))

# %%
claim("A learning rate of 0.01 destroys at least 5 points of borrowed sight, one of 0.00001 costs 2 at most.",
      tried[0.01] <= before - 0.05 and tried[0.00001] >= before - 0.02)

# %% [markdown]
# (The `assert` makes sure that no weight before the last stage has moved. Write one whenever you freeze something.)
#
# With this few labels, fine-tuning wins little or nothing over the frozen features; look again at *tuned* in the figure above. It pays when you have more labels.
#
# ## When borrowing hurts
#
# A network that learned to overlook something cannot tell you about it. Ours learned to name characters in any colour. So let us ask for the colour of the light: each picture gets one of six tints.

# %%
TINTS = np.array([[12, 9, 9], [9, 12, 9], [9, 9, 12], [11, 11, 8], [11, 8, 11], [8, 11, 11]]) / 10

def tint(pictures):
    which = rng.integers(6, size=len(pictures))
    return np.clip(pictures * TINTS[which][:, None, None], 0, 255).astype("uint8"), which

(T, colour), (T_test, colour_test) = tint(X), tint(X_test)
by_sight = head().fit(features(sight, T), colour).score(features(sight, T_test), colour_test)
by_mean = head().fit(T.mean(axis=(1, 2)), colour).score(T_test.mean(axis=(1, 2)), colour_test)
print(f"2,048 borrowed features {by_sight:.0%}, mean red, green and blue {by_mean:.0%}")

# %% [markdown]
# Three numbers that anybody can compute do as well as two thousand borrowed ones, or better. And here is a task between the two: *materials*, patches of photographs of brick, grass, gravel, fur, tissue, moon, print and coins, without colour.

# %%
materials = measured[measured["task"] == "materials"]
plots.plot_accuracy_by_labels(materials, title="materials");

# %% [markdown]
# The drawn textures of the pretraining help with real ones, but less than drawn characters help with real digits. The further the task from what the network has seen, the less there is to borrow.
#
# ## With ImageNet's weights
#
# Most people borrow from ImageNet. Those weights are a download of 95 MB, so this part runs only where `course prepare --imagenet` has fetched them.

# %%
if models.have_imagenet():
    photographs = models.resnet50(weights="imagenet")
    imagenet = head().fit(features(photographs, X), y).score(features(photographs, X_test), y_test)
    print(f"digits in the wild, 20 labels a digit: ImageNet {imagenet:.0%}, the course's {frozen:.0%}")
else:
    print("The ImageNet weights are not here. To fetch them: course prepare --imagenet")

# %% [markdown]
# What to expect? It has seen a million photographs, so photographs of things should suit it best. But it saw them large, and our pictures have 48 × 48 pixels: try enlarging them. Measure, and do not take our word.

# %%
models.card("imagenet")

# %% [markdown]
# ## Three quick questions

# %%
quiz("05")

# %% [markdown]
# ## Summary
#
# - ResNet50 costs 10^18 operations to train. Its features cost one look at each picture.
# - Start with frozen features and a linear head. With few labels that beats training from scratch by far. Fine-tune only with small steps, and with BatchNorm frozen.
# - Read the card: a network helps with what resembles the pictures it has seen, and is blind to what it has learned to overlook.
#
# **Next:** [lab 05](../labs/lab05_transfer_learning/lab05_transfer_learning.ipynb) lets you prepare pictures, extract features, freeze layers, and judge a model for a hospital. Then comes the third part of the course: machines that see people.

# %%
progress(finished="05")
