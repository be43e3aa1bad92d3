"""What a learner hears about a choice of fixes under a budget."""

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). If nothing can be paid for, give back an empty "
        "list.",),
    "not-stages": (
        "Give back a list of names out of `find`, `cut`, `read` and `add`.",),
    "over-budget": (
        "One of your choices costs more hours than there are.",
        "Hours add up over all fixes of a choice. Do you check the sum, and can your choice be "
        "empty?"),
    "sums-single-gains": (
        "You added up gains that were measured one at a time. Two faults on one page mask each "
        "other, so two fixes together can bring more than the sum.",
        "The table `ok` tells for any set of fixes which pages would be right. Why estimate it?"),
    "largest-gain-first": (
        "You take the largest gain first and then what still fits. One expensive fix may push out "
        "two cheaper ones that together bring more.",
        "Four stages: how many different choices are there in all?"),
    "per-hour-once": (
        "You rank by gain per hour as it is at the start. After the first fix, the gains of the "
        "others are no longer what they were.",
        "Four stages: how many different choices are there in all?"),
    "per-hour-updated": (
        "Nearly: you measure again after each fix. But the best first step is not always part of "
        "the best pair, and hours may be left over that buy nothing.",
        "Four stages: how many different choices are there in all?"),
    "as-if-independent": (
        "You multiply how often each stage is right, as if faults came independently. On these "
        "pages they come together. The table `ok` tells which pages would be right.",),
    "mean-of-stages": (
        "You average how often the single stages are right. A page needs all four of them at once: "
        "count pages, row by row.",),
    "an-hour-left-over": (
        "A choice that costs exactly the budget can be paid for, and you leave it out.",),
    "as-many-as-possible": (
        "You fix as many stages as the hours pay for. One expensive fix may get more pages right "
        "than two cheap ones.",),
    "two-at-most": (
        "Sometimes the hours pay for three fixes or four. Do you try those, too?",),
    "weakest-first": (
        "You begin with the stage that fails most often. What does its fix change on pages that "
        "another stage spoils as well, and what does it cost?",),
    "front-first": (
        "You fix from the front as long as the hours last, whatever it brings.",),
    "per-hour-of-the-set": (
        "You look for the most pages per hour. Hours that are left over buy nothing: the exercise "
        "asks for the most pages within the budget.",),
    "nothing": (
        "You fix nothing, even where the hours would pay for something.",),
    "one-fix-only": (
        "You choose a single fix even where the hours would pay for more.",),
    "unknown": (
        "For some machines another choice within the budget gets more pages right. Compute the "
        "share of pages right for each of your candidates, and compare.",),
}
