# %% [markdown]
# # 4 · Ceiling analysis: where the next hour pays most
#
# A machine of four parts is right six times out of ten. Which part do you improve first?
# Most teams answer by taste, and work for weeks on a part whose perfection would change little. One afternoon of measuring tells.
#
# **You will**
#
# - *measure* what each part would gain if it were perfect, in two ways that disagree, and say why they do;
# - *see through* a ceiling analysis that fed the truth in at the wrong place;
# - *choose* what to work on when hours cost and your numbers are uncertain.
#
# About 45 minutes.

# %%
from statistics import NormalDist

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt

from course_utils import claim, data, lesson_seed, plots, progress, quiz, widgets
from course_utils.models import page_reader

plots.use_style()
rng = np.random.default_rng(lesson_seed())

# %% [markdown]
# ## A machine that adds up a page
#
# Someone writes six numbers on a page, in three lines. The machine gets a picture of the page, and should say the sum of the six. We draw 400 such pages from real handwritten digits, some clean, some a mess.

# %%
scans = data.make_pages(rng)
by_quality = sorted(scans, key=lambda page: page.quality)
figure, axes = plt.subplots(1, 3, figsize=(7.2, 2.6))
for page, ax in zip([by_quality[40], by_quality[200], by_quality[380]], axes):
    plots.plot_page(page, ax=ax).set_title(f"sum: {page.total}")
plots.describe(figure, "Three pages of handwritten numbers: one poor, with dirt and crowded digits, one fair, one clean.");

# %%
data.PAGES

# %% [markdown]
# The machine has four stages. Each takes what the one before it hands over:
#
# - **find** the lines: rows that hold ink, clustered;
# - **cut** each line into digits: columns that hold ink, clustered;
# - **read** each digit: a support vector machine, trained on other digits;
# - **add**: a wide gap starts a new number; join the digits, add the numbers.
#
# A page counts as right when the sum is right. There is no half right.

# %%
def answer(page, stage):
    lines = stage["find"](page)
    boxes = stage["cut"](page, lines)
    digits = stage["read"](page, boxes)
    return stage["add"](page, digits)

def right(replaced):
    stage = page_reader.REAL | replaced
    return np.array([answer(page, stage) == page.total for page in scans])

# %%
now = right({})
print(f"right on {now.mean():.0%} of {len(scans)} pages")

# %%
claim("The machine is right on 50 to 70 % of the pages.", 0.50 <= now.mean() <= 0.70)

# %% [markdown]
# **Predict first**, and write it down in the next cell: you may make one of the four stages perfect. Which one? And how many points (percent of all pages) will the machine gain?

# %%
my_guess = {"stage": "read", "points": 20}  # put yours here

# %% [markdown]
# ## One perfect stage at a time
#
# We know the truth about every page, so we can build a perfect version of each stage, an *oracle*: it looks up what is true **about the input it really gets**. The perfect reader says what a box holds, even if the box was cut badly. It cannot read a digit that nobody cut out.
#
# Swap in one oracle, leave the other three as they are, count again. What the machine gains is that stage's *ceiling*: real work on this stage alone will bring at most about that.

# %%
STAGES = ["find", "cut", "read", "add"]
with_perfect = {name: right({name: page_reader.PERFECT[name]}) for name in STAGES}
alone = {name: with_perfect[name].mean() - now.mean() for name in STAGES}
plots.plot_gains({"one perfect stage at a time": alone});

# %%
guess = my_guess["stage"]
print(f"You guessed {guess}: {my_guess['points']:+} points. Measured: {100 * alone[guess]:+.1f}. "
      f"The best is {max(alone, key=alone.get)}: {100 * max(alone.values()):+.1f}.")

# %% [markdown]
# Cutting pays most. Reading is the stage with the machine learning in it, so it is the one that people like to improve. But a perfect reader brings little: it already reads nearly all of the digits that reach it in one piece.

# %%
claim("Perfect cutting alone gains at least 8 points, more than any other stage alone.",
      alone["cut"] >= 0.08 and max(alone, key=alone.get) == "cut")

# %% [markdown]
# Here is one page that perfect cutting rescues, with the boxes that the real cutter made. Which box is wrong? Mostly two digits touch and share one; no reader can mend that.

# %%
rescued = scans[np.argmax(with_perfect["cut"] & ~now)]
plots.plot_page(rescued, boxes=page_reader.cut_digits(rescued, page_reader.find_lines(rescued)));

# %% [markdown]
# ## From the front
#
# The classic recipe goes another way. Andrew Ng showed it in his Machine Learning course (Coursera) with a machine that reads text in photos, right 72 % of the time. Feed in the truth about where the text is: 89 %. Also the truth about where each character is: 90 %. Also what each character is: 100 %. So the gains are 17, 1 and 10 points.
#
# Here the truth is *fed in from the front*: first the true lines; then the true boxes too; then the true digits; at last the true sum. What was true before stays true, so the steps *cumulate*.
#
# **Predict first:** will the ranking be the same as before? Which stage gains, which loses?

# %%
truth = {"find": lambda page: page.lines,
         "cut": lambda page, lines: page.boxes,
         "read": lambda page, boxes: page.marks,
         "add": lambda page, digits: page.total}

shares, replaced = [now.mean()], {}
for name in STAGES:
    replaced[name] = truth[name]
    shares.append(right(replaced).mean())
from_front = dict(zip(STAGES, np.diff(shares)))
plots.plot_gains({"one at a time": alone, "from the front": from_front});

# %% [markdown]
# Now the *adder* looks best, the humblest of the four. One at a time it gains a few points, from the front several times as many. Nobody has changed the machine. Which table is right?
#
# Both. They answer different questions. *From the front* asks: once everything before it is perfect, what does this stage still cost? Its steps always end at 100 %, so they share out all that is missing. *One at a time* asks: if I mend this and nothing else, what do I get?

# %%
missing = 1 - now.mean()
claim("From the front the adder gains most, and at least twice what it gains alone.",
      max(from_front, key=from_front.get) == "add" and from_front["add"] >= 2 * alone["add"])

# %%
claim("From the front the gains add up to all that is missing; one at a time to less than nine tenths of it.",
      np.isclose(sum(from_front.values()), missing) and sum(alone.values()) < 0.9 * missing)

# %% [markdown]
# Where did the rest go? Look at the pages that are wrong now, and ask which single oracle rescues them:

# %%
rescued_by = np.sum([with_perfect[name] & ~now for name in STAGES], axis=0)
not_by_one = np.mean(rescued_by[~now] == 0)
good = np.array([page.quality for page in scans]) > np.median([page.quality for page in scans])
print(f"{not_by_one:.0%} of the wrong pages are rescued by no single perfect stage")
print(f"right on the cleaner half: {now[good].mean():.0%}, on the poorer half: {now[~good].mean():.0%}")

# %% [markdown]
# Those pages break in two places. A messy page is messy for everybody: its digits touch, which defeats the cutter, *and* its gaps are uneven, which defeats the adder. Mend one, and the page is still wrong: the other fault **masks** the gain. One at a time, such a page counts for no stage. From the front, it counts for the *last* stage that fails, because that is when it turns right. So late stages inherit.
#
# Failures that come together like this are called *correlated*.

# %%
claim("At least a quarter of the wrong pages are rescued by no single perfect stage.", not_by_one >= 0.25)

# %%
claim("The machine is right on the cleaner half at least 30 points more often than on the poorer half.",
      now[good].mean() - now[~good].mean() >= 0.30)

# %% [markdown]
# ## The trap: truth at the end
#
# A colleague is in a hurry: "I put the truth into the last stage only. It went to 100 %, so the adder is our problem!"
#
# **Predict first:** what would happen with any other last stage? With one that is already perfect?

# %%
adder = {"truth in place of the adder": right({"add": truth["add"]}).mean(),
         "a perfect adder on what it gets": with_perfect["add"].mean(),
         "the machine as it is": now.mean()}
plots.plot_scores(adder, xlabel="share of pages right");

# %% [markdown]
# The true sum is right whatever the stages before it did, so the last stage of *any* machine passes this test. It measures nothing. A perfect adder that gets a 7 where a 1 was written adds up the 7.
#
# Here the stages form a chain: each sees only what the one before hands over (and the page). So truth fed into a stage wipes out every earlier fault, whether you replaced those stages or not. That is why the front-to-back recipe reports *steps*. Read a step as "the gain of this stage alone", and you fall into the same trap more quietly.

# %%
claim("Truth in place of the adder rescues every wrong page; a perfect adder rescues less than a third of them.",
      adder["truth in place of the adder"] == 1 and alone["add"] < missing / 3)

# %% [markdown]
# ## Turn the knobs
#
# Take a machine on paper: four stages, each with its own accuracy, and one *quality* for each page that all four share. The correlation says how much of a stage's luck comes from the page (1 would be all of it). We draw 5,000 pages; a page is right when all four stages are.

# %%
quality, luck = rng.normal(size=(5000, 1)), rng.normal(size=(5000, 4))

def stages_right(accuracies, correlation):
    bar = [NormalDist().inv_cdf(1 - accuracy) for accuracy in accuracies]
    return np.sqrt(correlation) * quality + np.sqrt(1 - correlation) * luck > bar

def both_gains(ok):
    alone = [np.delete(ok, k, axis=1).all(axis=1).mean() - ok.all(axis=1).mean() for k in range(4)]
    front = [ok[:, k + 1:].all(axis=1).mean() - ok[:, k:].all(axis=1).mean() for k in range(4)]
    return {"one at a time": dict(zip(STAGES, alone)), "from the front": dict(zip(STAGES, front))}

# %% [markdown]
# **Predict first:** all four stages are right 88 % of the time, without any correlation. That makes about 60 % again. Which stage leads in each table? Then raise the correlation: which bars shrink?

# %%
def draw(ax, find, cut, read, add, correlation):
    ok = stages_right([find, cut, read, add], correlation)
    plots.plot_gains(both_gains(ok), ax=ax)
    ax.set_xlim(0, 32)
    ax.set_title(f"right on {ok.all(axis=1).mean():.0%} of the pages")

widgets.interactive_figure(
    draw, find=(0.6, 0.99, 0.01, 0.88), cut=(0.6, 0.99, 0.01, 0.88), read=(0.6, 0.99, 0.01, 0.88),
    add=(0.6, 0.99, 0.01, 0.88), correlation=(0.0, 0.95, 0.05, 0.0),
    alt=lambda find, cut, read, add, correlation:
        f"Gains of four stages that are right {find:.0%}, {cut:.0%}, {read:.0%} and {add:.0%} of the time, "
        f"with correlation {correlation:.2f}, one at a time and from the front.");

# %% [markdown]
# Four equal stages, and yet from the front the last one leads: it inherits. As the correlation rises, the machine gets *better*, for failures gather on the same few pages. But the gains one at a time melt away, since those pages need several fixes at once. Try a weak stage at 0.75, first in front, then at the end.

# %%
def share_explained(correlation):
    ok = stages_right([0.88] * 4, correlation)
    return sum(both_gains(ok)["one at a time"].values()) / (1 - ok.all(axis=1).mean())

claim("Between four equal stages, a correlation of 0.9 cuts the share that single fixes explain to less than two thirds.",
      share_explained(0.9) < share_explained(0.0) * 2 / 3)

# %% [markdown]
# ## An hour is not free
#
# A ceiling is what a stage *could* gain. What will it cost? Suppose the team estimates these hours (we made them up, as a team would):
#
# **Predict first:** divide in your head. Which stage now?

# %%
hours = pd.Series({"find": 30, "cut": 40, "read": 60, "add": 4})
table = pd.DataFrame({"points": 100 * pd.Series(alone), "hours": hours})
table["points per hour"] = table["points"] / table["hours"]
table.round(2)

# %%
per_hour = table["points per hour"]
claim("Per hour the adder pays at least twice as much as cutting.", per_hour["add"] >= 2 * per_hour["cut"])

# %% [markdown]
# The adder's fix is one number: it takes a gap of 6 pixels for the start of a new number, and digits of one number stand 2 apart. So try 4.

# %%
mended = {"add": lambda page, digits: page_reader.add_up(page, digits, wide=4)}
after = right(mended)
cut_after = right(mended | {"cut": page_reader.PERFECT["cut"]}).mean() - after.mean()
print(f"mended adder: {100 * (after.mean() - now.mean()):+.1f} points (ceiling {100 * alone['add']:+.1f})")
print(f"perfect cutting was worth {100 * alone['cut']:+.1f} points before, {100 * cut_after:+.1f} after")

# %% [markdown]
# Two things to see. A real fix stays below its ceiling, or near it. And with the adder mended, cutting is worth *more* than before: the pages that broke in both places are now only one fix away. Each fix changes the table. Measure again before you choose the next.

# %%
claim("Once the adder is mended, perfect cutting gains at least 3 points more than before.",
      cut_after >= alone["cut"] + 0.03)

# %% [markdown]
# ## How sure are we?
#
# Other pages would have given other gains. The *bootstrap* imitates that: draw 400 pages *with replacement* from our 400, compute every gain again, and repeat 2,000 times. A resample takes whole pages: a page's results before and after stay together, they are *paired*.

# %%
def resampled_gains(size, repeats=2000):
    picks = rng.integers(len(scans), size=(repeats, size))
    return pd.DataFrame({name: (with_perfect[name].astype(float) - now)[picks].mean(axis=1)
                         for name in STAGES})

many = resampled_gains(400)
interval = {name: np.percentile(many[name], [2.5, 97.5]) for name in STAGES}
plots.plot_gains({"one at a time, with 95 % intervals": alone}, intervals=interval);

# %%
apart = [np.mean(rng.choice(with_perfect["add"], 400)) - np.mean(rng.choice(now, 400)) for _ in range(2000)]
claim("Paired, the adder's interval is at most 0.6 times as wide as with before and after resampled apart.",
      np.ptp(interval["add"]) <= 0.6 * np.ptp(np.percentile(apart, [2.5, 97.5])))

# %% [markdown]
# An interval is one stage's affair. You want to know how safe the *choice* is. So count in how many resamples each stage comes first. And would 40 pages have been enough?
#
# **Predict first:** in how many of 100 small logs of 40 pages does another stage than cutting come first?

# %%
def wins(table):
    return table.idxmax(axis=1).value_counts(normalize=True).reindex(STAGES, fill_value=0).to_dict()

with_400, with_40 = wins(many), wins(resampled_gains(40))
plots.plot_wins({"400 pages": with_400, "40 pages": with_40}, xlabel="share of resamples in which the stage gains most");

# %%
claim("With 400 pages cutting gains most in at least 90 % of resamples; with 40 pages it does so less often.",
      with_400["cut"] >= 0.90 and with_40["cut"] < with_400["cut"] - 0.02)

# %% [markdown]
# And the hours? Those are guesses. Let each estimate be wrong by a factor that is often 1.5 and sometimes 3, either way, and choose by points per hour:

# %%
guessed_hours = hours.to_numpy() * np.exp(rng.normal(scale=0.6, size=many.shape))
plots.plot_wins({"hours as estimated": wins(many / hours), "hours uncertain": wins(many / guessed_hours)},
                xlabel="share of resamples in which the stage gains most per hour");

# %% [markdown]
# The adder stays ahead in most of them. That is a choice you can defend: it survives the doubts about pages and about hours. If two stages shared the wins, the cheap next step would be to label more pages, or to ask twice about the hours.

# %% [markdown]
# ## Three quick questions

# %%
quiz("04")

# %% [markdown]
# ## Summary
#
# - A ceiling is what the whole machine gains when one stage is perfect. One at a time says what a single fix brings; from the front shares out all that is missing, and late stages inherit. They differ where failures come together.
# - Ask of every oracle: perfect on *which input*? Truth at the end makes any last stage look guilty.
# - Divide by hours, resample whole pages, count how often each stage wins. After each fix, measure again.
#
# **Next:** in [lab 04](../labs/lab04_ceiling_analysis/lab04_ceiling_analysis.ipynb) you compute both tables from a log, choose under a budget of hours, and advise a team that wants to improve its classifier first.

# %%
progress(finished="04")
