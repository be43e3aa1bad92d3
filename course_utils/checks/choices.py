"""Judging words, letters and numbers that a learner chooses; spelling counts for nothing.

A dictionary is judged row by row::

    Choices((choice("a", "follows", slip("paired-is-enough", None, "Sentence A: …")),
             choice("b", "does not follow", slip("few-faces", None, "Sentence B: …"))),
            FOLLOWS_FORMS)

`WholeNumber` judges one number among a few, such as that of a line of code.
"""

import re
from dataclasses import dataclass, field

from course_utils.checks.check import Verdict
from course_utils.checks.slips import Judgement, Slip, slip

FOLLOWS = {
    "follows": ("yes", "true", "itfollows", "correct", "right", "valid", "ok"),
    "does not follow": ("no", "false", "doesntfollow", "notfollows", "wrong", "invalid", "not",
                        "itdoesnotfollow", "doesnot"),
}
FOLLOWS_FORMS = (
    slip("not-a-dictionary", None,
         "`follows` should stay a dictionary: a letter for each sentence, then one of the two "
         "answers."),
    slip("word-unknown", None,
         "One of the sentences has no entry, or another answer than `follows` or `does not "
         "follow`."),
)


@dataclass(frozen=True)
class Choice:
    """One entry of a dictionary of words; make it with `choice`, which explains them.

    Attributes
    ----------
    key, right : str
    otherwise : Slip
    slip_of : dict of str to Slip
        For the words that overlook something else than `otherwise` does.
    """

    key: str
    right: str
    otherwise: Slip
    slip_of: dict = field(default_factory=dict)

    @property
    def slips(self):
        """The slips of this entry."""
        return (self.otherwise, *self.slip_of.values())

    def slip_in(self, word):
        """Return the name of the slip in a word, or None if it is right.

        Parameters
        ----------
        word : str
        """
        return None if word == self.right else self.slip_of.get(word, self.otherwise).name


def choice(key, right, otherwise, slip_of=None):
    """Return one row of a dictionary of words.

    Parameters
    ----------
    key : str
        In lower case; `key_of` says which variants of it count.
    right : str
        One of the words.
    otherwise : Slip
        What a wrong word overlooks.
    slip_of : dict of str to Slip, optional
        For words that overlook something else.
    """
    return Choice(key, right, otherwise, slip_of or {})


class Choices(Judgement):
    """Judge a dictionary, an equal part of the points for each row.

    Parameters
    ----------
    rows : tuple
        Of `Choice`, or of anything with `key`, `slips` and ``slip_in(meaning)``.
    forms : tuple of Slip
        Those of the names ``"not-a-dictionary"``, `missing` and `unreadable`.
    words : dict of str to tuple of str
        The words that may be chosen, each with its synonyms, as for `one_of`.
    reader : callable, optional
        Returns the meaning of an encoded entry, or None; by default one of `words`.
    missing, unreadable : str
        The slips of a row that has no entry, and of one without meaning.
    foremost : tuple of str
        The slips that the learner hears of first, in whichever row; then the first row decides.
    """

    def __init__(self, rows, forms, *, words=FOLLOWS, reader=None, missing="word-unknown",
                 unreadable="word-unknown", foremost=("word-unknown",)):
        super().__init__((*(each for row in rows for each in row.slips), *forms))
        self.rows, self.foremost = rows, foremost
        self.reader = reader or (lambda item: one_of(words, item))
        self.missing, self.unreadable = missing, unreadable

    def _outcome(self, inputs, values, build):
        (answer,) = values.values()
        if answer["kind"] != "mapping":
            return "not-a-dictionary"
        items = {key_of(key): item for key, item in answer["value"].items()}
        wrong = [name for row in self.rows if (name := self._slip_in(row, items.get(row.key)))]
        first = [name for name in self.foremost if name in wrong] + wrong
        return Verdict(1 - len(wrong) / len(self.rows), first[0]) if wrong else None

    def _slip_in(self, row, item):
        if item is None:
            return self.missing
        meaning = self.reader(item)
        return self.unreadable if meaning is None else row.slip_in(meaning)


class WholeNumber(Judgement):
    """Judge one whole number, such as that of a line.

    Parameters
    ----------
    right : int
    slips : dict of int to Slip
        For each wrong number.
    form : Slip
        Of everything else.
    """

    def __init__(self, right, slips, form):
        super().__init__((*slips.values(), form))
        self.right, self.numbers, self.form = right, slips, form

    def _outcome(self, inputs, values, build):
        (answer,) = values.values()
        number = whole_number(answer)
        return None if number == self.right else self.numbers.get(number, self.form).name


def one_of(words, answer):
    """Return the key of `words` that an encoded answer means, or None.

    Parameters
    ----------
    words : dict
        For each accepted word its synonyms, in lower case without spaces or hyphens.
    answer : dict
        Plain data, as `course_utils.checks.plain_data.encode` makes it. True and False, 1 and 0
        count as the words ``"true"`` and ``"false"``.
    """
    kind, value = answer["kind"], answer.get("value")
    if kind == "none" or kind == "number" and value != value:  # pandas turns None into NaN
        return "none" if "none" in words else None
    if kind == "truth" or kind == "number" and value in (0, 1):
        value = str(bool(value))
    elif kind != "text":
        return None
    letters = _letters(value)
    for form in (letters, re.sub(r"^(itis|its|it|thereis)", "", letters)):
        for word, synonyms in words.items():
            if form == _letters(word) or form in synonyms:
                return word
    return None


def key_of(name):
    """Return a key without the prefixes that learners add: ``"Model 2"`` is ``"2"``.

    Parameters
    ----------
    name : str
    """
    name = re.sub(r"[_-]", " ", name.strip().lower())
    return re.sub(r"^(model|team|case|situation|sentence|m)?\s*(?=\w$)", "", name)


def _letters(text):
    return re.sub(r"[^a-z0-9]", "", text.lower())


def whole_number(answer):
    """Return the whole number in an encoded number, or in a text such as ``"line 3"``, or None.

    Parameters
    ----------
    answer : dict
    """
    if answer["kind"] == "number" and float(answer["value"]).is_integer():
        return int(answer["value"])
    if answer["kind"] == "text":
        digits = re.findall(r"\d+", answer["value"])
        return int(digits[0]) if len(digits) == 1 else None
    return None
