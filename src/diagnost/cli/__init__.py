"""The command line: arguments in, text out, exit codes; no work of its own."""
