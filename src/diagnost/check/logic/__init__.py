"""What follows from the conditions of entries, whatever the company: decided, not sampled."""
