"""How the course's own ResNet50 was trained, and how to train it again."""
