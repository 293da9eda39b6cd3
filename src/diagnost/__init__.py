"""An advisory expert system that writes the diagnosis of a company."""

__version__ = "0.1.0"
