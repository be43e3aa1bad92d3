"""Reading a learner's word or number generously: case, spaces, hyphens and synonyms."""

import re


def one_of(words, answer):
    """Return the key of `words` that an encoded answer means, or None.

    Parameters
    ----------
    words : dict
        For each accepted word its synonyms, in lower case without spaces or hyphens.
    answer : dict
        Plain data, as `course_utils.checks.plain_data.encode` makes it.
    """
    missing = answer["kind"] == "number" and answer["value"] != answer["value"]
    if answer["kind"] == "none" or missing:  # pandas turns None into NaN
        return "none" if "none" in words else None
    if answer["kind"] != "text":
        return None
    said = _letters(answer["value"])
    for form in (said, re.sub(r"^(itis|its|it|thereis)", "", said)):
        for word, synonyms in words.items():
            if form == _letters(word) or form in synonyms:
                return word
    return None


def entries(found, words):
    """Return the meaning of each entry of an encoded dictionary by its key, or None if it is none.

    Keys lose what learners put before them: ``"Model 2"`` is ``"2"``, ``"team A"`` is ``"a"``.
    """
    if found["kind"] != "mapping":
        return None
    return {_key(key): one_of(words, item) for key, item in found["value"].items()}


def _key(name):
    return re.sub(r"^(model|team|case|situation|sentence|m)?\s*(?=\w$)", "", name.strip().lower())


def _letters(text):
    return re.sub(r"[^a-z0-9]", "", text.lower())


def whole_number(answer):
    """Return the whole number in an encoded number, or in a text such as ``"line 3"``, or None."""
    if answer["kind"] == "number" and float(answer["value"]).is_integer():
        return int(answer["value"])
    if answer["kind"] == "text":
        digits = re.findall(r"\d+", answer["value"])
        return int(digits[0]) if len(digits) == 1 else None
    return None
