"""What is required of whom: writing it down, trying it out first, archiving it."""
