# %% [markdown]
# # 8 · Who does it fail?
#
# Lesson 07 showed that errors pile up on some people. Do they pile up on some *groups*?
# Claims about this are easily made from a handful of pictures. So we build an audit in which the truth is known.
#
# **You will**
#
# - *audit* a system one attribute at a time, with each person as their own comparison;
# - *decide* how many faces a claim about a group needs;
# - *tell apart* what an audit measured, what caused it, and what people made of it.
#
# About 50 minutes.

# %%
import numpy as np
import pandas as pd
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_effectsize

from course_utils import claim, faces, lesson_seed, plots, progress, quiz, widgets

plots.use_style()
rng = np.random.default_rng(lesson_seed())

# %% [markdown]
# ## Five pictures prove nothing
#
# Somebody tests a system on five people of a group. All five are recognised. "No problem with this group."
#
# **Predict first:** up to which error rate would this result still be unsurprising?

# %%
none_wrong = {f"none of {n} wrong": faces.rate(0, n) for n in (5, 50, 500, 5000)}
plots.plot_intervals({name: (0, 0, 100 * rate.high) for name, rate in none_wrong.items()},
                     xlabel="error rate that fits, in % (95 % interval)", title="What no error means");

# %%
claim("Five people without an error still fit a system that fails four people in ten.", none_wrong["none of 5 wrong"].high > 0.4)

# %% [markdown]
# The same goes for a difference between groups. Suppose a system fails 2 % of one group and 6 % of another: three times as many. We invent that world, and audit it a thousand times.

# %%
def seen_as_worse(n, worlds=1000):
    better, worse = rng.binomial(n, 0.02, worlds), rng.binomial(n, 0.06, worlds)
    return {"shows it": np.mean(worse > better), "shows nothing": np.mean(worse == better),
            "shows the opposite": np.mean(worse < better)}

pd.DataFrame({f"{n} a group": seen_as_worse(n) for n in (5, 50, 500)}).T.style.format("{:.0%}")

# %%
small = seen_as_worse(5)
claim("With five people a group, most audits of that world show no difference at all.", small["shows nothing"] > 0.5)

# %% [markdown]
# How many do we need? The *power* of an audit is its chance to find a difference that is there. The usual demand is 80 %, with a false alarm of 5 % where there is none.
#
# **Predict first:** 2 % against 6 %: how many people in each group? And for false matches, 1 in 1,000 against 3 in 1,000, how many comparisons?

# %%
def needed(one, other, power=0.8):
    return NormalIndPower().solve_power(proportion_effectsize(one, other), power=power, alpha=0.05)

print(f"{needed(0.02, 0.06):,.0f} people a group; {needed(0.001, 0.003):,.0f} comparisons a group")

# %%
def found(n, worlds=4000):
    a, b = rng.binomial(n, 0.02, worlds) / n, rng.binomial(n, 0.06, worlds) / n
    both = (a + b) / 2
    return np.mean(np.abs(a - b) > 1.96 * np.sqrt(2 * both * (1 - both) / n))

claim("At that size a simulated audit finds the difference in 70 to 90 % of the worlds.",
      0.7 < found(round(needed(0.02, 0.06))) < 0.9)

# %% [markdown]
# So hundreds of people a group, not five; and independent ones, not the same five on many photos.

# %% [markdown]
# ## The same person in ten tones
#
# There is a way to see more with fewer. Between two groups of people everything differs: age, hair, photographer. With drawn people we can change *one* thing. Here is one identity in the ten tones of the Monk scale, and nothing else changed.

# %%
person, view = faces.make_identities(rng, 1)[0], faces.make_views(rng, 1)[0].with_(light=10.0, yaw=-5.0)
plots.plot_pictures([faces.draw(person.with_(tone=tone), view) for tone in range(1, 11)], columns=5,
                    titles=[f"tone {tone}" for tone in range(1, 11)],
                    text="The same drawn face ten times, from the lightest tone to the darkest.");

# %% [markdown]
# The course ships embeddings of 100 such people, with two pictures of each in each tone (script and seed: `benchmarks/faces_audit.py`). All comparisons stay *inside* a tone: both pictures are of the same tone.
#
# **Predict first:** is the second picture of a person further from the first when both are dark?

# %%
table, embeddings = faces.load_audit()

def pictures(attribute, picture):
    rows = ((table["attribute"] == attribute) & (table["picture"] == picture)).to_numpy()
    return embeddings[rows].reshape(100, -1, 128)  # people, levels, numbers

first, second = pictures("tone", 1), pictures("tone", 2)
own = np.linalg.norm(first - second, axis=2)
TONES = np.arange(1, 11)
plots.plot_paired(TONES, own, xlabel="tone, from light to dark", ylabel="distance of two pictures",
                  title="Each grey line is one person");

# %%
claim("From the lightest to the darkest tone, the two pictures of a person move apart for at least 75 of 100 people.",
      np.nansum(own[:, -1] > own[:, 0]) >= 75)

# %% [markdown]
# Each person is their own comparison. That is why a difference that would drown among different people shows here with a hundred: what a face brings along cancels. Such an audit is called *paired*.

# %% [markdown]
# ## One threshold for all
#
# A distance is not an error yet. A threshold makes it one: we choose it so that 1 in 200 of all pairs of different people match, 0.5 %.
#
# **Predict first:** in which tones are more of them than 0.5 %?

# %%
apart = np.linalg.norm(first[:, None] - second[None], axis=3)  # person, other person, tone
same = np.eye(100, dtype=bool)

def rates_at(threshold):
    pairs = [(apart[:, :, k].ravel(), same.ravel(), np.full(same.size, tone)) for k, tone in enumerate(TONES)]
    distances, is_same, tone = map(np.concatenate, zip(*pairs))
    return faces.rates_by_group(distances, is_same, pd.Series(tone, name="tone"), threshold)

GLOBAL = np.nanquantile(apart[~same], 0.005)
rates_at(GLOBAL)[["false_match_rate", "false_non_match_rate", "impostor_pairs", "genuine_pairs"]].style.format("{:.2%}", subset=["false_match_rate", "false_non_match_rate"])

# %% [markdown]
# **Predict first:** now move the threshold up, then down. Who bears the errors at each end?

# %%
RATES = {hundredths: rates_at(hundredths / 100) for hundredths in range(24, 41)}

def draw(ax, threshold):
    plots.draw_rates_by_tone(ax, RATES[round(100 * threshold)], title=f"threshold {threshold:.2f}")

widgets.interactive_figure(
    draw, threshold=(0.24, 0.40, 0.01, round(float(GLOBAL), 2)), size=(6.4, 3.6),
    alt="Both error rates by tone. At a high threshold false matches fall from light to dark; "
        "at a low one false non-matches rise.")

# %% [markdown]
# One threshold, and unequal errors, in *both* directions. At a high threshold the light tones are mistaken for others more often. At a low one the dark tones are not recognised. Which of these is worse depends on what follows: being arrested for another, or standing before a door that does not open. "The error rate of a group" without the kind of error and the threshold says little.
#
# (The shaded bands take pairs as independent. They are not: each person is in 99 of them. The next cell draws whole people anew, and takes three light tones together and three dark ones.)

# %%
def ratio(people):
    part, different = apart[np.ix_(people, people)], people[:, None] != people
    return np.mean(part[different][:, :3] <= GLOBAL) / max(np.mean(part[different][:, -3:] <= GLOBAL), 1e-6)

low, high = faces.interval_over_people(ratio, range(100), rng=rng)
print(f"false matches, tones 1 to 3 against 8 to 10: {ratio(np.arange(100)):.1f} times as many ({low:.1f} to {high:.1f})")

# %%
claim("At that threshold the light tones have more false matches than the dark ones, and the interval over people leaves out 1.",
      low > 1)

# %% [markdown]
# ## Is it the skin, or the picture?
#
# So the tone *causes* a difference here: nothing else was changed. But *how*? One possible way, in our drawings: dark skin sends less light to the camera, the noise stays as it was, and the contrast between nose and cheek is smaller. An audit should compare: what do other attributes do to the same people?
#
# **Predict first:** order these by how far they move two pictures of a person apart: both in a dark tone; the second with the head turned (30°), with light from the side (80°), with a third of the pixels, with glasses.

# %%
plain = own[:, 4]  # both pictures plain, tone 5

def moved(distance):
    change = (distance - plain)[~np.isnan(distance)]
    half = 1.96 * change.std() / np.sqrt(len(change))
    return change.mean(), change.mean() - half, change.mean() + half

def probe(attribute, level):
    rows = ((table["attribute"] == attribute) & (table["level"] == level)).to_numpy()
    return np.linalg.norm(first[:, 4] - embeddings[rows], axis=1)

effects = {"both pictures in tone 10": moved(own[:, -1]),
           "second picture in tone 10": moved(np.linalg.norm(first[:, 4] - second[:, -1], axis=1)), "light from the side, 80°": moved(probe("light", 80)),
           "head turned by 30°": moved(probe("yaw", 30)), "50 pixels instead of 150": moved(probe("resolution", 50)),
           "glasses": moved(probe("glasses", 1))}
plots.plot_intervals(effects, xlabel="further apart by", title="Paired, against two plain pictures");

# %%
claim("Light, pose, resolution and glasses, at these levels, each move the pictures further apart than a dark tone in both.",
      min(effect[0] for name, effect in effects.items() if "tone" not in name) > effects["both pictures in tone 10"][0])

# %% [markdown]
# Mind the second bar: if only *one* of the pictures is darker, they move apart about as far as with glasses. For the network, tone is part of who you are. So the result depends on how one asks, and on the levels: milder light or a smaller turn do less.
#
# Nor does it make tone harmless. It says where to look: light that suits everybody, and enough pixels, help those who are worst off. In life such conditions are not dealt out equally either.
#
# **What this audit cannot say.** Our people are drawn by formulas, and the network learned from photographs of people. If it errs more on some drawings, that may be its training, or our way of drawing that tone. Nothing here is a finding about people. What carries over is the method.

# %% [markdown]
# ## When averages lie
#
# Two gates, two groups, invented counts. Group A mostly uses the bright gate, group B the dim one.

# %%
gates = pd.DataFrame({"passed": [2000, 400, 400, 2000], "missed": [20, 40, 2, 160]},
                     index=pd.MultiIndex.from_tuples([("A", "bright"), ("A", "dim"), ("B", "bright"), ("B", "dim")]))
by_gate = (gates["missed"] / gates["passed"]).unstack()
overall = gates.groupby(level=0).sum()
by_gate["both gates"] = overall["missed"] / overall["passed"]
by_gate.style.format("{:.1%}")

# %%
claim("At each gate group B is missed less often than A, and over both gates more than twice as often.",
      (by_gate.loc["B", ["bright", "dim"]] < by_gate.loc["A", ["bright", "dim"]]).all()
      and by_gate.loc["B", "both gates"] > 2 * by_gate.loc["A", "both gates"])

# %% [markdown]
# This is *Simpson's paradox*. Is the system fair to B? At the same gate the recogniser misses A more often. It is the building that harms B: somebody hung the poor lamp where B walks. Which number you quote depends on whom you want to hold to account. Give both.
#
# Averages hide another thing. Gender Shades (Buolamwini and Gebru, 2018) tested three commercial products of that year. They measured the **classification of gender, not face recognition**. The error rates, in percent:

# %%
shades = pd.DataFrame({"darker women": [20.8, 34.5, 34.7], "darker men": [6.0, 0.7, 12.0],
                       "lighter women": [1.7, 6.0, 7.1], "lighter men": [0.0, 0.8, 0.3]},
                      index=["Microsoft", "Face++", "IBM"])
plots.plot_by_group(shades, ylabel="% classified wrong", title="Gender Shades, PMLR 81, 2018");

# %%
darker, women = (shades[list(pair)].mean(axis=1) for pair in (("darker women", "darker men"), ("darker women", "lighter women")))
claim("For every product the error for darker women is at least 1.4 times the mean over darker faces and the mean over women.",
      (shades["darker women"] >= 1.4 * np.maximum(darker, women)).all())

# %% [markdown]
# Look at one attribute, and the worst-off group is averaged away. Groups that share two attributes are called *intersectional*.

# %% [markdown]
# ## A threshold for each group?
#
# If one threshold gives unequal errors, why not a threshold for each tone? Let us do it: for each, the threshold at which 1 % of different people match.

# %%
each = [np.nanquantile(apart[:, :, k][~same], 0.01) for k in range(10)]
print("from", f"{min(each):.3f}", "to", f"{max(each):.3f}")
claim("Thresholds for each tone differ by more than 0.01, and make the false match rates equal within a tenth.",
      np.ptp(each) > 0.01 and np.ptp([np.mean(apart[:, :, k][~same] <= each[k]) for k in range(10)]) < 0.001)

# %% [markdown]
# The false matches are equal now. **For** it speaks just that: nobody is mistaken for another more often because of the tone. **Against** it: the system must first sort every face by skin tone, and sorts some wrongly; two people at the same gate are held to different standards; the other error is not made equal; and the law may forbid it: the European AI Act bans inferring a person's race from the face (Article 5, lesson 09). Better light and more varied training data do without sorting anybody. They cost more, and may not make the errors equal either.

# %% [markdown]
# ## What was published
#
# - **NISTIR 8280** (Grother, Ngan, Hanaoka, 2019): 189 algorithms, 18.27 million images of 8.49 million people. False positives were 2 to 5 times as frequent for women as for men. In 1:1 comparisons they were, for many algorithms, 10 to 100 times as frequent for Black and East Asian faces as for white ones; in 1:N search the highest were for Black women. The authors found differences in the majority of the algorithms, and warn that statements *across* algorithms are usually incorrect: some had none that could be measured.
# - **Robinson and others** (CVPR Workshops 2020): one global threshold gives each subgroup another error rate.
# - Of the benchmarks of that time, IJB-A was 79.6 % and Adience 86.2 % lighter-skinned (Gender Shades).
#
# Read them as you would read ours: which error, which threshold, which people, how many, and what else differed?

# %% [markdown]
# ## Three quick questions

# %%
quiz("08")

# %% [markdown]
# ## Summary
#
# - Change one attribute, compare each person with themselves, and name the kind of error and the threshold.
# - No error among few says little: for rates of a few percent it takes hundreds of people a group, for false matches thousands of comparisons.
# - A difference, its cause and the blame for it are three questions. Averages can hide the worst-off group or turn a comparison round.
#
# **Next:** in [lab 08](../labs/lab08_who_does_it_fail/lab08_who_does_it_fail.ipynb) you audit a door that opens for faces. Then lesson 09: measuring tells what such a system does. Whether to have one is another question.

# %%
progress(finished="08")
