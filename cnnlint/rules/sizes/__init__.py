"""Rules about sizes of feature maps (CNN1xx)."""
