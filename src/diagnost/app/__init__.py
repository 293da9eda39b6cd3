"""What each command does: takes plain values, returns data or text, knows no command line.

Only the module of the command that runs is loaded.
"""
