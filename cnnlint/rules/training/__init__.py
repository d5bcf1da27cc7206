"""Rules about a loss, what it gets and what it is compared with (CNN6xx)."""
