"""A segmentation head that is resized without its batch, and a backbone with two heads."""

import jax
import jax.numpy as jnp
from flax import linen as nn


class Backbone(nn.Module):
    @nn.compact
    def __call__(self, x):
        stages = []
        for features in (32, 64, 128):
            x = nn.relu(nn.GroupNorm(num_groups=8)(nn.Conv(features, (3, 3), strides=(2, 2))(x)))
            stages.append(x)
        return stages


class Segmenter(nn.Module):
    classes: int

    def setup(self):
        self.backbone = Backbone()
        self.laterals = [nn.Conv(64, (1, 1)) for _ in range(3)]
        self.head = nn.Conv(self.classes, (3, 3))

    def __call__(self, x):
        size = x.shape[1:3]
        merged = None
        for lateral, stage in zip(self.laterals[::-1], self.backbone(x)[::-1]):
            stage = lateral(stage)
            if merged is not None:
                stage = stage + jax.image.resize(merged, stage.shape, "nearest")
            merged = stage
        logits = self.head(merged)
        return jax.image.resize(logits, (*size, self.classes), method="bilinear")  #~ CNN801 "`resize` of a tensor of shape (2, 64, 64, 21) to (128, 128, 21), which has another number of axes"


model = Segmenter(21)
variables = model.init(jax.random.key(0), jnp.ones((2, 128, 128, 3)))
