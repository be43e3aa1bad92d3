"""How the course's own ResNet50 came about, and how to train it again."""
