"""Questions in words: what is asked, and the answer in words."""
