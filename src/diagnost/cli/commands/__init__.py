"""One command, or a family of near ones, per module; ``cli.program`` loads them by name."""
