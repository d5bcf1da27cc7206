"""Rules about proven exceptions of any kind (CNN8xx)."""
