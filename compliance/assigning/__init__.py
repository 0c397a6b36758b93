"""Assigning training in five steps, by rule or by name."""
