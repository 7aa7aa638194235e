"""Supervisors' verdicts (复核)."""
