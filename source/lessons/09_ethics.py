# %% [markdown]
# # 9 · The ethics of face recognition
#
# You know now how such a system works, how often it fails and whom. Should it be used, where, and who decides?
# This lesson does not tell you. It gives you cases, numbers, and the best argument of each side. The decisions are yours, and you will have to defend them.
#
# **You will**
#
# - *weigh* a benefit against what it costs other people, with a number for each;
# - *state* the position that you do not hold so that its owner would agree;
# - *decide*, and say what would change your mind.
#
# About 65 minutes. In a class: read alone, then debate.

# %%
from datetime import date, timedelta

import ipywidgets
import numpy as np
import pandas as pd

from course_utils import claim, faces, lesson_seed, models, plots, progress, quiz, widgets

plots.use_style()
rng = np.random.default_rng(lesson_seed())
my_decisions = {}

# %% [markdown]
# ## Where it is welcome
#
# Begin with uses that hardly anybody fights. You unlock your own phone with your face: one comparison, your choice, and a code works too. A driver's eyes close, and the car wakes the driver: no name is needed for that. A child is lost in a station, and the parents ask for help.
#
# What sets them apart is not the mathematics. It is who asked for it, who is compared with whom, what is kept, and whether you can say no. Keep these four questions.

# %% [markdown]
# ## Consent: thirty billion pictures
#
# The company Clearview AI collected more than 30 billion pictures from the web for face search. Nobody in the pictures was asked. The Dutch data protection authority fined it 30.5 million euros (decided 16 May 2024; its announcement of 3 September 2024). Italy, Greece and France have fined it as well; in 2024 the French fine was still unpaid. A British fine was overturned in 2023 for want of jurisdiction; in October 2025 the Upper Tribunal sent the case back (ICO, 8 October 2025).
#
# **Predict first:** you have 20 public pictures, some of them in the background of other people's. The collection has one in ten of all public pictures. How likely are you in it?

# %%
def in_collection(pictures, share):
    return 1 - (1 - share) ** pictures

pd.Series({n: in_collection(n, 0.1) for n in (1, 5, 20, 50)}, name="chance to be in it").to_frame().style.format("{:.0%}")

# %%
claim("With 20 public pictures and one in ten collected, you are in the collection more likely than not.",
      in_collection(20, 0.1) > 0.5)

# %% [markdown]
# **For:** the pictures were public, and everybody may look at them. A search that finds the abuser in one photo, or gives a name to an unknown victim, does a good that is hard to do otherwise.
#
# **Against:** being seen by passers-by is not being searchable for ever by strangers. You cannot opt out of a collection that you do not know of, nor change your face as you would a password. For training a network, though not for searching, there is another way: Generated Photos photographed 69 models who had agreed, and made 100,000 faces from the pictures (the company's FAQ, 2019). FFHQ, by contrast, has 70,000 faces from Flickr, and removes them on request (dataset page).

# %%
my_decisions["consent"] = "May a company collect public pictures for face search? Under which conditions?"

# %% [markdown]
# ## Tracking: four points
#
# Suppose cameras keep no names, only "face 4711 was here at nine". Is that anonymous? We invent a city: 5,000 people, each seen 60 times in two weeks, mostly at the few places where they live, work and shop.

# %%
PEOPLE, CAMERAS = 5000, 300

def passages(n=60):
    own_places = rng.zipf(1.4, (PEOPLE, 5)) % CAMERAS  # some places are everybody's
    place = np.take_along_axis(own_places, rng.choice(5, (PEOPLE, n), p=[0.35, 0.3, 0.15, 0.1, 0.1]), axis=1)
    hour = rng.integers(14, size=(PEOPLE, n)) * 24 + rng.integers(7, 22, (PEOPLE, n))
    return 1000 * place + hour  # one number for each place and hour

seen = passages()

# %% [markdown]
# **Predict first:** you know of somebody four times and places, from their posts perhaps. How many of the 5,000 people fit?

# %%
at = pd.Series(np.repeat(np.arange(PEOPLE), seen.shape[1])).groupby(seen.ravel()).agg(set)

def singled_out(points, tries=400):
    alone = 0
    for person in rng.choice(PEOPLE, tries, replace=False):
        known = rng.choice(seen[person], points, replace=False)
        alone += len(set.intersection(*at[known])) == 1
    return alone / tries

shares = [singled_out(points) for points in (1, 2, 3, 4)]
plots.plot_uniqueness((1, 2, 3, 4), shares, title="An invented city of 5,000 people");

# %%
claim("In this city four points single out at least nine people in ten.", shares[3] >= 0.9)

# %% [markdown]
# Real data are much like it. In fifteen months of 1.5 million people's phones, located by hour and antenna, four points singled out 95 % of them (de Montjoye and others, *Scientific Reports* 3, 1376, 2013). Among 60 million people it was estimated to be 93 %, and at least 22 % (87 % with five points; Farzanehfar and others, *Patterns* 2, 100204, 2021). To be single is not yet to be named. But whoever knows four of your points can find all the others, with or without a name on them.
#
# **For:** a city that knows how people move builds better crossings and finds the contact of a sick person. **Against:** the same data show who visits which doctor, church or lawyer. Once kept, they can be read for the second purpose too.

# %%
my_decisions["tracking"] = "Which question of the city could be answered by counting people, without telling them apart?"

# %% [markdown]
# ## Liberty and protest: who goes first?
#
# After the disclosures of June 2013 on surveillance, views of Wikipedia articles about terrorism fell by about 20 % (Penney, "Chilling Effects", *Berkeley Technology Law Journal* 31, 2016). Reading them was legal before and after.
#
# A fifth less reading may not sound like much. But some things need others to go first. In a classic model each person joins once enough others have joined (Granovetter, "Threshold Models of Collective Behavior", *American Journal of Sociology* 83, 1978). We invent 1,000 people, most of whom would join if some hundreds did.
#
# **Predict first:** cameras with face recognition make everybody a little more careful: each wants 5 % of the crowd more around them. How many still come?

# %%
wanted = rng.normal(250, 140, size=1000).round()  # so many others each of them wants to see

def joined(wanted):
    counts = [0]
    while len(counts) < 2 or counts[-1] > counts[-2]:
        counts.append(int(np.sum(wanted <= counts[-1])))
    return counts

free, watched = joined(wanted), joined(wanted + 50)
print(f"unwatched, {free[-1]} come; watched, {watched[-1]}")
plots.plot_joining({"unwatched": free, "each wants 50 more": watched}, title="A protest of 1,000 people, invented");

# %%
claim("When each person wants to see 50 others more, at most a fifth as many people come.", watched[-1] <= free[-1] / 5)

# %% [markdown]
# Nobody was forbidden anything, nobody was arrested, and hardly anyone is *against* the protest. It does not happen.
#
# We put this crowd near its tipping point on purpose. Change 140 to 180, and the same caution changes next to nothing. So the model does not say that cameras end protests. It says that a small cost to each *can* have a large effect on all, and that counting those who were forbidden something will not show it.
#
# **For** such cameras: crowds can turn violent, and those who throw stones hide among those who do not; a camera that names only them protects the others' right to assemble. **Against:** whoever can name the stone-thrower can name everybody, and nobody in the crowd knows which of the two is being done.

# %%
my_decisions["protest"] = "May cameras with face recognition be used at an assembly? Who may switch them on?"

# %% [markdown]
# ## Function creep: a streetlight that sees
#
# In December 2016 San Diego planned 4,200 sensors on streetlights, for saving energy and counting traffic. 3,200 were installed. They had cameras; later the police used them. In September 2020 access was cut. On 1 August 2023 the city council approved 500 cameras with plate readers, this time with rules: 15 days for video, 30 for plates (San Diego Police; *Voice of San Diego*, 14 June 2023; NBC San Diego, August 2023). They read plates and do not recognise faces (Fox 5 San Diego, 19 July 2023). Suppose they did:
#
# Nobody had to lie for this. Each step is small, and the cameras are there already. **For:** a tool that is paid for should be used where it helps: the police said that it solves crimes and finds missing people (Fox 5, 31 July 2023). Rules can follow. **Against:** people agreed to lamps. So ask of every system not only what it is for, but what it *could* do with a change of software.

# %%
def kept(cameras, faces_a_day, days):
    return cameras * faces_a_day * days

print(f"500 cameras, 2,000 faces a day, 15 days: {kept(500, 2_000, 15):,} passages kept")
print(f"the same, one year: {kept(500, 2_000, 365):,}")

# %%
my_decisions["creep"] = "What has to happen before a system may be used for something new?"

# %% [markdown]
# ## Targeting: sorting people
#
# In April 2019 the *New York Times* reported that start-ups in China were selling face recognition that profiles a minority. One need not name anybody to do harm: it is enough to sort.
#
# **Predict first:** a classifier is right for 95 % of the faces of a group, and for 95 % of all others. The group is 2 % of the people. Of those it picks, how many belong to it?

# %%
picked_right, picked_wrong = 0.95 * 0.02, 0.05 * 0.98
share_right = picked_right / (picked_right + picked_wrong)
print(f"{share_right:.0%}")
claim("Most of the people whom such a classifier picks do not belong to the group.", share_right < 0.5)

# %% [markdown]
# And if it were right? Some would say that it is then worse, for it sorts better. The European AI Act bans inferring race, political opinion, union membership, religion, sex life or sexual orientation from biometric data (Article 5, since 2 February 2025); labelling data sets that were lawfully acquired is exempt. **For** sorting at all there is one strong argument: whoever audits a system for fairness must know which group a face belongs to (lesson 08). With consent, in a test, that can be had without a classifier in the street.

# %%
my_decisions["targeting"] = "May a system ever guess which group somebody belongs to? Who has to agree to it?"

# %% [markdown]
# ## Imperfect, and not for everybody alike
#
# Robert Williams was arrested in Detroit in January 2020 on a wrong match, and held for about 30 hours. The city settled in June 2024: no arrest there may rest on a face match alone (ACLU; University of Michigan Law School). (Not by a live alert: the police had searched with a picture from a shop's camera.) In the 1:1 tests of NISTIR 8280 (2019) many algorithms gave 10 to 100 times as many false positives for Black and East Asian faces as for white ones; in 1:N search the highest were for Black women. The authors found differences in the majority of algorithms, none that could be measured in some, and warn against statements across all of them.
#
# **Predict first:** a group is a tenth of the passers-by, and its false positive rate is ten times that of all others. Which share of the wrong stops falls on it?

# %%
def share_of_stops(share, times):
    return share * times / (share * times + 1 - share)

pd.Series({times: share_of_stops(0.1, times) for times in (1, 2, 10, 100)}, name="of the wrong stops").to_frame().style.format("{:.0%}")

# %%
claim("A tenth of the people, at ten times the rate, bear more than half of the wrong stops.",
      share_of_stops(0.1, 10) > 0.5)

# %% [markdown]
# **For:** what is counted can be mended. Choose an algorithm without a measurable difference, let somebody look before anybody is stopped, publish the count for each group. People who look for faces without a machine err, too. **Against:** until it is mended the same people pay, and they were not asked. And once it errs for nobody, it tracks everybody equally well.

# %%
my_decisions["errors"] = "How many wrong stops is one right alert worth? Who may say so?"

# %% [markdown]
# ## The policy board
#
# Now you decide, and see what follows, for the system of lesson 07 (drawn people; half of all false alerts are noticed at a second look if *oversight* is 0.5).

# %%
found = faces.load_embeddings()
some = np.isin(found.who, rng.choice(1000, 300, replace=False))
distances, same, _, _ = faces.pair_distances(found.embeddings[some], found.who[some])
impostors, genuine = np.sort(distances[~same & ~np.isnan(distances)]), np.sort(np.nan_to_num(distances[same], nan=9))

LAW = {  # the European AI Act, Article 5: what police may do in real time, in public
    "open a door (1:1)": "A comparison with your own card: Article 5 does not ban it.",
    "one missing child": "Banned in public, with exceptions; a missing person is one, once authorised.",
    "watch list": "Banned in public but for narrow exceptions, each authorised (if urgent, within 24 hours).",
    "everybody, always": "Banned in public: no exception covers everybody.",
}
PLACES = {"office": 600, "stadium": 40_000, "station": 100_000, "whole city": 1_000_000}

# %%
def follows(use, place, list_length, threshold, retention, oversight):
    crowd = PLACES[place]
    length = {"open a door (1:1)": 1, "one missing child": 1, "watch list": int(list_length)}.get(use, crowd)
    f = np.searchsorted(impostors, threshold, "right") / len(impostors)
    alerts = crowd * faces.false_alarm_chance(f, length)
    return {"finds a wanted person, in %": 100 * np.searchsorted(genuine, threshold, "right") / len(genuine),
            "false alerts a day": alerts, "wrong stops a day": alerts * (1 - oversight),
            "compared a day": crowd * length, "passages kept": crowd * retention}

def choice(values, start):
    return ipywidgets.Dropdown(options=list(values), value=start)

widgets.interactive_figure(
    lambda ax, **policy: plots.draw_policy(ax, follows(**policy), note=LAW[policy["use"]]), size=(6.4, 3.4),
    use=choice(LAW, "watch list"), place=choice(PLACES, "station"),
    list_length=ipywidgets.FloatLogSlider(500, min=0, max=5, step=0.1, readout_format=",.0f"),
    threshold=(0.2, 0.42, 0.01, 0.33), retention=(0, 365, 1, 30), oversight=(0.0, 1.0, 0.05, 0.5),
    alt=lambda **policy: f"Policy: {policy['use']}, {policy['place']}. {LAW[policy['use']]}")

# %% [markdown]
# - Find the policy that *you* could defend before somebody who was stopped by mistake.
# - Then the one that you could defend before the parents of the missing child. Is it the same?
# - What does *retention* change about the alerts? What does it change about everything else?
#
# (The law is abridged, for orientation. Emotion inference at work and in schools is banned as well, except for medical or safety reasons; so is scraping faces without a target. Fines for companies reach 35 million euros or 7 % of turnover.)

# %%
board = {use: follows(use, "station", 500, 0.33, 30, 0.5) for use in LAW}
claim("At the same threshold a watch list of 500 gives at least 100 times the false alerts of a search for one child.",
      board["watch list"]["false alerts a day"] >= 100 * board["one missing child"]["false alerts a day"])

# %%
my_decisions["policy"] = "Use, place, list, threshold, retention, oversight; and what would make you switch it off?"

# %% [markdown]
# ## Who has a say?
#
# A city plans the watch list for its station. We guessed how much each group is affected, and how much say it has. Change the numbers until you would defend them.

# %%
stakes = {"people on the list": (9, 3), "people who look like them": (8, 1), "passers-by": (5.5, 2.5), "children": (6, 0.3),
          "police": (6.5, 8), "city council": (3, 9.5), "maker": (4, 6), "judges": (2, 6.5), "shops at the station": (2, 4)}
plots.plot_stakeholders(stakes, title="A watch list at a station");

# %% [markdown]
# Look at the lower right: much affected, little say. Whom would you ask before you decide, and how do you reach people who do not know that they look like somebody?
#
# Two documents make a plan discussable. A **model card** says what the system is (Mitchell and others, FAT* 2019). An **impact assessment** says what it does to whom. Here they are, filled in for the fictional city.

# %%
models.ModelCard(
    name="Station watch, version 3 (fictional)", architecture="detector, 128 numbers a face, threshold 0.33",
    trained_on="photographs from the web; the maker does not say whose, or whether they agreed",
    trained_when="not stated", trained_how="not stated",
    accuracy=f"on drawn people: {board['watch list']['finds a wanted person, in %']:.0f} % found; "
             f"{board['watch list']['false alerts a day']:,.0f} false alerts among 100,000 passers-by a day",
    licence="rented by the day", good_for="a hint to look, by a trained person, at pictures of good light",
    known_gaps="not tested on children, masks, the station's lamps, or on people of this city")

# %%
harms = pd.DataFrame(
    [["people who look like somebody on the list", "stopped again and again", "certain", "a way off the list; each stop recorded", "police"],
     ["passers-by", "their movements are kept", "certain", "nothing kept without an alert", "city"],
     ["people at assemblies", "stay away", "likely, unmeasured", "switched off; a sign that says so", "council"],
     ["people on the list by error", "stopped, with no way to object", "possible", "a judge approves each name; a date to delete", "court"],
     ["everybody", "another use later", "likely, as elsewhere", "ends by itself after a year unless voted again", "council"]],
    columns=["who", "what happens", "how likely", "what is done about it", "who answers for it"])
harms.style.hide(axis="index")

# %% [markdown]
# ## What protects people today
#
# *Law:* bans and their exceptions, fines, courts. Robert Williams' case changed the rules of one police force. *Technique:* do not collect; compare 1:1 instead of 1:N; forget early; let people be erased. The course's gallery does the last two, and asks for consent before it does anything:

# %%
today = date(2026, 1, 10)
consent = faces.Consent("Opens the door of the course's fictional office.", "nobody: drawn", today, today + timedelta(days=365))
gallery = faces.Gallery(retention_days=30, today=lambda: today)
ada, later = found.embeddings[found.who == 0][:2]
gallery.enrol("Ada", ada, consent=consent)
before = gallery.identify(later, threshold=0.33)
gallery.erase("Ada")
after = gallery.identify(later, threshold=0.33)
before, after

# %%
claim("After erasing a person, the search finds nobody, and nothing of her is in the gallery.",
      before and not after and "Ada" not in gallery and len(gallery) == 0)

# %% [markdown]
# Each of these is a choice that somebody made, or did not make. When people say that technology is not neutral, one thing they mean is this: somebody decided what it keeps, whom it compares, and who may say no. Those who answer that it is a tool mean that these decisions are people's, and can be changed. Both put the same question to you.

# %% [markdown]
# ## Your decisions

# %%
pd.Series(my_decisions, name="put your own sentences here").to_frame()

# %% [markdown]
# ## Three quick questions

# %%
quiz("09")

# %% [markdown]
# ## Summary
#
# - Four questions for every use: who asked for it, who is compared with whom, what is kept, who can say no?
# - Harm needs no error: four points single people out, and a little more caution can end a protest. And a right use may need little: one list of one name, for one day.
# - State the other side at its best, put numbers to your own, and say what would change your mind.
#
# **Next:** argue. [The debate](../docs/debate.md) has a plan for a class and one for a single person. Then take a city's proposal apart, claim by claim, in [lab 09](../labs/lab09_ethics/lab09_ethics.ipynb).

# %%
progress(finished="09")
