# %% [markdown]
# # Lab 09 · A proposal and its claims
#
# A city council asks you about a proposal. Each of its sentences sounds harmless. You take them one by one, put a number to each, and see what the law says. Then you write the assessment, and the best argument against your own decision.
#
# About 90 minutes, 19 points: 13 are checked here at once, 6 are for two written answers. It follows [lesson 09](../../lessons/09_ethics.ipynb).
#
# **The proposal** (the city and all its numbers are invented):
#
# > ***Station watch, version 4.*** *Cameras at the main station compare the 100,000 people who pass in a day with a list of 500. The system is 99.9 % accurate: of a thousand people who are not on the list, 999 cause no alert. It finds nine in ten of those who are; about 20 of them pass in a day. Two officers look at every alert, and each of them notices eight in ten wrong ones, so only one in twenty-five gets through. The same threshold holds for everybody, so everybody is treated alike. We begin small: one station, 500 names, 20 days a year. Passages are erased after 30 days.*
#
# (Lesson 09's model card was for version 3, on drawn people: of 100,000 of them nearly 10,000 caused a false alert. This is version 4. The proposal does not say on whom it was tried.)
#
# **How the checks work.** Write your code where it says `YOUR CODE HERE`, delete the line `raise NotImplementedError()`, and run the cell. Then run the check below it. You may check as often as you like. A check tries your function on new random numbers each time, gives a hint when something is wrong, and never takes points away.

# %%
import datetime

import numpy as np

from course_utils.checks import lab09 as check

# %% [markdown]
# ## A · "99.9 % accurate" (2 points)
#
# *Accuracy* is the share of all passers-by about whom the system is right: it gives an alert for somebody on the list, or none for somebody who is not. Compare it with a camera that is switched off and never gives an alert. And count what an officer sees: how many wrong alerts come for each right one?

# %% solution="accuracies"
def accuracies(passers_by, wanted, hit_rate, false_alarm_rate):
    """Return the accuracy of the system, that of a camera switched off, and wrong alerts for each right one.

    passers_by: people who pass. wanted: how many of them are on the list.
    hit_rate: share of the wanted who give an alert. false_alarm_rate: share of the others who do.
    Returns three numbers: two shares between 0 and 1, and a ratio.
    """
    # About how many people is each of the two cameras right?
    ### BEGIN SOLUTION
    right_alerts = hit_rate * wanted
    wrong_alerts = false_alarm_rate * (passers_by - wanted)
    left_alone = passers_by - wanted - wrong_alerts
    return (right_alerts + left_alone) / passers_by, (passers_by - wanted) / passers_by, wrong_alerts / right_alerts
    ### END SOLUTION

# %% [markdown]
# Try it with the proposal's numbers. Guess first: which of the two cameras is more accurate?

# %%
accuracies(100_000, 20, 0.9, 0.001)

# %% test="accuracies" points=2
check.accuracies()

# %% [markdown]
# ## B · "Two officers look at every alert" (2 points)
#
# An alert is dropped as soon as one of the two notices that it is wrong; otherwise somebody is stopped. Each notices a share `notices` of the wrong alerts that they look at, and these two are independent *if the second one looks*. In a share `follows` of cases the second officer only signs what the first one decided.

# %% solution="wrong_stops"
def wrong_stops(false_alerts, notices, follows):
    """Return how many wrong alerts are expected to end in a stop.

    false_alerts: how many wrong alerts there are.
    notices: share of wrong alerts that an officer notices when looking.
    follows: share of cases in which the second officer does not look but follows the first.
    Returns one number, which need not be whole.
    """
    # How many does the first one let through? What becomes of these, in the two kinds of cases?
    ### BEGIN SOLUTION
    let_through = false_alerts * (1 - notices)
    signed = follows * let_through
    looked_at = (1 - follows) * let_through
    return signed + looked_at * (1 - notices)
    ### END SOLUTION

# %% [markdown]
# A hundred wrong alerts a day. What the proposal says, and what happens if the second officer follows every other time:

# %%
round(wrong_stops(100, 0.8, 0), 2), round(wrong_stops(100, 0.8, 0.5), 2)

# %% test="wrong_stops" points=2
check.wrong_stops()

# %% [markdown]
# ## C · "The same for everybody" (2 points)
#
# One threshold does not give every group the same errors (lesson 08). For each group you know how many of its people pass, and at which rate one of them is stopped by mistake. A report should say three things about the group with the highest rate: how many times as likely one of them is stopped as somebody of the group with the *lowest* rate, which share of all wrong stops falls on the group, and which share of all people it is.

# %% solution="burden_of"
def burden_of(people, rate):
    """Return three numbers about the group with the highest rate.

    people: array, how many of each group pass. rate: array, each group's rate of wrong stops, above 0.
    Returns: its rate as a multiple of the lowest rate; its share of all wrong stops; its share of all people.
    """
    # Which group is it? Is it the one with the most stops?
    ### BEGIN SOLUTION
    worst = np.argmax(rate)
    stops = people * rate
    return rate[worst] / rate.min(), stops[worst] / stops.sum(), people[worst] / people.sum()
    ### END SOLUTION

# %%
burden_of(np.array([80_000, 20_000]), np.array([0.00005, 0.0004]))

# %% test="burden_of" points=2
check.burden_of()

# %% [markdown]
# ## D · "We begin small" (2 points)
#
# A policy has so many `names` on its list, so many `passers_by` on a day, and runs on so many `days` a year. Each face is compared with each name. Later come steps; each adds something to what is there by then. How many comparisons are made in a year *after each step*?

# %% solution="comparisons"
def comparisons(policy, steps):
    """Return how many comparisons are made in a year after each step.

    policy: {"names": number, "passers_by": number on a day, "days": number in a year}.
    steps: list of {"what": one of these three words, "more": how many are added}, in their order.
    Returns a list with one number for each step.
    """
    # What does the second step build upon?
    ### BEGIN SOLUTION
    now, a_year = dict(policy), []
    for step in steps:
        now[step["what"]] += step["more"]
        a_year.append(now["names"] * now["passers_by"] * now["days"])
    return a_year
    ### END SOLUTION

# %% [markdown]
# The city's next three years, perhaps: fare dodgers on the list, three more stations, every day. How many times as much is it in the end? Which step would *you* have voted for?

# %%
begin = {"names": 500, "passers_by": 100_000, "days": 20}
later = [{"what": "names", "more": 1_500}, {"what": "passers_by", "more": 300_000}, {"what": "days", "more": 345}]
500 * 100_000 * 20, comparisons(begin, later)

# %% test="comparisons" points=2
check.comparisons()

# %% [markdown]
# ## E · "Erased after 30 days" (2 points)
#
# Somebody has to check this. You get the log of passages and find those that *must be gone* today.
#
# - A passage may be kept for `days` days after the day on which it was **seen**, the last of them included. If that is 2 days, a passage of Monday may be kept through Wednesday and must be gone on Thursday. A copy is as old as what it copies.
# - A court can order that a passage is kept as evidence: a *hold*. While any hold on it runs, through the hold's last day, the passage stays. Afterwards the ordinary rule applies.

# %% solution="must_be_gone"
def must_be_gone(log, today, days, holds):
    """Return the numbers of the passages that must be gone today.

    log: list of {"number": number, "seen": a datetime.date, "copied": a datetime.date, or None}.
    today: a datetime.date. days: for how many days after the day seen a passage may be kept.
    holds: list of {"number": number of a passage, "until": a datetime.date}; several may name the same one.
    Returns a list of numbers, in any order, perhaps empty.
    """
    # (one date - another date).days is a number of days. Dates can be compared with <=.
    ### BEGIN SOLUTION
    held = {hold["number"] for hold in holds if hold["until"] >= today}
    return [passage["number"] for passage in log
            if (today - passage["seen"]).days > days and passage["number"] not in held]
    ### END SOLUTION

# %%
some_day = datetime.date(2026, 3, 31)
two_passages = [{"number": 1, "seen": datetime.date(2026, 3, 1), "copied": None},
                {"number": 2, "seen": datetime.date(2026, 2, 20), "copied": datetime.date(2026, 3, 20)}]
must_be_gone(two_passages, some_day, 30, []), must_be_gone(two_passages, some_day, 30, [{"number": 2, "until": some_day}])

# %% test="must_be_gone" points=2
check.must_be_gone()

# %% [markdown]
# ## F · What does Article 5 ban? (3 points)
#
# Article 5 of the European AI Act (Regulation 2024/1689), in force since 2 February 2025, bans among other things:
#
# - collecting faces without a target (scraping) to build databases for face recognition;
# - inferring emotions at work and in education, except for medical or safety reasons (by recital 18, pain and fatigue are not emotions);
# - inferring sensitive traits of people (race, political opinion, union membership, religion, sex life or sexual orientation) from their biometric data;
# - identifying people at a distance, in real time, in public, for the police; here there are narrow exceptions.
#
# Judge six proposals by these words: `"banned"`, `"exception"` (banned unless one of the exceptions applies), or `"not banned"` by Article 5.
#
# - **A**: A firm copies every face that it finds on public web pages, and sells searches in them.
# - **B**: A call centre's cameras work out who looks bored, and pay depends on it.
# - **C**: A lorry's camera sees that its driver is tired, and wakes the driver.
# - **D**: Police compare everybody who walks through a station, at once, with a list.
# - **E**: A week after a burglary, the police compare one picture of it with photographs of people convicted before.
# - **F**: Cameras on a square guess each passer-by's religion. No names are kept.
#
# (The law is abridged, for orientation; other laws may forbid what this article does not.)

# %% solution="article_5"
# article_5 = {"A": "...", "B": "...", "C": "...", "D": "...", "E": "...", "F": "..."}
### BEGIN SOLUTION
article_5 = {"A": "banned", "B": "banned", "C": "not banned", "D": "exception", "E": "not banned", "F": "banned"}
### END SOLUTION

# %% test="article_5" points=3
check.article_5()

# %% [markdown]
# ## G · The assessment (4 points, read by your teacher)
#
# Write the council an assessment of *Station watch*, ten to fifteen sentences or as many bullet points. It should answer:
#
# 1. What follows **in numbers**? Use at least two that you worked out in parts A to E.
# 2. **For whom**? At least three groups: one that gains, and one that is affected and has little say. What happens to each, and what would you do about it?
# 3. Which **limits**, if any? Each with a number or a date, and with somebody who checks it. What does the proposal not say that you would have to know?
# 4. Your **decision**: yes, no, or something else. Why, and what would change your mind?
#
# You may be for it or against it: reasons and evidence count, the side does not. You need not say anything about yourself.

# %% [markdown] answer="assessment" points=4
# ### BEGIN SOLUTION
# **A sample answer against it.** In a day the system would give about 118 alerts, and 100 of them would be wrong: five or six for each right one. It is 99.90 % accurate, and a camera that is switched off is 99.98 % accurate, so the number on the leaflet says nothing. If the second officer follows the first every other time, 12 people are stopped by mistake each day, three times what the proposal reckons. If one group is a fifth of the passers-by and is stopped eight times as often as the rest, two thirds of these stops fall on it, whatever the threshold is called. Those who gain are people whom somebody on the list would have harmed; I do not doubt that there are some. Those who lose are people who look like somebody on the list. They are stopped again and again, they do not know why, and nobody represents them; they would need a record of each stop and a way off. People who go to an assembly may stay at home, and no count shows them. The proposal does not say whose faces the rates were measured on, who puts names on the list, nor whether it was ever tried. Begin small means little: with three ordinary steps the 1,000 million comparisons a year become 292,000 million. A law that bans this in public but for narrow exceptions (European AI Act, Article 5, since 2 February 2025) treats it as an exception too. I recommend to say no. If the council wants to find a missing person, let a judge order a search for that one person, for one day, with everything erased the next morning and the number of stops published by the data protection officer. I would change my mind if a trial with volunteers, run by somebody other than the maker, showed fewer wrong alerts than right ones in every group that passes here.
#
# **A sample answer for it.** About 18 people on the list would be found in a day, whom nobody finds today. For this about 100 wrong alerts have to be looked at, which is two hours of work for an officer who needs a minute for each. The price is wrong stops: 4 a day if both officers look, 12 if the second follows every other time. So my first condition is that the second officer decides without seeing the first one's answer, and that each month a hundred staged wrong alerts measure how many they notice. Those who gain are victims of the people on the list, and officers who need not stop people on a hunch. Those who pay are people who resemble somebody on it: each stop is recorded, the person gets a paper with the reason, and after a second wrong stop the reference picture is replaced or the name taken off. Passers-by pay too, and have no say: so a passage without an alert is not kept for 30 days but erased at once. Group by group, the city publishes how many times as often people are stopped; above a ratio of 2 the system is switched off until it is mended. At most 100 names, each approved by a judge for 90 days; in the European Union Article 5 of the AI Act would ask for more: a purpose that it lists, a national law, and an authorisation for each use. The data protection officer checks names and deletion each quarter. One station, and 20 days: any step more needs a new vote, with the comparisons a year on the paper, since three steps would make them 292 times as many. What I miss is on whom the rates were measured, and how many of the 20 are wanted for something grave. I recommend a trial of one year that ends by itself. I would switch it off if fewer than one alert in ten were right, or if one person could show that a wrong match had led to an arrest, as one did in Detroit in January 2020; since June 2024 no arrest there may rest on a face match alone (ACLU).
#
# **Rubric.** One point for each row. The decision itself earns and costs nothing.
#
# | | 1 point | half a point | 0 points |
# |---|---|---|---|
# | **Numbers** | two results, worked out right and used as reasons: wrong alerts for each right one, the camera switched off, wrong stops with two officers (4 and 12 are one result), a group's burden ("if a fifth of the people ..."), growth by steps, what is kept | one such result, or two that are only listed, or two with a slip on which the reason rests | none, or the proposal's own numbers repeated |
# | **People** | three groups, among them one that gains and one with little say; for each what happens; for at least one what is done about it, anywhere in the answer | one of these four things is missing | more is missing; "people" or "society" only |
# | **Limits** | two limits of one's own (not the proposal's; for a plain no, of what would be allowed instead; for "sent back", what has to be met by when), each with a number or a date; somebody who checks, be it one for both; one thing left out that matters for the decision | one of these four things is missing | more is missing; "use it responsibly" |
# | **Decision** | a decision that follows from what stands before it ("sent back until ..." is one), and something that one could count or look up and that would change it: not "if trust returns" | a decision without such a thing, or one that contradicts the reasons given | no decision |
#
# Two readers should agree to within half a point on each row. A wrong sentence about the law costs half a point, once, in the decision's row; no row falls below 0. Do not deduct for the side taken, nor for language. What somebody tells of themselves is neither evidence nor a fault.
# ### END SOLUTION

# %% [markdown]
# ## H · The strongest argument against you (2 points, read by your teacher)
#
# Take what you have just decided. Write the best argument *against* that, in four to six sentences, so that somebody who holds it would sign it: with a reason and a fact or number. Then say in two or three sentences where it is right, and why you still decide as you do (or no longer do).

# %% [markdown] answer="other_side" points=2
# ### BEGIN SOLUTION
# **A sample answer by somebody who said no.** *You speak of 12 people who are stopped for some minutes, as if nothing were lost by saying no. Some 18 people a day would be found here for whom the police are looking, and today nobody sees them; among them are people who will hurt somebody again. A stop with a paper and an apology can be made good, and what they do cannot. And you do not end stops by saying no: officers stop people on a hunch today, without a threshold, without a count, and nobody publishes how often they are wrong, or about whom. A system that is counted can be corrected.* This is right about the last point: the stops of today should be counted too, and my no does not mend them. I still decide as I do, because officers cannot look at 100,000 faces a day and a camera can; what is wrong at that scale is wrong for everybody at once, and the count does not give back what people did not dare to do.
#
# **A sample answer by somebody who said yes.** *Your conditions are a wish. In Cardiff in 2017, 2,297 of 2,470 alerts were false (press reports, 2018; a later answer of the police gives other totals), and nobody had promised that. In San Diego the sensors of 2016 were bought for energy and traffic, and their cameras served the police later; each step was small (Voice of San Diego, 14 June 2023). A trial ends by itself only if those who profit from it let it end, and by then the cameras hang there and the officers count on them. Those who are stopped by mistake do not sit in the council that votes again. So the only limit that holds is not to build it.* It is right that a limit must not depend on those whom it limits: so the judge and the end date have to stand in the statute and not in the police's own rules. I still decide for the trial, because a city that never tries anything that it might have to end can never try anything; but if the first published count were late, I would vote against going on.
#
# **Rubric.** One point for each row.
#
# | | 1 point | half a point | 0 points |
# |---|---|---|---|
# | **At its strongest** | somebody who holds it would sign it: a reason that alone could decide the matter, with a fact or a number from course, cards or an own computation | such a reason without fact or number, or with one whose slip it rests on; or a side reason | a caricature, an insult, or an argument for one's own side |
# | **Answered** | says where it is right, and why the decision still stands or what changes in it | one of the two; or "it is outweighed" without why | not answered |
#
# Two readers should agree to within half a point on each row. An answer that ends by changing the decision loses nothing.
# ### END SOLUTION

# %% [markdown]
# ## Your points so far

# %%
check.points_so_far()
