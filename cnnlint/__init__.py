"""A static linter for CNN model definitions: it runs the model on shapes instead of tensors, and never runs the code."""

__version__ = "0.1.0"
