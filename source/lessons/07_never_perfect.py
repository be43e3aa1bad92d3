# %% [markdown]
# # 7 · It will never be perfect
#
# A camera compares every face that passes with a list. How good must it be before you would let it stop people?
# The answer depends on four numbers, and the accuracy in the brochure is none of them.
#
# **You will**
#
# - *trade* one kind of error for the other, and see why no threshold ends the trade;
# - *compute* how false alarms grow with the list and the crowd, and what an alert is worth;
# - *measure* on whom the false alarms fall.
#
# About 45 minutes.

# %%
import ipywidgets
import numpy as np
import pandas as pd
from scipy.stats import binom

from course_utils import claim, faces, lesson_seed, plots, progress, quiz, widgets

plots.use_style()
rng = np.random.default_rng(lesson_seed())

# %% [markdown]
# ## Two ways to be wrong
#
# As in lesson 06, two pictures *match* when their embeddings are no further apart than a threshold. A **false match** takes two people for one. A **false non-match** takes one person for two.
#
# Our people are drawn: a thousand faces of nobody, with four pictures each. Half of them will be on a list. The other half are *strangers*, and take no part in choosing anything.

# %%
found = faces.load_embeddings()
listed, strangers = np.split(rng.permutation(1000), 2)
mine = np.isin(found.who, listed)
distances, same, _, _ = faces.pair_distances(found.embeddings[mine], found.who[mine])

curve = faces.det_curve(distances, same, points=400)
plots.plot_det({"500 drawn people": curve}, title="Each point is a threshold");

# %% [markdown]
# Move along the curve, and one error falls while the other rises. **Predict first:** now there is one false match in 100 comparisons. You want one in 10,000. What happens to the false non-matches?

# %%
def threshold_for(false_match_rate):
    return np.nanquantile(distances[~same], false_match_rate)

rows = {f: {"threshold": threshold_for(f),
            "missed": float(faces.false_non_match_rate(distances, same, threshold_for(f)))}
        for f in (0.01, 0.001, 0.0001)}
pd.DataFrame(rows).T.rename_axis("false matches").style.format({"threshold": "{:.3f}", "missed": "{:.1%}"})

# %%
missed = [row["missed"] for row in rows.values()]
claim("Each step to ten times fewer false matches raises the false non-matches by at least four fifths.",
      missed[1] >= 1.8 * missed[0] and missed[2] >= 1.8 * missed[1])

# %% [markdown]
# No threshold brings both to zero. Whoever promises "no false alarms" has chosen to miss people. Whoever promises "finds everybody" has chosen to stop strangers.
#
# Which is worse? For a phone that you unlock by choice, a false non-match costs one more try. At a stadium gate, a false match may cost somebody the match, or more. So a threshold is a decision about people. Ask who made it.

# %% [markdown]
# ## One against many
#
# A phone asks one question: *is this the owner?* That is 1:1. A watch list asks: *is this any of those N people?* That is 1:N, and every face has N chances to be mistaken.
#
# We set the threshold at one false match in 1,000 and let the strangers walk by.
#
# **Predict first:** 500 people are on the list. How many of 100 strangers' pictures set off an alarm?

# %%
F = 0.001
threshold = threshold_for(F)
enrolled = 4 * listed  # the first picture of each listed person
enrolled = enrolled[~np.isnan(found.embeddings[enrolled]).any(axis=1)]
passing = np.isin(found.who, strangers)

def alarms(size):
    some = enrolled[:size]
    return faces.open_set_rates(found.embeddings[passing], found.who[passing],
                                found.embeddings[some], found.who[some], threshold).false_positive

sizes = [1, 3, 10, 30, 100, 300, len(enrolled)]
measured = [alarms(size) for size in sizes]
plots.plot_alarms_by_list(sizes, measured, guess=lambda n: faces.false_alarm_chance(F, n),
                          title="One false match in 1,000, and a list");

# %%
claim("With about 500 people on the list, at least a hundred times as many strangers' pictures set off an alarm "
      "as the false match rate says for one comparison.", measured[-1].value >= 100 * F)

# %% [markdown]
# The dashed line is the arithmetic. If each comparison were a new throw of the dice, a face would escape all of them with probability $(1-f)^N$. While $Nf$ is small, that makes about $Nf$ alarms for each passer-by: twice the list, twice the alarms.
#
# For long lists the measured points lie *below* the line. Good news? Keep the question; we come back to it.

# %% [markdown]
# ## What is an alert worth?
#
# In June 2017 the South Wales Police watched the crowd of a football final in Cardiff. There were 2,470 alerts, and 2,297 of them were false. About 170,000 people had come to the city (press reports of 2018; a freedom-of-information answer of 2025 gives other totals).

# %%
alerts, false_alerts, visitors = 2470, 2297, 170_000
print(f"of the alerts, {1 - false_alerts / alerts:.1%} were right")
print(f"of the visitors, {false_alerts / visitors:.2%} set off a false alert, if each passed once")

# %% [markdown]
# Two numbers about the same days. One can quote the first: 7 % of the alerts were right. One can quote the second, turned round: 98.65 % of the visitors set off no false alert. The first is a count, and is called the *precision*. The second is a guess, for nobody counted how often each visitor passed. (The police said that the pictures on the list were poor, and that nobody was arrested on a wrong match; press reports, May 2018.)
#
# Eight years later the Metropolitan Police in London reported 3,147,436 faces, 2,077 alerts, 10 of them false, and 962 arrests (September 2024 to September 2025; its report of 31 October 2025). That is a precision of 99.5 %. Eight of the ten people were Black (BBC News, 31 October 2025).
#
# Which of such numbers would carry over to another crowd? Let us treat the false-alarm rate as given, and change who is in the crowd. How many wanted people the cameras overlooked, nobody could count. We grant them 90 % found.
#
# **Predict first:** 100,000 people pass, ten of them are wanted. Which share of the alerts is right, with Cardiff's rate and with London's?

# %%
CARDIFF, LONDON, CROWD = false_alerts / visitors, 10 / 3_147_436, 100_000

def precision(wanted, false_alarm_rate, found=0.9):
    right = found * wanted
    return right / (right + false_alarm_rate * (CROWD - wanted))

wanted = np.geomspace(1, 10_000, 60)
systems = {"1.35 %, as in Cardiff": CARDIFF, "ten times fewer": CARDIFF / 10, "a hundred times fewer": CARDIFF / 100,
           "3 in a million, as London reported": LONDON}
plots.plot_precision(wanted, {name: precision(wanted, rate) for name, rate in systems.items()},
                     title="Along each line: one system, other crowds");

# %%
claim("With ten wanted people in 100,000, fewer than one alert in a hundred is right; with a hundred times fewer "
      "false alarms, still fewer than half; with London's rate, more than nine in ten.",
      precision(10, CARDIFF) < 0.01 and precision(10, CARDIFF / 100) < 0.5 and precision(10, LONDON) > 0.9)

# %% [markdown]
# Along each line the system is the same. Only the *base rate* changes, the share of wanted people in the crowd. Where wanted people are rarer than false alarms, most alerts are about somebody who is not on the list. A better system moves that point, and no system removes it: with London's rate and one missing child among three million passers-by, most alerts would be false again.
#
# Read London's number as you would read any other. The police counted it themselves, on streets of their choice, with a long list. A false alert counts when somebody notices that it is false. And ten are too few to say much about groups, though eight of ten is a reason to look (lesson 08).
#
# And "accuracy"? A box that never raises an alarm is right about 99.99 % of this crowd. Ask of every such number: right about what, among whom?

# %% [markdown]
# ## Turn the knobs
#
# Now all four numbers together, for the system of our drawn people. *Length* is the number of people on the list; *wanted* counts them in 100,000 passers-by.

# %%
impostors = np.sort(distances[~same & ~np.isnan(distances)])
genuine = np.sort(np.nan_to_num(distances[same], nan=np.inf))

def a_day(threshold, length, crowd, wanted):
    f = np.searchsorted(impostors, threshold, "right") / len(impostors)
    hit = np.searchsorted(genuine, threshold, "right") / len(genuine)
    there = crowd * wanted / 100_000
    return {"right": hit * there, "missed": (1 - hit) * there,
            "false": faces.false_alarm_chance(f, int(length)) * (crowd - there)}

def powers(start, low, high):
    return ipywidgets.FloatLogSlider(start, min=low, max=high, step=0.1, readout_format=",.0f")

widgets.interactive_figure(
    lambda ax, **values: plots.draw_day(ax, **a_day(**values)), size=(6.4, 3.0),
    threshold=(0.2, 0.42, 0.005, 0.33), length=powers(500, 0, 5), crowd=powers(100_000, 2, 6),
    wanted=powers(10, 0, 4),
    alt=lambda **values: "One day: {right:,.1f} wanted people with an alert, {missed:,.1f} missed, "
                         "{false:,.0f} others with an alert.".format(**a_day(**values)))

# %% [markdown]
# - Lower the *threshold* until most alerts are right. How many wanted people are still found?
# - Go back to 0.33 and shorten the *list* to one person. That is a search for one lost child.
# - Leave the list at one and raise the *crowd* to a million. What would you do with these alerts?
#
# (The arithmetic takes comparisons as independent. And below one in a million we see no false match, because we have about two million pairs: that is not zero.)

# %%
list_of = {length: a_day(0.33, length, 100_000, 10) for length in (1, 500)}
claim("A list of one person gives less than a hundredth of the false alarms that a list of 500 does, "
      "and finds the same share of those who are wanted.",
      list_of[1]["false"] < list_of[500]["false"] / 100 and list_of[1]["right"] == list_of[500]["right"])

# %% [markdown]
# ## You are seen over there
#
# These are crowds. What about *you*? Put in numbers for your own city. They are guesses; ours are too.

# %%
my_city = {"faces that pass all cameras in a day": 200_000,
           "of a thousand passages, false alarms": 1,
           "cameras that you pass in a day": 4}

# %%
def at_least_once(chance, passages):
    return 1 - (1 - chance) ** passages

day, in_thousand, mine_a_day = my_city.values()
print(f"expected false alarms in a day: {day * in_thousand / 1000:,.0f}")
print(f"the chance that you have one within a year: {at_least_once(in_thousand / 1000, 365 * mine_a_day):.0%}")

# %%
claim("One false alarm in 1,000 passages, four passages a day: over a year an alarm is more likely than not.",
      at_least_once(0.001, 4 * 365) > 0.5)

# %% [markdown]
# A rate that sounds small to the one who counts cameras does not to the one who walks past them. But this, too, takes each passage as a throw of the dice. Is it one?

# %% [markdown]
# ## Not by chance
#
# Each of our strangers has four pictures, with other light, another pose, another expression. We count the alarms of each stranger, for a list of 100.
#
# **Predict first:** somebody has had one alarm, by mistake. Another picture, another day: how likely is the next one?

# %%
some = enrolled[:100]
apart = np.linalg.norm(found.embeddings[passing][:, None] - found.embeddings[some], axis=2)
alarm = (apart <= threshold).any(axis=1).reshape(-1, 4)  # a row for each stranger

counts = np.bincount(alarm.sum(axis=1), minlength=5)
by_chance = len(alarm) * binom.pmf(np.arange(5), 4, alarm.mean())
plots.plot_repeats(counts, by_chance, title="Who has the alarms?");

# %%
once = alarm.mean()
again = alarm[alarm[:, 0], 1:].mean()
print(f"a stranger's picture: {once:.1%}; after an alarm in the first picture: {again:.0%}")
claim("After one false alarm, the same stranger's next picture has one at least four times as often as strangers' pictures in general.",
      again >= 4 * once)

# %% [markdown]
# It is hardly a matter of luck. Whoever resembles a person on the list brings that along, tomorrow and wherever the list is used: among our drawn people, after one alarm the next picture has one in four or five cases of ten. Most others never have any. So the points lay below the line: the alarms pile up on a few people, and the total is smaller. For those few it is much larger.
#
# "One in a thousand" is then an average over people who are never mistaken and people who often are. Whether whole *groups* are mistaken more often than others is the question of lesson 08.

# %% [markdown]
# ## What better accuracy buys
#
# Systems do get better, and it matters: each false alarm less is a person not bothered. Between Cardiff and London lies a factor of thousands. Suppose yours has ten times fewer.
#
# **Predict first:** and its owners, pleased, make the list ten times longer. What becomes of the false alarms?

# %%
before, after = faces.false_alarm_chance(1e-5, 1_000), faces.false_alarm_chance(1e-6, 10_000)
print(f"alarms for each 100,000 strangers: {1e5 * before:,.0f} before, {1e5 * after:,.0f} after")
claim("Ten times fewer false matches and ten times the list: the false alarms stay the same within 1 %.",
      np.isclose(before, after, rtol=0.01))

# %% [markdown]
# Better accuracy buys fewer false alarms for the *same* list and the *same* crowd. It does not end the trade, it does not change the base rate, and it does not decide who is on the list or what follows an alert.
#
# What does follow? **For** such systems it is said: an alert is not an arrest. A person looks at both pictures first, which takes seconds; a false alert that ends there has harmed hardly anyone, and one right alert may find a lost child or an attacker. London reports that none of its ten false alerts led to an arrest. **Against** them it is said: people trust machines, and the second look is at two faces that a machine found alike. Robert Williams was arrested in Detroit in January 2020 on a wrong match (a search with a picture from a shop's camera, not a live alert) and held for about 30 hours. The city settled in June 2024 for 300,000 dollars; since then no arrest there may rest on a face match alone (ACLU; University of Michigan Law School).
#
# Both sides need the same numbers: how many alerts, how many right, how many people stopped, how many missed, on which list. And a system that never erred would raise another question. It would know where everybody was. That is lesson 09.

# %% [markdown]
# ## Three quick questions

# %%
quiz("07")

# %% [markdown]
# ## Summary
#
# - A threshold trades false matches for false non-matches. There is no threshold without errors, so somebody chooses whom they hit.
# - False alarms grow with list and crowd. What an alert is worth depends on how many wanted people there are: where they are rarer than false alarms, most alerts are false.
# - False alarms are not spread evenly. Who is mistaken once is far more likely than others to be mistaken again.
#
# **Next:** in [lab 07](../labs/lab07_never_perfect/lab07_never_perfect.ipynb) you advise a city that wants a watch list at its station. Lesson 08 asks who bears the errors, and how many faces it takes to know.

# %%
progress(finished="07")
