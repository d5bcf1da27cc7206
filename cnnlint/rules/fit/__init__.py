"""Rules about shapes that don't fit each other (CNN2xx)."""
