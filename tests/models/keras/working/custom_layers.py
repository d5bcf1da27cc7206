"""Layers with weights of their own: `build`, `add_weight`, `call`; patches for a small transformer."""

import keras
from keras import layers, ops


class Linear(layers.Layer):
    def __init__(self, units=32):
        super().__init__()
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="random_normal", trainable=True)
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", trainable=True)

    def call(self, inputs):
        return ops.matmul(inputs, self.w) + self.b


class PatchEncoder(layers.Layer):
    def __init__(self, num_patches, projection_dim):
        super().__init__()
        self.num_patches = num_patches
        self.projection = layers.Dense(units=projection_dim)
        self.position_embedding = layers.Embedding(input_dim=num_patches, output_dim=projection_dim)

    def call(self, patch):
        positions = ops.expand_dims(ops.arange(start=0, stop=self.num_patches, step=1), axis=0)
        return self.projection(patch) + self.position_embedding(positions)


inputs = keras.Input(shape=(32, 32, 3))
x = layers.Conv2D(64, 8, strides=8)(inputs)
x = layers.Reshape((16, 64))(x)
x = PatchEncoder(16, 64)(x)
for _ in range(2):
    y = layers.LayerNormalization(epsilon=1e-6)(x)
    y = layers.MultiHeadAttention(num_heads=4, key_dim=16, dropout=0.1)(y, y)
    x = layers.Add()([x, y])
x = layers.Flatten()(x)
outputs = Linear(10)(x)
model = keras.Model(inputs=inputs, outputs=outputs)
