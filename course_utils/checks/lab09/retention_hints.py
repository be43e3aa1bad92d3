"""What a learner hears about passages that must be gone."""

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`? If nothing has to go, "
        "give back an empty list.",),
    "not-numbers": (
        "Your function should give back a list with the numbers of the passages. (A set has no "
        "order that could be shown: `sorted(...)` makes a list of it.)",),
    "a-day-early": (
        "You erase on the last day on which a passage may still be kept.",),
    "a-day-late": (
        "You keep passages for one day more than the rule allows.",),
    "only-that-day": (
        "You look only at passages whose time ended yesterday. What about those that somebody "
        "forgot to erase last month?",),
    "last-day-of-hold": (
        "A hold still holds on its last day.",),
    "holds-ignored": (
        "You erase passages that a court wants kept. Where do you look at the holds?",),
    "held-for-ever": (
        "You keep a passage for ever once it was held. A hold ends.",),
    "one-hold-only": (
        "A passage may have several holds. You look at one of them. While *any* of them runs, it "
        "stays.",
        "A dictionary made from the holds keeps one for each number."),
    "hold-keeps-all": (
        "One hold stops all erasing in your function. A hold names the passages that it is "
        "about; the others did nothing.",),
    "copy-is-new": (
        "With you the time starts again when a passage is copied. Then whoever copies often "
        "enough keeps it for ever.",),
    "copies-only": (
        "You look at copied passages only.",),
    "clock-starts-again": (
        "After a hold you give a passage its days once more. Its time ran out long ago; nothing "
        "keeps it but the hold.",),
    "end-of-hold-erases": (
        "You erase whatever was held once its hold is over, even if its ordinary time is not.",),
    "held-is-gone": (
        "You have turned the holds round: what is held must *stay*.",),
    "what-may-stay": (
        "Those are the passages that may stay. The exercise asks which must go.",),
    "positions": (
        "Those are places in the list. The exercise asks for each passage's `number`.",),
    "removed-while-walking": (
        "You take passages out of the list that you are walking through: the one after each of "
        "them is skipped, and stays for ever. Walk through a copy.",),
    "everything": (
        "You erase everything. Some passages may still be kept, and some must be.",),
    "nothing": (
        "You erase nothing, but some passages are too old.",),
    "unknown": (
        "These are not the passages that must be gone. Take one passage and ask: how many days ago "
        "was it *seen*, is that more than allowed, and does any hold on it run today?",),
}
