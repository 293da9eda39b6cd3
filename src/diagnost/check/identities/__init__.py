"""What follows from conditions together with the sums that all accounts obey."""
