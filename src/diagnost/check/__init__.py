"""Checks over the whole knowledge base: language, guarantees of texts, examples, coverage."""
