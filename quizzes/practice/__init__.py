"""Practice: trying a quiz's questions as often as one likes. Nothing of it is recorded."""
