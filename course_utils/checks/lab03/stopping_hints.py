"""What a learner hears about early stopping: a nudge first, never the answer."""

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "no-answer-at-the-end": (
        "For some losses your function gives back nothing. What happens when the losses end before "
        "the patience does?",),
    "one-number": (
        "Your function gives back one number. Two are asked for: where training stops, and which "
        "epoch's weights are kept.",),
    "not-two-numbers": (
        "Your function should give back two whole numbers, for any list of losses.",),
    "ties": (
        "Try losses that stay exactly the same from the second epoch on. Is an equal loss an "
        "improvement?",),
    "off-by-one": (
        "Your function waits one epoch longer than its patience. With a patience of 1, the first "
        "epoch without improvement is the last.",),
    "too-early": (
        "Your function waits one epoch less than its patience. With a patience of 2, the second "
        "epoch in a row without improvement is the last.",),
    "min-delta-added": (
        "With `min_delta`, a loss that is a little *worse* counts as an improvement in your "
        "function. On which side of the comparison does it stand, and with which sign?",),
    "min-delta-as-share": (
        "You take `min_delta` as a share of the best loss. It is a difference of losses.",),
    "never-back-to-zero": (
        "After an improvement your function begins to count at 1. How many epochs without "
        "improvement have there been at that moment?",),
    "stop-before": (
        "Where patience runs out, your stop epoch is one too small: training stops *at* the epoch "
        "that is one too many.",),
    "never-resets": (
        "Your function is patient once in its life. Epochs without improvement count only as long "
        "as they follow each other.",
        "What should happen to the count when the loss improves?"),
    "previous-loss": (
        "Losses like 0.30, 0.50, 0.40, 0.50, 0.40 fool your function: each second one looks like "
        "progress. With which loss must a new one be compared?",),
    "no-min-delta": (
        "Gains smaller than `min_delta` still count as improvements in your function.",),
    "nan": (
        "Try a list with NaN in it. A NaN is no progress, and it must not become the best loss: "
        "nothing is ever smaller than NaN.",),
    "stop-as-best": (
        "The second number repeats the first. Training goes on for a while after its best epoch, "
        "and that one's weights are the ones to bring back.",),
    "swapped": (
        "Both numbers are right, but in the other order: first where training stops.",),
    "counts-from-one": (
        "Your epochs count from 1. Here they count from 0, like positions in a list.",),
    "stop-minus-patience": (
        "The best epoch lies `patience` before the stop only if patience ran out. What if the "
        "list ended first?",),
    "looks-into-the-future": (
        "Your best epoch may come after the stop. On the day when training stops, those losses "
        "do not exist yet.",),
    "lowest-instead-of-improved": (
        "Your best epoch is the lowest loss up to the stop. With `min_delta`, a loss that is "
        "lower by less than that is no improvement, so its weights were never kept.",),
    "never-stops": (
        "Your function always runs to the end of the list. When should it lose patience?",),
    "changes-input": (
        "The numbers are right, but the caller's list changed on the way.",),
    "unknown": (
        "Take the losses 0.9, 0.7, 0.8, 0.6, 0.7, 0.7 and a patience of 2. Go through them by "
        "hand, with a column for the best loss and one for the epochs waited, and compare.",),
}
