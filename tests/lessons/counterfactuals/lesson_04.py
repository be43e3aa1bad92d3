"""For every claim of lesson 04: a change that removes the effect, so that it must fail."""

# (how the claim begins, old source, new source)
CASES = [
    ("The machine is right on 50 to 70 %",  # clean pages only
     "data.make_pages(rng)",
     "data.make_pages(rng, mess=0)"),
    ("Perfect cutting alone gains",  # the stages stay as they are
     "right({name: page_reader.PERFECT[name]}) for name",
     "right({name: page_reader.REAL[name]}) for name"),
    ("From the front the adder gains most",  # the adder repaired beforehand
     "stage = page_reader.REAL | replaced",
     "stage = page_reader.REAL | {'add': page_reader.PERFECT['add']} | replaced"),
    ("From the front the gains add up",  # what was perfect does not stay so
     "    replaced[name] = truth[name]",
     "    replaced = {name: page_reader.PERFECT[name]}"),
    ("At least a quarter of the wrong pages",  # an oracle that repairs what came before as well
     "right({name: page_reader.PERFECT[name]}) for name",
     "right({'add': lambda page, digits: page.total}) for name"),
    ("The machine is right on the cleaner half",  # halves that know nothing of quality
     "np.array([page.quality for page in scans])",
     "rng.random(400)"),
    ("Truth in place of the adder",  # the oracle is not held to the input that it gets
     "right({name: page_reader.PERFECT[name]}) for name",
     "right({name: {**page_reader.PERFECT, 'add': lambda page, digits: page.total}[name]}) "
     "for name"),
    ("Between four equal stages",  # no quality that the stages share
     "np.sqrt(correlation) * quality + np.sqrt(1 - correlation) * luck",
     "luck"),
    ("Per hour the adder pays",  # all fixes cost the same
     '"add": 4}', '"add": 40}'),
    ("Once the adder is mended",  # nothing is repaired
     "wide=4", "wide=6"),
    ("Paired, the adder's interval",  # pairs torn apart
     "(with_perfect[name].astype(float) - now)[picks]",
     "(with_perfect[name].astype(float) - rng.permutation(now))[picks]"),
    ("With 400 pages cutting gains most",  # small logs on both sides
     "many = resampled_gains(400)",
     "many = resampled_gains(40)"),
]
