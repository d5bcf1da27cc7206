"""Rules about what a model may cost (CNN4xx)."""
