"""From amounts to words: readings, trends and facts. Numbers end here."""
