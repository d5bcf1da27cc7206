"""Rules about arguments of layers and operations (CNN3xx)."""
