# %% [markdown]
# # Lab 04 · Ceiling analysis
#
# Somebody has run the experiments and left you the log. You turn it into both ceiling tables, blame the first stage that failed, choose under a budget of hours, say how sure you are, and advise a team.
#
# About 70 minutes, 16 points: 14 are checked here at once, 2 are for a written answer. It follows [lesson 04](../../lessons/04_ceiling_analysis.ipynb).
#
# **How the checks work.** Write your code where it says `YOUR CODE HERE`, delete the line `raise NotImplementedError()`, and run the cell. Then run the check below it. You may check as often as you like. A check tries your function on new random logs each time, gives a hint when something is wrong, and never takes points away.

# %%
from itertools import combinations

import numpy as np

from course_utils.checks import lab04 as check

STAGES = ["find", "cut", "read", "add"]

# %% [markdown]
# ## A · What share is right? (1 point)
#
# For each page the log has what the machine said and what is true. On some pages the machine gave up and said `None`. The people who sent these pages wanted a sum too: they got none.

# %% solution="share_right"
def share_right(said, truth):
    """Return the share of all pages on which the machine's answer is right.

    said: list of whole numbers, some of them None. truth: list of whole numbers, as long.
    Returns one number between 0 and 1.
    """
    # A share of how many pages?
    ### BEGIN SOLUTION
    return sum(a == b for a, b in zip(said, truth)) / len(truth)
    ### END SOLUTION

# %%
share_right([12, None, 40, 7], [12, 30, 41, 7])

# %% test="share_right" points=1
check.share_right()

# %% [markdown]
# ## B · One at a time (2 points)
#
# The machine has four stages: `find`, `cut`, `read` and `add`. It was run eight times on the same pages, each time with other stages replaced by perfect ones. The log is a dictionary. Its keys name the perfect stages: `""` (none), `"find"`, `"cut"`, `"read"`, `"add"`, `"find+cut"`, `"find+cut+read"` and `"find+cut+read+add"`. Each value is an array: was the page right?
#
# How much does each stage gain if it alone is perfect?

# %% solution="one_at_a_time"
def one_at_a_time(log):
    """Return the gain of each stage that alone is perfect.

    log: dictionary of arrays of True and False, shape (pages,).
    Returns a dictionary: for each of the four stages a share of all pages, above 0 where it helps.
    """
    # Which two runs do you compare for one stage?
    ### BEGIN SOLUTION
    return {stage: log[stage].mean() - log[""].mean() for stage in STAGES}
    ### END SOLUTION

# %% [markdown]
# Try it on ten pages that you can count:

# %%
tiny_log = {"": [1, 1, 1, 1, 1, 0, 0, 0, 0, 0], "find": [1, 1, 1, 1, 1, 1, 0, 0, 0, 0],
            "cut": [1, 1, 1, 1, 1, 0, 1, 0, 0, 0], "read": [1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
            "add": [1, 1, 1, 1, 1, 0, 0, 0, 0, 0], "find+cut": [1, 1, 1, 1, 1, 1, 1, 0, 0, 0],
            "find+cut+read": [1, 1, 1, 1, 1, 1, 1, 1, 0, 0], "find+cut+read+add": [1] * 10}
tiny_log = {name: np.array(pages, dtype=bool) for name, pages in tiny_log.items()}
one_at_a_time(tiny_log)

# %% test="one_at_a_time" points=2
check.one_at_a_time()

# %% [markdown]
# ## C · From the front (2 points)
#
# The same log, the other table: make `find` perfect, then `cut` too, then `read` too, then all. What does each step add?

# %% solution="from_the_front"
def from_the_front(log):
    """Return what each stage adds when stages are made perfect from the front.

    log: as in part B.
    Returns a dictionary: for each of the four stages a share of all pages.
    """
    # What stood before this step? What do the four steps add up to?
    ### BEGIN SOLUTION
    runs = ["", "find", "find+cut", "find+cut+read", "find+cut+read+add"]
    return {stage: log[after].mean() - log[before].mean()
            for stage, before, after in zip(STAGES, runs, runs[1:])}
    ### END SOLUTION

# %%
from_the_front(tiny_log)

# %% test="from_the_front" points=2
check.from_the_front()

# %% [markdown]
# ## D · Who failed first? (2 points)
#
# Another log says for each page which stage did its job right, as columns in the order of `STAGES`. A late stage that fails may only have been handed rubbish, so name the *first* stage that failed, and `"none"` for a page on which all went well.

# %% solution="first_failure"
def first_failure(ok):
    """Return for each page the first stage that failed.

    ok: array of True and False, shape (pages, 4).
    Returns a list of words, as long as there are pages: "find", "cut", "read", "add" or "none".
    """
    # What about a page on which nothing failed?
    ### BEGIN SOLUTION
    words = [*STAGES, "none"]
    return [words[list(row).index(False) if not all(row) else 4] for row in ok]
    ### END SOLUTION

# %%
ok = np.array([[1, 1, 1, 1], [1, 0, 1, 0], [0, 1, 1, 1]], dtype=bool)
first_failure(ok)

# %% test="first_failure" points=2
check.first_failure()

# %% [markdown]
# ## E · Forty hours (3 points)
#
# The table `ok` again. This time a page is right when no stage fails on it, and a fix makes a stage perfect. Each fix costs hours, and the budget is limited. Which stages should be fixed so that as many pages as possible are right?
#
# Gains overlap: a page on which two stages fail needs both fixes. And sometimes nothing can be paid for.

# %% solution="best_fixes"
def best_fixes(ok, hours, budget):
    """Return the stages to fix.

    ok: array of True and False, shape (pages, 4), columns in the order of STAGES.
    hours: dictionary, for each stage what its fix costs. budget: hours in all.
    Returns a list of names out of STAGES, perhaps empty; its hours are within the budget.
    """
    # If these stages were perfect, which columns would still decide?
    # combinations(STAGES, 2) goes through all pairs.
    ### BEGIN SOLUTION
    def share(fixes):
        return np.mean([all(fine or name in fixes for name, fine in zip(STAGES, row)) for row in ok])

    choices = [list(fixes) for size in range(5) for fixes in combinations(STAGES, size)]
    return max((fixes for fixes in choices if sum(hours[name] for name in fixes) <= budget), key=share)
    ### END SOLUTION

# %%
best_fixes(ok, {"find": 30, "cut": 35, "read": 20, "add": 4}, 40)

# %% test="best_fixes" points=3
check.best_fixes()

# %% [markdown]
# ## F · How sure? (2 points)
#
# The same pages before and after a fix. Give a 95 % interval for the gain: the share of pages right after it, minus the share before. Use a bootstrap with at least 1,000 resamples: its lower end has 2.5 % of them below it, its upper end 2.5 % above. (A formula that gives the same is welcome too.)

# %% solution="gain_interval"
def gain_interval(before, after):
    """Return the ends of a 95 % interval for the gain.

    before, after: arrays of True and False, shape (pages,), for the same pages in the same order.
    Returns two numbers, the lower end first.
    """
    # What do you draw again: pages, or results? How often do you draw for one resample?
    ### BEGIN SOLUTION
    rng = np.random.default_rng(0)
    picks = rng.integers(len(before), size=(2000, len(before)))
    gains = after[picks].mean(axis=1) - before[picks].mean(axis=1)
    return tuple(np.percentile(gains, [2.5, 97.5]))
    ### END SOLUTION

# %%
gain_interval(tiny_log[""], tiny_log["find+cut"])

# %% test="gain_interval" points=2
check.gain_interval()

# %% [markdown]
# ## G · What follows? (2 points)
#
# A team has a machine of four stages that is right 62 % of the time. It reports:
#
# - **A**: "With the true result put in at the last stage, we are at 100 %. So the last stage is our weakest."
# - **B**: "With a `cut` that is perfect on the lines it really gets, and everything else as it is, we are at 75 %. So work on `cut` alone will gain about 13 points at most."
# - **C**: "From the front, the step of `add` is 20 points. So if we mend `add` today and nothing else, we gain about 20 points."
# - **D**: "Alone, `read` gains 6 points and `add` 5. So mending both gains 11 points at most."
#
# In each, somebody draws a conclusion. Does it follow? Answer `"follows"` or `"does not follow"`.

# %% solution="what_follows"
# follows = {"A": "...", "B": "...", "C": "...", "D": "..."}
### BEGIN SOLUTION
follows = {"A": "does not follow", "B": "follows", "C": "does not follow", "D": "does not follow"}
### END SOLUTION

# %% test="what_follows" points=2
check.what_follows()

# %% [markdown]
# ## H · Recommend (2 points, read by your teacher)
#
# A hospital's machine reads scanned forms: it finds the fields, cuts them into letters, reads the letters, and looks the drug up in a list. It is right on 60 % of 200 forms. The team wants to "improve the classifier first", with a larger network: eight weeks. Their log says, one at a time, with 95 % intervals: fields +2 (0 to 4), cutting +14 (9 to 19), reading +5 (2 to 8), look-up +4 (1 to 7). From the front: +2, +13, +6, +19. Mending the look-up would take a day, better cutting three weeks.
#
# In four to six sentences: what do you recommend, in which order, and why do the two tables disagree about the look-up? What do you measure before the second step? And whom does a wrong page hurt here?

# %% [markdown] answer="recommendation" points=2
# ### BEGIN SOLUTION
# **A sample answer.** Not the classifier first: even a perfect one would gain about 5 points, 8 at the most, and a larger network will not be perfect, for eight weeks of work. I would mend the look-up first. It takes a day, and per day nothing else comes near its 4 points. Cutting is next: three weeks for up to 14 points. The look-up has 19 points from the front because that table makes everything else perfect first: the forms on which something else fails *and* the look-up fails are then credited to the last stage. Today the other faults mask it. Before the second step I would run the log again, since mending the look-up changes what cutting is worth, probably upwards, and I would label more than 200 forms. A wrong form may mean a wrong drug for a patient, so I would also ask which errors are silent, and let the machine hand doubtful forms to a person.
#
# **Rubric.** Half a point for each, in any order:
#
# | half a point for | for example |
# |---|---|
# | the ceiling of reading speaks against eight weeks on it | "perfect reading gains 5 points, at most about 8" |
# | an order with a reason that weighs gain against time | look-up first (one day), then cutting; or cutting first, with a reason |
# | why the tables disagree | forms that fail in two places; from the front, the last stage inherits them |
# | what to measure again, or whom an error hurts | the table after the first fix; more forms; a patient who gets the wrong drug |
#
# Do not deduct for language. Cutting first earns the half point when the reason weighs its 14 points and three weeks against the look-up's day.
# ### END SOLUTION

# %% [markdown]
# ## Your points so far

# %%
check.points_so_far()
