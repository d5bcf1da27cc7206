"""Rules about what a module holds and how it is called (CNN5xx)."""
