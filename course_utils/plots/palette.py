"""Colours that people with any kind of colour vision can tell apart.

The eight colours are those of Okabe and Ito, "Color Universal Design" (2008).
"""

PALETTE = {
    "blue": "#0072B2",
    "vermillion": "#D55E00",
    "green": "#009E73",
    "purple": "#CC79A7",
    "sky": "#56B4E9",
    "orange": "#E69F00",
    "black": "#000000",
    "yellow": "#F0E442",
}

# Strongest contrast on white first; yellow is left out because a thin yellow line is hard to see.
CYCLE = [colour for name, colour in PALETTE.items() if name != "yellow"]
