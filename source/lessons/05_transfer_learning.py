# %% [markdown]
# # 5 · Transfer learning on ResNet50
#
# You have twenty labelled pictures of each class, and a network with nearly 24 million weights. Can that work?
# Trained on those pictures alone, it cannot. But a network that has learned to see somewhere else can lend you its sight.
#
# **You will**
#
# - *count* what training a deep network costs;
# - *borrow* a trained network, compare three ways to use it, and see where it helps and where it hurts;
# - *avoid* two traps of fine-tuning.
#
# About 50 minutes. The next cell loads TensorFlow: some seconds.

# %%
import math
import time
from functools import cache

import numpy as np
import pandas as pd
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
# ResNet50 (He and others, 2016) has 50 layers with weights, nearly all of them convolutions. Each weight of a convolution is multiplied once for every place of its output. So we can count. (Our network takes pictures of 48 × 48; `SIDES` translates.)
#
# **Predict first:** how many multiplications does one photograph of 224 × 224 pixels cost? A million, a hundred million, some thousand million?

# %%
sight = models.resnet50(weights="course")
convolutions = [layer for layer in sight.layers if layer.name.endswith("conv")]
SIDES = {24: 112, 12: 56, 6: 28, 3: 14, 2: 7}  # of a layer's output, for 48 and for 224 pixels

def multiplications(side_of):
    return sum(side_of(layer.output.shape[1]) ** 2 * math.prod(layer.kernel.shape)
               for layer in convolutions)

once, once_small = multiplications(SIDES.get), multiplications(int)
print(f"{sight.count_params():,} weights, {once:,} multiplications for one photograph")

# %% [markdown]
# Training needs about three times that: once forward, twice to find the gradient. ImageNet's 1.28 million photographs are usually shown 90 times.

# %%
training = 3 * once * 1_280_000 * 90
print(f"{training:.1e} multiplications; in 14 days, {training / (14 * 86_400):.1e} a second")

# %%
claim("The count is between one and two times 10 to the power of 18.",
      1e18 < training < 2e18)

# %% [markdown]
# You, Zhang, Hsieh, Demmel and Keutzer ([*ImageNet Training in Minutes*, 2017](https://arxiv.org/abs/1709.05011)) also say $10^{18}$ operations: 14 days on one graphics card, an NVIDIA M40. That is about a million million each second, day and night.
#
# So most people do not train such networks. They borrow one.
#
# ## What do you borrow?
#
# Ask of every network that you did not train yourself: what has it seen? Ours comes with a card.

# %%
models.card("course")

# %% [markdown]
# It has never seen a digit or a photograph. Our task has both: real handwritten digits, bent and coloured, on crops of real photographs. We call it *digits in the wild*.

# %%
X, y = data.draw_wild_digits(rng, 20, part="learn")
X_test, y_test = data.draw_wild_digits(rng, 30, part="test")
plots.plot_sheet(X.reshape(10, 20, 48, 48, 3)[:, :8].reshape(80, 48, 48, 3), columns=16,
                 alt="Eight pictures of each digit in random colours on crops of photographs.");

# %% [markdown]
# The first layer compares each spot of a picture with 64 small *filters*. Nobody drew them; training made them out of noise. Here they are, the smoothest first.

# %%
filters = sight.get_layer("conv1_conv").kernel.numpy()[:, :, ::-1].transpose(3, 0, 1, 2)
rough = [np.abs(np.diff(each, axis=0)).mean() / each.std() for each in filters]
low, high = (f(filters, axis=(1, 2, 3), keepdims=True) for f in (np.min, np.max))
plots.plot_sheet(((filters - low) / (high - low))[np.argsort(rough)], columns=16,
                 alt="The 64 filters of the first layer, 7 by 7 pixels. The first ones show edges "
                     "and bars, the last ones look like noise.");

# %% [markdown]
# Edges and bars in several directions; and noise that training has not removed.
#
# Deeper layers look at what the layers before them found. ResNet50 has five *stages*. Here is how four *channels* of an early, a middle and a late one respond to a picture.

# %%
ENDS = ["conv1_relu", "conv2_block3_out", "conv3_block4_out", "conv4_block6_out", "conv5_block3_out"]
maps = [sight.get_layer(name).output for name in ENDS]
responses = keras.Model(sight.input, maps)(models.preprocess(X_test[100:101]))
plots.plot_responses(X_test[100], {"early (stage 1)": responses[0], "middle (stage 3)": responses[2],
                                   "late (stage 4)": responses[3]});

# %% [markdown]
# Early channels trace edges; you still recognise the picture. Late ones have a few large squares, and each says how much of *something* is there.
#
# The mean of a channel over the picture is one number. The last stage has 2,048 channels; their means are the *features* of a picture. Each picture passes through the network once, and we keep the means of all five stages. (And the map of stage 4, for later.)

# %%
mean = keras.layers.GlobalAveragePooling2D()
eyes = keras.Model(sight.input, [*map(mean, maps), maps[3]])

def look(pictures):
    return eyes.predict(models.preprocess(pictures), verbose=0)

*stages, before_last = look(X)
*stages_test, before_last_test = look(X_test)
F, F_test = stages[4], stages_test[4]

# %% [markdown]
# Whom do the features put side by side? For some test pictures, here is the nearest of our 200: by pixels, and by features.

# %%
def nearest(these, those):
    these, those = ((each - those.mean(axis=0)) / (those.std(axis=0) + 1e-6) for each in (these, those))
    these, those = (each / np.linalg.norm(each, axis=1, keepdims=True) for each in (these, those))
    return (these @ those.T).argmax(axis=1)

P, P_test = (pictures.reshape(len(pictures), -1) / np.float32(255) for pictures in (X, X_test))
by_pixels, by_features = nearest(P_test, P), nearest(F_test, F)

shown = np.arange(20, 300, 30)
plots.plot_sheet(np.concatenate([X_test[shown], X[by_pixels[shown]], X[by_features[shown]]]),
                 titles=("picture", "nearest by pixels", "nearest by features"),
                 alt="Ten pictures, one of each digit, and for each its nearest labelled picture: "
                     "by pixels one of similar colours, by features often the same digit.");

# %%
same_by_pixels, same_by_features = (np.mean(y[each] == y_test) for each in (by_pixels, by_features))
claim("The nearest picture shows the same digit at least twice as often by features as by pixels.",
      same_by_features >= 2 * same_by_pixels)

# %% [markdown]
# Pixels find similar colours. Features find similar strokes, in any colour, on any ground. That is the sight we borrow.
#
# ## One look, then a simple model
#
# The cheapest way to use it: leave the network as it is, *frozen*, and train only a linear classifier on its features, the *head*. **Predict first:** what does the same head reach on pixels? (Guessing gives 10 %.)

# %%
def head():
    return make_pipeline(StandardScaler(), RidgeClassifierCV(np.logspace(0, 6, 13)))

frozen, pixels = head().fit(F, y).score(F_test, y_test), head().fit(P, y).score(P_test, y_test)
print(f"frozen features {frozen:.0%}, pixels {pixels:.0%}")

# %%
claim("With 20 labels a digit, a linear head is right at least 40 points more often on borrowed features than on pixels.",
      frozen - pixels >= 0.4)

# %% [markdown]
# Features that are kept (*bottleneck features*) make every further head cheap. If the pictures passed the frozen network in each of 50 epochs, the same features would come out each time. Let us measure it. Mind the logarithmic axis.

# %%
start = time.perf_counter()
look(X)
one_pass = time.perf_counter() - start
start = time.perf_counter()
head().fit(F, y)
one_head = time.perf_counter() - start

speed = len(X) * once_small / one_pass
plots.plot_times({"a head on kept features": one_head, "one pass, 200 small pictures": one_pass,
                  "50 epochs of passes": 50 * one_pass, "ImageNet, card of 2017": 14 * 86_400,
                  "ImageNet, this computer": training / speed});

# %%
claim("Features that are kept save at least four fifths of the time of 50 epochs through the frozen network.",
      one_pass + one_head < 50 * one_pass / 5)

# %% [markdown]
# ## Three ways, many draws
#
# One draw of labels proves little. So we repeated this for many draws (the script is `benchmarks/transfer.py`), for our digits and for *materials* (grey patches of brick, grass, gravel, fur, tissue, moon, print and coins), and in two more ways. *Tuned* trains the last stage of the borrowed network too. *Scratch* trains all of ResNet50 on the labelled pictures alone. Both got three learning rates and stopped when held-out labels no longer improved. *Random* is frozen, with random weights. Bars are the spread over ten draws.
#
# **Predict first:** how many labels does *scratch* need to catch up?

# %%
measured = data.load_transfer()
figure, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.6), sharey=True)
for ax, task, title in ((left, "digits_wild", "digits in the wild"), (right, "materials", "materials")):
    plots.plot_accuracy_by_labels(measured[measured["task"] == task], title=title, ax=ax)
left.get_legend().remove()
right.set_ylabel("")
said = measured.groupby(["task", "labels", "way"])["accuracy"].agg(["mean", "std"])
plots.describe(figure, "Accuracy against labels for both tasks. Frozen and tuned rise with the labels, far above "
                       "scratch, random and pixels. The next cell has the numbers.");

# %%
means = said["mean"].unstack()
print(f"{measured.attrs['command']}, {measured.attrs['date']}")
(100 * means.loc[(slice(None), [5, 20]), :]).round(1)

# %%
without = ["scratch", "random", "pixels"]
lead = means["frozen"] - means[without].max(axis=1)
claim("With 5 labels a class, frozen features beat all ways without borrowing by at least 30 points for digits and 15 for materials.",
      lead["digits_wild", 5] >= 0.3 and lead["materials", 5] >= 0.15)

# %%
gain = (means["tuned"] - means["scratch"]).dropna()
claim("Wherever both were measured, tuning a borrowed network beats training from scratch by at least 10 points.",
      len(gain) >= 3 and gain.min() >= 0.1)

# %%
mean_at_20, spread = said.loc["digits_wild", 20, "frozen"]
error = 0.03  # the standard error of a share of 300 pictures
claim("The accuracy of the frozen features on this page agrees with the benchmark's draws.",
      abs(frozen - mean_at_20) < 3 * math.hypot(spread, error))

# %% [markdown]
# *Scratch* hardly leaves the ground with so few labels. Nor does *random* for the digits: not the shape of the network helps, but what it has *learned*.
# Whether tuning beats freezing depends on task and labels, and it always costs more: a learning rate, a moment to stop, labels held out to choose both. So begin with frozen features.
#
# ## Where does the sight sit?
#
# You need not take the last stage. Move `stage` to cut the network off earlier, and `labels` to have fewer or more. Kept features answer, so nothing waits for the network.

# %%
X_more, y_more = data.draw_wild_digits(rng, 30, part="learn")
y_all = np.concatenate([y, y_more])
kept = [np.concatenate(pair) for pair in zip(stages, look(X_more))]
mixed = [rng.permutation(np.flatnonzero(y_all == digit)) for digit in range(10)]

@cache
def accuracy(labels, stage):
    rows = np.concatenate([each[:labels] for each in mixed])
    scale = StandardScaler().fit(kept[stage - 1][rows])
    Z, Z_test = scale.transform(kept[stage - 1][rows]), scale.transform(stages_test[stage - 1])
    W = Z.T @ np.linalg.solve(Z @ Z.T + 1000 * np.eye(len(Z)), np.eye(10)[y_all[rows]])
    return np.mean((Z_test @ W).argmax(axis=1) == y_test)

def draw(ax, labels, stage):
    shares = [100 * accuracy(labels, k) for k in range(1, 6)]
    bars = ax.bar(range(1, 6), shares, color=[plots.PALETTE["blue" if k == stage else "sky"] for k in range(1, 6)])
    ax.bar_label(bars, fmt="%.0f")
    ax.set(xlabel="stage after which the network is cut", ylabel="test accuracy (%)", ylim=(0, 100),
           title=f"{labels} labels a digit, {kept[stage - 1].shape[1]:,} features of stage {stage}: {shares[stage - 1]:.0f} %")

widgets.interactive_figure(
    draw, labels=(1, 50, 1, 5), stage=(1, 5, 1, 5),
    alt="Test accuracy of a linear head on the features of each of the five stages of ResNet50.")

# %%
claim("With 50 labels a digit, the last stage is at least 30 points better than the first.",
      accuracy(50, 5) - accuracy(50, 1) >= 0.3)

# %% [markdown]
# For digits the sight grows from stage to stage. And for *materials*? And for *light*: our pictures again, each in one of six tints, and the tint is to be named? **Predict first:** where would you cut for each?

# %%
TINTS = np.array([[12, 9, 9], [9, 12, 9], [9, 9, 12], [11, 11, 8], [11, 8, 11], [8, 11, 11]]) / 10

def tint(pictures):
    which = rng.integers(6, size=len(pictures))
    return np.clip(pictures * TINTS[which][:, None, None], 0, 255).astype("uint8"), which

def by_stage(learn, test):
    pairs = zip(look(learn[0])[:5], look(test[0])[:5])
    return [head().fit(these, learn[1]).score(those, test[1]) for these, those in pairs]

tinted, tinted_test = tint(X), tint(X_test)
tasks = pd.DataFrame({
    "digits": [accuracy(20, stage) for stage in range(1, 6)],
    "materials": by_stage(data.draw_materials(rng, 20, "learn"), data.draw_materials(rng, 60, "test")),
    "light": by_stage(tinted, tinted_test)}, index=range(1, 6))
plots.plot_accuracy_by_stage(tasks, guessing={"digits": 1 / 10, "materials": 1 / 8, "light": 1 / 6});

# %%
claim("For materials a middle stage beats the last one by at least 3 points.",
      tasks.loc[2:4, "materials"].max() - tasks.loc[5, "materials"] >= 0.03)

# %% [markdown]
# ## When borrowing hurts
#
# This network learned to name characters *in any colour*. So, stage by stage, it learned to overlook colour. Here is the light once more, from three numbers that need no network at all.

# %%
means, means_test = (pictures.mean(axis=(1, 2)) for pictures in (tinted[0], tinted_test[0]))
by_colour = head().fit(means, tinted[1]).score(means_test, tinted_test[1])
print(f"2,048 borrowed features {tasks.loc[5, 'light']:.0%}, mean red, green and blue {by_colour:.0%}")

# %%
claim("For the light, the mean red, green and blue beat all features of the last stage by at least 8 points.",
      by_colour - tasks.loc[5, "light"] >= 0.08)

# %% [markdown]
# So run a plain baseline beside every borrowed network. And read the card: the nearer your task is to what it has seen, the later you can cut.
#
# ## With ImageNet's weights
#
# Most people borrow from ImageNet. Where `course prepare --imagenet` has fetched those weights (95 MB), this part repeats the comparison.

# %%
def with_imagenet(network):
    found = {}
    for task, draw_pictures in (("digits_wild", data.draw_wild_digits), ("materials", data.draw_materials)):
        (A, a), (B, b) = draw_pictures(rng, 20, "learn"), draw_pictures(rng, 30, "test")
        U, V = (network.predict(models.preprocess(each), verbose=0) for each in (A, B))
        found[task] = head().fit(U, a).score(V, b)
    return found

if models.have_imagenet():
    print(pd.DataFrame({"ImageNet, this page": with_imagenet(models.resnet50(weights="imagenet")),
                        "course, benchmark": means["frozen"].xs(20, level="labels")}).round(2))
else:
    print("The ImageNet weights are not here. To fetch them: course prepare --imagenet")

# %% [markdown]
# If they are not here, what would you expect? That network has seen a million photographs of things: materials should suit it better than strokes. But it saw large pictures. Enlarging ours to 224 × 224 may help, for some 20 times the multiplications. These are guesses from its card: measure.

# %%
models.card("imagenet")

# %% [markdown]
# ## Two traps of fine-tuning
#
# Now we train the last stage on our pictures. The stages before it stay frozen, so their output, too, is computed once: the map that we kept.

# %%
body, stage = keras.Model(sight.input, maps[3]), keras.Model(maps[3], sight.output)
scale, ridge = head().fit(F, y)[:2]
last = keras.layers.Dense(10)
tuned = keras.Sequential([stage, last])
tuned.build((None, *before_last.shape[1:]))
last.set_weights([3 * (ridge.coef_ / scale.scale_).T,
                  3 * (ridge.intercept_ - ridge.coef_ @ (scale.mean_ / scale.scale_))])
borrowed = tuned.get_weights()

# %% [markdown]
# `tuned` answers as our head did, for its last layer *is* that head. (The factor 3 makes it surer of itself; the answers stay.)
#
# **The first trap** is *BatchNorm*. These layers subtract the mean of each channel and divide by its spread. In training they take both from the batch at hand, and keep a running average for later. **Predict first:** we pass our pictures through the stage in training mode, four at a time, and change no weight. What happens to the accuracy?

# %%
def right():
    return np.mean(tuned.predict(before_last_test, verbose=0).argmax(axis=1) == y_test)

def pass_in_training_mode():
    tuned.set_weights(borrowed)
    for first in range(0, len(y), 4):
        stage(before_last[first:first + 4], training=True)  # no gradient, no step
    return right()

before, spoiled = right(), pass_in_training_mode()
print(f"before {before:.0%}, after {spoiled:.0%}")

# %%
claim("With nothing learned at all, running averages from batches of four cost at least 2 points.",
      before - spoiled >= 0.02)

# %% [markdown]
# It is another network now. Four pictures, sorted by digit, make poor averages, and the head was made for the old ones.
# The way out: freeze the BatchNorm layers. In Keras `trainable = False` also stops their averaging.

# %%
for layer in stage.layers:
    layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)

claim("With BatchNorm frozen, the same pass changes nothing.", pass_in_training_mode() == before)

# %% [markdown]
# **The second trap** is the learning rate. A network that starts from nothing needs large steps. What do they do to one that already sees?

# %%
optimizer = keras.optimizers.SGD()
tuned.compile(optimizer, keras.losses.SparseCategoricalCrossentropy(from_logits=True))

def tune(rate):
    keras.utils.set_random_seed(lesson_seed())  # the same order of pictures for each rate
    tuned.set_weights(borrowed)
    optimizer.learning_rate = rate
    tuned.fit(before_last, y, batch_size=20, epochs=4, verbose=0)
    return right()

def fingerprints(network):
    return [hash(value.numpy().tobytes()) for value in network.weights]

frozen_part, trained_part = fingerprints(body), fingerprints(stage)
tried = {rate: tune(rate) for rate in widgets.waiting((0.001, 0.01, 1), "learning rates")}
assert fingerprints(body) == frozen_part and fingerprints(stage) != trained_part
print(f"before {before:.0%};", ", ".join(f"rate {rate:g}: {share:.0%}" for rate, share in tried.items()))

# %% [markdown]
# The `assert` makes sure that no weight before the last stage has moved. Write one whenever you freeze something.

# %%
claim("A learning rate of 1 destroys at least 20 points of borrowed sight, one of 0.001 costs 2 at most.",
      tried[1] <= before - 0.2 and tried[0.001] >= before - 0.02)

# %% [markdown]
# ## Three quick questions

# %%
quiz("05")

# %% [markdown]
# ## Summary
#
# - Training ResNet50 costs $10^{18}$ multiplications. Its features cost one look at each picture.
# - Begin with frozen features, a linear head and a plain baseline. Read the card: where your task is far from what the network has seen, cut earlier, or do not borrow.
# - Fine-tune only in small steps, with BatchNorm frozen, and check that what is frozen does not move.
#
# **Next:** [lab 05](../labs/lab05_transfer_learning/lab05_transfer_learning.ipynb) lets you prepare pictures, extract features, freeze layers, and judge a model for a hospital. Then comes the third part of the course: machines that see people.

# %%
progress(finished="05")
