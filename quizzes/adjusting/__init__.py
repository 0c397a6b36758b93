"""Extra attempts and extra time for one person at one quiz."""
