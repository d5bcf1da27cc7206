"""Rules that only Keras needs."""
