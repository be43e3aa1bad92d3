# %% [markdown]
# # Lab 07 · A watch list in numbers
#
# A city wants cameras at its station that compare every face with a list. You work out what would follow: how many false alarms, what an alert is worth, how long the list may be, whom the alarms hit, and which threshold costs least. Then you write to the city council.
#
# About 75 minutes, 16 points: 13 are checked here at once, 3 are for a written answer. It follows [lesson 07](../../lessons/07_never_perfect.ipynb).
#
# **How the checks work.** Write your code where it says `YOUR CODE HERE`, delete the line `raise NotImplementedError()`, and run the cell. Then run the check below it. You may check as often as you like. A check tries your function on new random numbers each time, gives a hint when something is wrong, and never takes points away.

# %%
import numpy as np

from course_utils.checks import lab07 as check

# %% [markdown]
# ## A · How many false alarms? (2 points)
#
# Every passer-by is compared with each of the `n` people on the list. Nobody who passes is on it. Each comparison is a false match with probability `f`, independently of all others. One false match is enough for an alarm; two false matches of one passer-by are still one alarm.

# %% solution="false_alarms"
def false_alarms(f, n, passers_by):
    """Return how many passers-by are expected to set off an alarm.

    f: false match rate of one comparison, between 0 and 1. n: people on the list, at least 1.
    passers_by: people who pass, each once.
    Returns one number, which need not be whole.
    """
    # What is the chance that one passer-by escapes all n comparisons?
    ### BEGIN SOLUTION
    return passers_by * (1 - (1 - f) ** n)
    ### END SOLUTION

# %% [markdown]
# Try it: one comparison in 1,000 goes wrong, 500 people are on the list, 10,000 pass. Guess first.

# %%
false_alarms(0.001, 500, 10_000)

# %% test="false_alarms" points=2
check.false_alarms()

# %% [markdown]
# ## B · What is an alert worth? (2 points)
#
# Now some of those who pass *are* wanted. The system gives an alert for a share `hit_rate` of them, and for a share `false_alarm_rate` of all others. Which share of the alerts is right? (If nobody is wanted, no alert is right: the share is 0.)

# %% solution="precision"
def precision(passers_by, wanted, hit_rate, false_alarm_rate):
    """Return the share of alerts that are right.

    passers_by: people who pass. wanted: how many of them are wanted.
    hit_rate: share of the wanted who give an alert. false_alarm_rate: share of the others who do.
    Returns one number between 0 and 1.
    """
    # How many right alerts are there? How many false ones, and from how many people?
    ### BEGIN SOLUTION
    right = hit_rate * wanted
    false = false_alarm_rate * (passers_by - wanted)
    return right / (right + false)
    ### END SOLUTION

# %%
precision(100_000, 10, 0.9, 0.001)

# %% test="precision" points=2
check.precision()

# %% [markdown]
# ## C · Read a report (2 points)
#
# The city (it is invented, like its report) tried the system for one evening:
#
# > *The cameras saw 48,000 faces and compared each of them with the 800 people on the list. There were 120 alerts. In 18 of them it was the right person. Our officers stopped 60 people; 45 of these turned out not to be on the list.*
#
# Work out what you can, as a share between 0 and 1. Where the report does not say it, write `"unknown"`.
#
# - **precision**: of the alerts, the share that was right;
# - **false alarm rate**: of the faces, the share that set off a false alert;
# - **false match rate**: of the comparisons of one face with one person on the list, the share that was a false match (at most one for each alert);
# - **hit rate**: of the people on the list who passed, the share that gave an alert.

# %% solution="read_report"
# report_says = {"precision": ..., "false alarm rate": ..., "false match rate": ..., "hit rate": ...}
### BEGIN SOLUTION
report_says = {"precision": 18 / 120, "false alarm rate": 102 / 48_000,
               "false match rate": 102 / (48_000 * 800), "hit rate": "unknown"}
### END SOLUTION

# %% test="read_report" points=2
check.read_report()

# %% [markdown]
# ## D · How long may the list be? (2 points)
#
# Somebody will always want to add a name. The council sets a limit instead: on an ordinary day at most `most` false alarms are expected. How many people may be on the list? Use the formula of part A. Sometimes not even one.

# %% solution="longest_list"
def longest_list(f, passers_by, most):
    """Return the largest number of people on the list that keeps to the limit.

    f: false match rate, above 0 and below 1. passers_by: people who pass in a day.
    most: the largest number of false alarms that may be expected, below passers_by.
    Returns a whole number, perhaps 0.
    """
    # Try one length after the other, or solve for n: np.log turns a power into a product.
    ### BEGIN SOLUTION
    n = 0
    while false_alarms(f, n + 1, passers_by) <= most:
        n += 1
    return n
    ### END SOLUTION

# %%
longest_list(0.0001, 10_000, 50)

# %% test="longest_list" points=2
check.longest_list()

# %% [markdown]
# ## E · Once, and again (2 points)
#
# Parts A and D took each comparison as a throw of the dice. Was it? The table `alarm` has a row for each person who is *not* on the list, and a column for each picture of that person: was there an alarm?

# %% solution="repeats_of"
def repeats_of(alarm):
    """Return how often alarms come, and how often they come again for the same person.

    alarm: array of True and False, shape (people, pictures), at least two pictures each.
    Returns two numbers: once, the share of all pictures with an alarm; again, the same share
    among the other pictures (all but the first) of those people whose first picture had one.
    """
    # Which rows, and which columns, does the second number need?
    ### BEGIN SOLUTION
    mistaken = alarm[:, 0]
    return alarm.mean(), alarm[mistaken, 1:].mean()
    ### END SOLUTION

# %% [markdown]
# Three people with four pictures each, to do by hand:

# %%
repeats_of(np.array([[1, 1, 0, 1], [0, 0, 0, 0], [0, 0, 1, 0]], dtype=bool))

# %% test="repeats_of" points=2
check.repeats_of()

# %% [markdown]
# ## F · Which threshold? (3 points)
#
# Two pictures match when their distance is *at most* the threshold. A share `wanted` of those who pass is on the list. Missing one of them costs `cost_missed`, a false alarm costs `cost_alarm`. (In what unit? That is the hard part, and no formula does it for you.) For each threshold you know from measured distances how often both happen.
#
# Take each passer-by as compared with one person, and choose the threshold that costs least on average.

# %% solution="choose_threshold"
def choose_threshold(thresholds, genuine, impostors, wanted, cost_missed, cost_alarm):
    """Return the threshold with the lowest expected cost for a passer-by.

    thresholds: array, shape (k,). genuine: distances of pictures of the same person.
    impostors: distances of pictures of different people. wanted: share between 0 and 1.
    Returns one of the thresholds.
    """
    # For each threshold: which share of genuine pairs is missed, which share of impostors matches?
    ### BEGIN SOLUTION
    def cost(threshold):
        missed = np.mean(genuine > threshold)
        alarm = np.mean(impostors <= threshold)
        return wanted * cost_missed * missed + (1 - wanted) * cost_alarm * alarm

    return min(thresholds, key=cost)
    ### END SOLUTION

# %%
choose_threshold(np.array([0.2, 0.3, 0.4]), np.array([0.1, 0.2, 0.35]),
                 np.array([0.25, 0.38, 0.5, 0.6]), 0.5, 1, 1)

# %% test="choose_threshold" points=3
check.choose_threshold()

# %% [markdown]
# ## G · To the city council (3 points, read by your teacher)
#
# The council asks you for a statement. 150,000 faces a day pass the station, the list would have 2,000 people, and the maker's leaflet says: "99.9 % accurate". The police say that one officer at a screen is enough, that every alert is looked at before anybody is stopped, and that last year two missing children passed this station.
#
# In six to ten sentences: what does the leaflet's number mean for a day at this station, if it is about single comparisons? Which numbers are missing? What is the strongest argument for the plan, and the strongest against it? What do you recommend, and on which conditions? You may be for the plan or against it: reasons and numbers count, the side does not.

# %% [markdown] answer="statement" points=3
# ### BEGIN SOLUTION
# **A sample answer against the plan.** If 99.9 % is about single comparisons, each face has 2,000 chances to be mistaken, and all but 14 % of passers-by set off an alarm: about 130,000 a day, which no officer can look at. So the maker must mean something else, and we have to ask what: the false match rate at the threshold that will be used, measured on people like ours, the hit rate, and how many wanted people pass in a day at all. Even with a rate a thousand times better there would be about 300 false alarms a day, and hardly a right one among them. They would hit the same people again and again, those who resemble somebody on the list. The strongest argument for the plan is the missing children: one of them found may be worth many looks at a screen. But for that a list of two names is enough, for a day, and not one of 2,000. Against the plan speaks that everybody's face is searched, with no way to refuse, and that a list that exists will grow. I recommend to say no, and to allow a search for a single missing person by order of a judge, deleted after it.
#
# **A sample answer for the plan.** At one false match in 1,000 comparisons nearly everybody would set off an alarm; the leaflet's number cannot be meant so, and I would sign nothing before the maker states both error rates at one threshold, measured by somebody else. Suppose it is one in a million: then about 300 faces a day are alerts, most of them false, since the wanted are few. An officer who takes half a minute for each needs two and a half hours a day; that can be done. An alert would be a hint to look and never a reason to stop somebody. The strongest argument against is that everybody is searched, and that the same innocent people will be flagged every day; so they need a way to be taken off, and every stop has to be recorded. The strongest argument for is that a wanted violent offender or a missing child can be found in a crowd in which people do not find them. I recommend a trial of three months with at most 100 names, all of them approved by a judge, with a published count of right alerts, false alerts and stops, and it ends by itself unless the council votes again.
#
# **Rubric.** Half a point for each, in any order:
#
# | half a point for | for example |
# |---|---|
# | the leaflet's number is worked out for list **and** crowd | "0.1 % in each of 2,000 comparisons: about 130,000 alarms a day"; "300,000 false matches, more than there are faces". "150 alarms a day" forgets the list and earns nothing |
# | **two** missing numbers are named | hit rate, false match rate at the threshold in use, how many wanted people pass, measured on whom |
# | the base rate, or the same people being hit again, is used in the argument | "most alerts are false because the wanted are rare" |
# | an argument **for** the plan: a good that is done, and why not as well without it | a child found in a crowd in which people find nobody; fewer random stops. "Two children passed" alone repeats the task |
# | an argument **against** it: a harm that remains when it works as promised, or that cannot be put right | everybody is searched without a choice; lists grow; the same innocent people each day |
# | a recommendation that follows from these, with a condition, a limit or another means | a judge, a length, an end date, a count that is published; a narrower use, or what to do instead |
#
# Two readers should agree to within half a point. A sentence may count in two rows. "No vote before …" is a recommendation if it says what has to be known. One clause is enough where it gives a reason; a word alone is not. A slip in a number costs its half point only where the reason rests on that number. A missing side earns nothing for its row, whichever side it is. Do not deduct for the opinion or for language.
# ### END SOLUTION

# %% [markdown]
# ## Your points so far

# %%
check.points_so_far()
