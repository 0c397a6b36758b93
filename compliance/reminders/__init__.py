"""Reminders: the plan, the ledger, what is written, and who is told."""
