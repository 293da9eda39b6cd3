"""Firings → diagnosis: findings, causes, verdicts, advice. Words only, no figures."""
