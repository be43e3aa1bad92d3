# %% [markdown]
# # Lab 06 · How face recognition works
#
# You compute the two errors of a face recogniser and the rate at which they are equal, choose a threshold on some people and judge it on others, search a gallery, decide who may be enrolled, and erase somebody so that nothing is left. At the end you advise a swimming pool.
#
# About 80 minutes, 18 points: 15 are checked here at once, 3 are for a written answer. It follows [lesson 06](../../lessons/06_how_face_recognition_works.ipynb).
#
# **How the checks work.** Write your code where it says `YOUR CODE HERE`, delete the line `raise NotImplementedError()`, and run the cell. Then run the check below it. You may check as often as you like. A check tries your function on new random cases each time, gives a hint when something is wrong, and never takes points away.

# %%
import datetime

import numpy as np

from course_utils import faces
from course_utils.checks import lab06 as check

# %% [markdown]
# ## A · Two errors (2 points)
#
# For each pair of pictures there is a distance, and whether both are of the same person. A pair *matches* at the threshold or below. Where a face was not found, the distance is NaN: that pair does not match.
#
# How often do different people match? How often does the same person not?

# %% solution="error_rates"
def error_rates(distances, same, threshold):
    """Return the false match rate and the false non-match rate.

    distances: array of numbers, shape (pairs,), NaN where a face was not found.
    same: array of True and False, shape (pairs,). threshold: a number.
    Returns two numbers between 0 and 1, the false match rate first.
    """
    # Of which pairs is each of them a share? What does NaN answer to a comparison?
    ### BEGIN SOLUTION
    match = distances <= threshold
    return match[~same].mean(), (~match[same]).mean()
    ### END SOLUTION

# %% [markdown]
# Try it on six pairs that you can count, then on 100 of the course's drawn people:

# %%
six = np.array([0.2, 0.4, np.nan, 0.3, 0.5, 0.7]), np.array([True, True, True, False, False, False])
error_rates(*six, threshold=0.4)

# %%
kept = faces.load_embeddings()
distances, same, first, second = faces.pair_distances(kept.embeddings[:400], kept.who[:400])
error_rates(distances, same, threshold=0.6)

# %% test="error_rates" points=2
check.error_rates()

# %% [markdown]
# ## B · Where both are equal (2 points)
#
# Raise the threshold, and one error falls while the other rises. Somewhere they meet: the *equal error rate*. With finitely many pairs they may not meet exactly. Take the threshold at which they differ least, and the mean of both there.

# %% solution="equal_error_rate"
def equal_error_rate(distances, same):
    """Return the rate at which both errors are equally frequent.

    distances, same: as in part A.
    Returns one number between 0 and 1.
    """
    # Which thresholds are worth trying? np.unique and error_rates may help.
    ### BEGIN SOLUTION
    thresholds = np.unique(distances[~np.isnan(distances)])
    rates = np.array([error_rates(distances, same, threshold) for threshold in thresholds])
    nearest = np.abs(rates[:, 0] - rates[:, 1]).argmin()
    return rates[nearest].mean()
    ### END SOLUTION

# %%
equal_error_rate(*six)

# %% test="equal_error_rate" points=2
check.equal_error_rate()

# %% [markdown]
# ## C · A threshold for strangers (3 points)
#
# Some people are `choosers`. Choose the largest threshold at which at most a share `target` of the pairs of *different choosers* match. (One pair more or less does not matter.) Then tell what it does to people who had no part in it: the false match rate of pairs of different people *neither* of whom is a chooser.

# %% solution="honest_threshold"
def honest_threshold(distances, first, second, choosers, target):
    """Return a threshold, and its false match rate on the other people.

    distances: array of numbers, shape (pairs,); none is missing here.
    first, second: arrays of whole numbers, shape (pairs,): who is on the two pictures.
    choosers: list of whole numbers. target: a rate between 0 and 1.
    Returns two numbers.
    """
    # np.isin(first, choosers) tells for each pair whether its first person is a chooser.
    ### BEGIN SOLUTION
    different = first != second
    one, other = np.isin(first, choosers), np.isin(second, choosers)
    chosen = np.sort(distances[one & other & different])
    threshold = chosen[int(target * len(chosen)) - 1]
    return threshold, np.mean(distances[~one & ~other & different] <= threshold)
    ### END SOLUTION

# %%
found = ~np.isnan(distances)
honest_threshold(distances[found], kept.who[first[found]], kept.who[second[found]], list(range(50)), 0.01)

# %% test="honest_threshold" points=3
check.honest_threshold()

# %% [markdown]
# ## D · Who is it, if anybody? (2 points)
#
# Until now: is this Ada? Now: who is this? A *gallery* has a row of numbers for each enrolled picture, and a name for each row. Somebody may have several rows. Name the person of the nearest row, or `None` if even that is farther away than the threshold. Most people who walk past a camera are in nobody's gallery.

# %% solution="search"
def search(probe, gallery, names, threshold):
    """Return the name of the nearest person, or None.

    probe: array of numbers, shape (d,). gallery: array, shape (rows, d).
    names: list of texts, one for each row. threshold: the largest distance that counts.
    """
    # The distance is the ordinary (Euclidean) one.
    ### BEGIN SOLUTION
    apart = np.linalg.norm(gallery - probe, axis=1)
    nearest = apart.argmin()
    return names[nearest] if apart[nearest] <= threshold else None
    ### END SOLUTION

# %%
gallery = np.array([[0.0, 0.0], [1.0, 1.0], [0.1, 0.2]])
search(np.array([0.2, 0.2]), gallery, ["P1", "P2", "P1"], 0.5), search(np.array([3.0, 3.0]), gallery, ["P1", "P2", "P1"], 0.5)

# %% test="search" points=2
check.search()

# %% [markdown]
# ## E · May this face be enrolled? (2 points)
#
# Now the gallery is a dictionary: its `purpose`, the `names` and the `embeddings`. Somebody stands at the door. Enrol them only with a consent for *this purpose* that holds *today*. It holds from its first day to its last, both included. Without a consent (`None`) the gallery stays as it is.
#
# A second picture of somebody who is enrolled already becomes one more row.

# %% solution="enrol"
def enrol(gallery, name, embedding, consent, today):
    """Return the gallery, with one row more if the consent allows it.

    gallery: {"purpose": text, "names": list of texts, "embeddings": list of lists of numbers}.
    name: text. embedding: list of numbers. today: a datetime.date.
    consent: None, or {"purpose": text, "start": a datetime.date, "until": a datetime.date}.
    """
    # Dates can be compared with <=.
    ### BEGIN SOLUTION
    if (consent is not None and consent["purpose"] == gallery["purpose"]
            and consent["start"] <= today <= consent["until"]):
        gallery["names"].append(name)
        gallery["embeddings"].append(embedding)
    return gallery
    ### END SOLUTION

# %%
door = {"purpose": "opening the door of the workshop", "names": ["P1"], "embeddings": [[0.1, 0.2]]}
agreed = {"purpose": "opening the door of the workshop", "start": datetime.date(2026, 1, 1),
          "until": datetime.date(2026, 6, 30)}
enrol(door, "P2", [0.3, 0.4], agreed, datetime.date(2026, 6, 30))

# %% test="enrol" points=2
check.enrol()

# %% [markdown]
# ## F · Forget me (2 points)
#
# Somebody asks to be erased. The gallery has a log now: on which `day` a search `found` whom (`None` for nobody). Take every row of that person out of `names` and `embeddings`, and every entry of the log that names them. All others stay as they are. If nobody of that name is there, nothing changes.

# %% solution="erase"
def erase(gallery, name):
    """Return the gallery in which nothing of that person remains.

    gallery: as in part E, with "log": a list of {"day": whole number, "found": text or None}.
    """
    # Which rows stay? Names and embeddings must keep step.
    ### BEGIN SOLUTION
    kept = [row for row, known in enumerate(gallery["names"]) if known != name]
    return {"purpose": gallery["purpose"],
            "names": [gallery["names"][row] for row in kept],
            "embeddings": [gallery["embeddings"][row] for row in kept],
            "log": [entry for entry in gallery["log"] if entry["found"] != name]}
    ### END SOLUTION

# %%
watched = {"purpose": "opening the door of the workshop", "names": ["P1", "P2", "P1"],
           "embeddings": [[0.1, 0.2], [0.3, 0.4], [0.1, 0.3]],
           "log": [{"day": 3, "found": "P1"}, {"day": 3, "found": None}, {"day": 4, "found": "P2"}]}
erase(watched, "P1")

# %% test="erase" points=2
check.erase()

# %% [markdown]
# ## G · How sure? (2 points)
#
# Twenty tries, no error. What may the error rate be? Give a 95 % interval for a rate. Wilson's interval, the exact one (Clopper and Pearson), Jeffreys' and that of Agresti and Coull are all accepted; `statsmodels.stats.proportion.proportion_confint` knows them. The formula *rate ± 1.96 · √(rate · (1 − rate) / n)* is not: try it on 0 of 20.

# %% solution="rate_interval"
def rate_interval(count, n):
    """Return the ends of a 95 % interval of the error rate.

    count: how many errors. n: in how many independent tries.
    Returns two numbers, the lower end first.
    """
    # Which method gives a sensible answer for 0 of 20?
    ### BEGIN SOLUTION
    from statsmodels.stats.proportion import proportion_confint

    return proportion_confint(count, n, alpha=0.05, method="wilson")
    ### END SOLUTION

# %%
rate_interval(0, 20), rate_interval(3, 400)

# %% test="rate_interval" points=2
check.rate_interval()

# %% [markdown]
# ## H · Advise the pool (3 points, read by your teacher)
#
# A public swimming pool wants to open its gate by face for holders of a season ticket: 3,000 of them if all enrol. A firm offers its system "with the tested threshold 0.6" and reports: 12 employees, each tried 5 times, no error of either kind. Enrolling is voluntary; the old card goes on working. The pool asks you whether to begin a trial of three months.
#
# Write eight to twelve sentences. Say **yes or no**, and under which conditions. Use at least two numbers that you work out from the report or from this lab. Say who could be hurt by each kind of error, answer the strongest argument of somebody who decides the other way, and say what would change your mind.

# %% [markdown] answer="trial" points=3
# ### BEGIN SOLUTION
# **A sample answer for a trial.** Yes, if four conditions hold. Nobody is pressed: the card works at every gate, and a queue at the card reader is not allowed to grow for it. The threshold is chosen on other people than the ones who judge it: 0.6 belongs to other pictures, and in lesson 06 it let more than half of different drawn people match. The report proves little: 60 tries without an error would allow up to 6 % errors if they were independent (Wilson, 0 of 60), and they are not, since there are only 12 people. So in the first month the gate only counts and the card decides; we need some 400 people, each once, to claim an error rate below 1 %. With 3,000 in the gallery a stranger meets 3,000 comparisons, so even one false match in 10,000 would let one stranger in four through. A false match costs the pool a ticket, or puts somebody's name in the log on a day on which they were elsewhere; a false non-match costs a person a minute and, if it is always the same person, dignity. Embeddings are erased when the season ends or when somebody asks, with the log. The strongest argument against is that a card does the same without anybody's face. That is true, and it is why the trial is voluntary and ends after three months unless visitors who forget or cannot hold a card are found to gain from it.
#
# **A sample answer against a trial.** No. A card opens the gate today; the gain is a few seconds, and what is collected cannot be changed like a lost card. The report does not help: 12 employees are 12 people however often they try, and 0 errors among 12 are compatible with an error rate of 24 % (Wilson). The threshold is not theirs but a library's default, and lesson 06 measured what it does to faces it was not made for. A gate that searches among 3,000 compares every visitor with all of them; at one false match in 10,000 a stranger would be taken for some ticket holder with a chance of 26 % (1 − 0.9999³⁰⁰⁰). Whoever is refused again and again, because the light is poor for their skin or because they wear a scarf, is told in front of others that the machine does not know them. Voluntary is a weak word where children come with their school. The strongest argument for a trial is that only a trial can give the numbers I miss. But they can be measured elsewhere, on paid volunteers, before a single visitor is enrolled; I would change my mind if that study had some 400 people from all groups who swim here, an error below 1 % in each, and a gate that compares with one card (1:1) rather than with everybody.
#
# **Rubric.** One point for each row. The decision itself earns and costs nothing.
#
# | | 1 point | half a point | 0 points |
# |---|---|---|---|
# | **Evidence** | numbers for two different questions, right and worked out, that bear on the decision: an interval for 0 of 12 or 0 of 60 (one question), false alarms in a gallery of 3,000, people needed for a claim, what 0.6 did to other faces | one such number, right; or two with a slip in one | none, one with a slip, or numbers that only repeat the report |
# | **Whom it hurts** | both kinds of error, each with somebody who loses something (a minute before a queue and an unpaid ticket count), and one condition or reason that is drawn from that | one kind only, or both without anybody | no error named |
# | **The other side** | the strongest argument against one's own decision, put fairly and answered; and what would change one's mind | one of the two, or an argument that is named and brushed aside | none |
#
# Two readers should agree to within half a point on each row. A decision is a sentence that tells the pool what to do next: yes, no, "not before …", or something narrower; handing the question back is none. An answer without one earns at most 2 points in all. "0 of 60: at most 6 %" without a word on the same twelve people coming back is a slip. One clause is enough where it gives a reason; a word alone is not. Do not deduct for language, nor for a decision you would not take.
# ### END SOLUTION

# %% [markdown]
# ## Your points so far

# %%
check.points_so_far()
