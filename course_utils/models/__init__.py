"""The models of the course; importing this package loads none of them."""
