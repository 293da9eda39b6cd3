"""Case + language + templates → documents. Reads the Case and computes nothing about the firm."""
