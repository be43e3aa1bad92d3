"""For every claim of lesson 08: a change that removes the effect, so that it must fail."""

SLOW = True

# (how the claim begins, old source, new source)
CASES = [
    ("Five people without an error",  # twenty people instead
     "for n in (5, 50, 500, 5000)}\nplots",
     "for n in (5, 50, 500, 5000)} | {'none of 5 wrong': faces.rate(0, 20)}\nplots"),
    ("With five people a group",  # hundreds of people
     "small = seen_as_worse(5)",
     "small = seen_as_worse(500)"),
    ("At that size a simulated audit",  # the size for another difference
     "0.7 < found(round(needed(0.02, 0.06)))",
     "0.7 < found(round(needed(0.02, 0.20)))"),
    ("From the lightest to the darkest tone",  # tone does not vary
     "own = np.linalg.norm(first - second, axis=2)",
     "own = np.linalg.norm(first - second, axis=2)[:, [4] * 10]"),
    ("At that threshold the light tones",  # tone does not vary
     "apart = np.linalg.norm(first[:, None] - second[None], axis=3)",
     "apart = np.linalg.norm(first[:, None] - second[None], axis=3)[:, :, [4] * 10]"),
    ("Light, pose, resolution and glasses",  # plain pictures only
     'probe("light", 80)',
     'probe("light", 0)'),
    ("At each gate group B is missed",  # both groups share the gates alike
     "[2000, 400, 400, 2000]",
     "[2000, 400, 2000, 2000]"),
    ("For every product the error for darker women",  # no difference between women and men
     '"darker men": [6.0, 0.7, 12.0]',
     '"darker men": [20.8, 34.5, 34.7]'),
    ("Thresholds for each tone differ",  # one threshold for all
     "each = [np.nanquantile(apart[:, :, k][~same], 0.01) for k in range(10)]",
     "each = [GLOBAL] * 10"),
]
