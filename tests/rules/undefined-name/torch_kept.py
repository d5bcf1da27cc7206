import torch
from torch import nn


width = widht  # cnnlint: ignore[undefined-name] defined by the notebook before
