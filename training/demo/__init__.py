"""Invented people, posts and two years of history over the real constituencies.

Everything is drawn from one seed, so a second run finds what the first one made.
"""
