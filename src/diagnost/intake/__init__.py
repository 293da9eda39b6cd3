"""What the company gives, read from YAML, CSV and spreadsheets into accounts."""
