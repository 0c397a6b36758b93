"""GIFT: the format that people type, and Moodle reads and writes."""
