"""Rules about what runs and could be better (CNN7xx), off until they are selected."""
