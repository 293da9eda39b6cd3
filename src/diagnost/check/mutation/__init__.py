"""Whether the examples beside the entries would notice if an entry said something else."""
