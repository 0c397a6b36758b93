"""Moodle XML: what Moodle itself exports, with everything it knows."""
