"""For every claim of lesson 06: a change that removes the effect, so that it must fail."""

# (how the claim begins, old source, new source)
CASES = [
    ("In 128 dimensions the nearest",  # two of the 128 numbers, as they come
     "nearest_is_same(everyone) >=",
     "nearest_is_same(everyone[:, :2]) >="),
    ("On the map, skin tone follows",  # tones dealt out anew
     "kept.who[seen], kept.tone[seen]",
     "kept.who[seen], rng.permutation(kept.tone[seen])"),
    ("At 0.6 more than half",  # a line between the heaps
     "error_rates(0.6, distances, same)",
     "error_rates(0.35, distances, same)"),
    ("On everybody else the threshold gives",  # the library's threshold instead
     "chosen = threshold_for(0.001, distances, same)",
     "chosen = 0.6"),
    ("Among people of one tone",  # everybody once more
     'faces.load_embeddings("anatomy")',
     'faces.load_embeddings("measured")'),
    ("The light drawings have at least twice",  # light drawings on both sides
     "tone_of[others] >= 8",
     "tone_of[others] <= 3"),
    ("Half of the teams of ten",  # every team is large
     "team = rng.choice(choosers, size, replace=False)",
     "team = rng.choice(choosers, 160, replace=False)"),
    ("The interval that draws people",  # pairs that know nothing of people
     "matches = match.reshape(500, 4, 500, 4).sum(axis=(1, 3))",
     "matches = rng.binomial(16, 0.001, size=(500, 500))"),
    ("After one success in one try",  # two hundred tries, and a bolder claim
     "faces.rate(1, 1)",
     "faces.rate(200, 200)"),
]
