"""What the engine itself reports (CNN9xx), documented as rules are."""
