"""Answers about a case and about the knowledge base: why, and what an entry is."""
