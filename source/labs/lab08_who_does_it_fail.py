# %% [markdown]
# # Lab 08 · An audit
#
# A company wants to sell a door that opens for faces, and asks you for an audit. You say how many faces you need, what one attribute does to the same people, which group fares worst, and whether the recogniser or the lamp is to blame. Then you plan the audit.
#
# About 65 minutes, 13 points: 10 are checked here at once, 3 are for a written answer. It follows [lesson 08](../../lessons/08_who_does_it_fail.ipynb).
#
# **How the checks work.** Write your code where it says `YOUR CODE HERE`, delete the line `raise NotImplementedError()`, and run the cell. Then run the check below it. You may check as often as you like. A check tries your function on new random numbers each time, gives a hint when something is wrong, and never takes points away.

# %%
import numpy as np

from course_utils.checks import lab08 as check

# %% [markdown]
# ## A · How many faces? (2 points)
#
# Suppose the door fails a share `one` of one group and a share `other` of another. How many people of *each* group does an audit need, to find this difference with a power of 80 %, at a significance level of 5 % (in both directions)?
#
# Textbooks differ by a few percent; any of their formulas is welcome. One is $(z_{0.975} + z_{0.8})^2\,\frac{p(1-p) + q(1-q)}{(p - q)^2}$ with $z_{0.975} = 1.960$ and $z_{0.8} = 0.842$.

# %% solution="audit_size"
def audit_size(one, other):
    """Return how many people of each group are needed.

    one, other: the two error rates, different, between 0 and 1.
    Returns one number, whole or not.
    """
    # What happens to the number if the rates are half as far apart?
    ### BEGIN SOLUTION
    variance = one * (1 - one) + other * (1 - other)
    return (1.960 + 0.842) ** 2 * variance / (one - other) ** 2
    ### END SOLUTION

# %%
audit_size(0.02, 0.06)

# %% test="audit_size" points=2
check.audit_size()

# %% [markdown]
# ## B · The same people twice (2 points)
#
# For each person there are two distances to their enrolled picture: once plain, once with glasses, say. Where a face was not found, the distance is NaN; leave such people out. By how much does the distance change, on average, and how sure are you?
#
# (The bootstrap over people, or 1.96 standard errors: both are welcome.)

# %% solution="paired_effect"
def paired_effect(plain, changed):
    """Return the mean change and the ends of its 95 % interval.

    plain, changed: arrays of distances of the same people, in the same order, perhaps NaN.
    Returns three numbers: mean change (above 0 where the changed picture is further), lower, upper.
    """
    # Is it the spread of the distances that matters here?
    ### BEGIN SOLUTION
    change = changed - plain
    change = change[~np.isnan(change)]
    reach = 1.96 * change.std(ddof=1) / np.sqrt(len(change))
    return change.mean(), change.mean() - reach, change.mean() + reach
    ### END SOLUTION

# %%
paired_effect(np.array([0.10, 0.30, 0.20, np.nan]), np.array([0.15, 0.36, 0.24, 0.4]))

# %% test="paired_effect" points=2
check.paired_effect()

# %% [markdown]
# ## C · Which group fares worst? (2 points)
#
# Everybody in the audit has a tone (`"light"`, `"medium"`, `"dark"`) and an age (`"young"`, `"middle"`, `"old"`): nine groups. Which of them has the highest error rate? Groups with fewer than `least` people cannot be judged; leave them out.

# %% solution="worst_group"
def worst_group(tone, age, wrong, least):
    """Return the tone and the age of the group with the highest error rate.

    tone, age: arrays of words, shape (people,). wrong: array of True and False, shape (people,).
    least: a group needs at least so many people.
    Returns two words, the tone first.
    """
    # People have both at once: go through the nine groups.
    ### BEGIN SOLUTION
    rates = {}
    for group in {(a, b) for a, b in zip(tone, age)}:
        inside = (tone == group[0]) & (age == group[1])
        if inside.sum() >= least:
            rates[group] = wrong[inside].mean()
    return max(rates, key=rates.get)
    ### END SOLUTION

# %%
worst_group(np.array(["light", "dark", "dark", "light"]), np.array(["old", "old", "young", "old"]),
            np.array([True, False, True, False]), 1)

# %% test="worst_group" points=2
check.worst_group()

# %% [markdown]
# ## D · The recogniser, or the lamp? (2 points)
#
# Groups use the gates differently, and one gate has a poor lamp. So compare the groups *as if all of them used the gates like everybody together*: take each group's rate at each gate, and weigh the gates by the share of all people who pass there. (This is called direct standardisation.)

# %% solution="same_gates"
def same_gates(passed, missed):
    """Return the rate of each group, for everybody's mix of gates.

    passed, missed: arrays of counts, shape (groups, gates); everybody passes somewhere.
    Returns an array of rates, shape (groups,).
    """
    # Which weights? Do they add up to 1?
    ### BEGIN SOLUTION
    weights = passed.sum(axis=0) / passed.sum()
    return (missed / passed) @ weights
    ### END SOLUTION

# %% [markdown]
# The two gates of lesson 08, group A first. Who fares worse now?

# %%
same_gates(np.array([[2000, 400], [400, 2000]]), np.array([[20, 40], [2, 160]]))

# %% test="same_gates" points=2
check.same_gates()

# %% [markdown]
# ## E · What follows? (2 points)
#
# - **A**: "A product classified the gender of darker women wrong in 34.7 % of pictures (IBM's; Gender Shades, 2018). So it fails to *recognise* a third of them."
# - **B**: "We tested twelve people over seventy, and all were recognised. So there is no problem with old people."
# - **C**: "We drew the same 100 identities with and without glasses. With glasses their distances are 0.22 larger on average, 0.21 to 0.23 with 95 % confidence. So on these drawings glasses move this system's distances."
# - **D**: "With a threshold for each tone, the false match rates are equal. So the system treats all tones alike."
# - **E**: "At our door people with dark skin are missed twice as often. So it is the network that cannot read dark skin."
#
# Does the conclusion follow? Answer `"follows"` or `"does not follow"`.

# %% solution="what_follows"
# follows = {"A": "...", "B": "...", "C": "...", "D": "...", "E": "..."}
### BEGIN SOLUTION
follows = {"A": "does not follow", "B": "does not follow", "C": "follows", "D": "does not follow",
           "E": "does not follow"}
### END SOLUTION

# %% test="what_follows" points=2
check.what_follows()

# %% [markdown]
# ## F · Plan the audit (3 points, read by your teacher)
#
# The door is meant for an office of 600 people who agree to use it; whoever does not may use a card. The company says: "We tested it on our own staff, 40 people, and it works for everyone."
#
# In six to ten sentences: what do the 40 people show, and what not? Plan your audit: which error matters here and why, how many people you need and how you found that number, how you keep one attribute apart from the others, and who has to agree to what. If one group fared worse, what would you *not* conclude from it?

# %% [markdown] answer="audit_plan" points=3
# ### BEGIN SOLUTION
# **A sample answer.** No error among 40 people still fits a rate of nearly 9 %, and a company's staff is not everybody: I would ask who they are. At this door two errors matter. Somebody who is not recognised waits in the rain and may be shamed by it; a stranger who is let in is a risk to all. So I would measure both at the threshold that will be used. To see 2 % against 6 % of failures between two groups takes about 370 people in each, by the formula of part A; an office of 600 cannot give that for nine groups. So I would first pair: the same volunteers with and without glasses, in the morning's light and the evening's, since a few dozen people show such effects. Between groups I would report intervals, and say openly where they are too wide to decide. Everybody in the audit agrees in writing, knows what is kept and for how long, and can withdraw without a reason; their boss does not see who took part. If one group fared worse I would say so with the error, the threshold and the interval, ask for better light first and measure again, and keep the card for everybody. I would not conclude that the group's faces are "difficult", nor that the network is the cause, before lamp, camera and enrolment pictures are ruled out.
#
# **Another sample answer**, which comes down on the other side. An audit of this size cannot find what matters, so I would not audit but decide by what can be repaired: the door is used by choice, a card is there, and a failure costs seconds. I would let it run for a month with consent, count failures for each person rather than for groups, and change lamp and threshold for those who fail often. Forty people without an error make a rate above 9 % unlikely, which is enough for a trial and not enough for a claim about anybody. Groups I would look at only if people themselves report a pattern, because sorting staff by skin or age has its own harm. If a pattern showed, I would need about 370 people in each group to be sure, so I would say "we suspect" and not "we know". And if anybody cannot be served, the door has to go, whatever the average is.
#
# **Rubric.** Half a point for each, in any order:
#
# | half a point for | for example |
# |---|---|
# | what 40 people show, as a number | "still fits 7 to 9 %"; that they are staff is a good remark, but no number |
# | which error matters, and to whom | locked out; a stranger let in; at which threshold |
# | a size with its reason, or why it cannot be had | about 370 **in each group** for 2 % against 6 %; intervals instead, since 600 are too few |
# | one attribute at a time, or pairs | the same people with and without glasses; the same gate |
# | consent of those who are tested, and **one** thing that makes it free | in writing, knowing what is kept; leaving at any time; a card; no boss looking on |
# | a conclusion that is not drawn, with what else may be the cause or where it need not hold | lamp, camera, enrolment picture; other groups, other doors |
#
# Two readers should agree to within half a point. A reasoned refusal to audit is a plan, too: it meets the rows that it argues. One clause is enough where it gives a reason; a word alone is not. A slip in a number costs its half point only where the reason rests on that number. Do not deduct for the decision or for language.
# ### END SOLUTION

# %% [markdown]
# ## Your points so far

# %%
check.points_so_far()
