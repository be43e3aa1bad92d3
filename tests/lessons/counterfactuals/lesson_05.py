"""For every claim of lesson 05: a change that removes the effect, so that it must fail."""

SLOW = True  # the lesson needs a minute of one core
SEEDS = [2]  # `course run 05 --seed N` tries more

# (how the claim begins, old source, new source)
CASES = [
    ("The count is between",  # every photograph once
     "1_280_000 * 90",
     "1_280_000"),
    ("The nearest picture shows",  # pixels both times
     "nearest(F_test, F)",
     "nearest(P_test, P)"),
    ("With 20 labels a digit, a linear head",  # nothing to learn
     "head().fit(F, y).score(F_test, y_test), head()",
     "head().fit(F, rng.permutation(y)).score(F_test, y_test), head()"),
    ("Features that are kept save",  # they are not kept
     "one_head = time.perf_counter() - start",
     "one_head = 50 * one_pass"),
    ("With 5 labels a class, frozen",  # a network that has learned nothing
     'lead = means["frozen"]',
     'lead = means["random"]'),
    ("Wherever both were measured",  # nothing is borrowed
     'gain = (means["tuned"]',
     'gain = (means["scratch"]'),
    ("The accuracy of the frozen features",  # another number of labels
     'said.loc["digits_wild", 20, "frozen"]',
     'said.loc["digits_wild", 1, "frozen"]'),
    ("With 50 labels a digit, the last stage",  # nothing to learn
     "y_all = np.concatenate([y, y_more])",
     "y_all = rng.permutation(np.concatenate([y, y_more]))"),
    ("For materials a middle stage",  # what the network was trained for
     'data.draw_materials(rng, 20, "learn"), data.draw_materials(rng, 60, "test")',
     'data.draw_wild_digits(rng, 20, "learn"), data.draw_wild_digits(rng, 30, "test")'),
    ("For the light, the mean",  # brightness without colour
     "(pictures.mean(axis=(1, 2)) for pictures",
     "(pictures.mean(axis=(1, 2, 3))[:, None] for pictures"),
    ("With nothing learned at all",  # as after training
     "training=True)  # no gradient",
     "training=False)  # no gradient"),
    ("With BatchNorm frozen",  # it is not
     "layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)",
     "layer.trainable = True"),
    ("A learning rate of 1",  # small steps each time
     "optimizer.learning_rate = rate",
     "optimizer.learning_rate = 0.001"),
]
