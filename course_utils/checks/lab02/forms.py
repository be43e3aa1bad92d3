"""What may be wrong with the form of a dictionary of words."""

from course_utils.checks.slips import slip

FORMS = (
    slip("not-a-dictionary", None,
         "This should stay a dictionary, with one of the words for each entry."),
    slip("word-unknown", None,
         "One entry is missing, or holds none of the words that the text offers."),
)
