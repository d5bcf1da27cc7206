"""Attention over patches of an image: numbering goes on past the layers that attention makes for itself."""

import keras
from keras import layers, ops

SIZE, PATCH, WIDTH, HEADS = 48, 6, 32, 4


def perceptron(x, widths, rate):
    for units in widths:
        x = layers.Dense(units, activation=keras.activations.gelu)(x)
        x = layers.Dropout(rate)(x)
    return x


class Patches(layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def call(self, images):
        batch, height, width, channels = ops.shape(images)
        cut = ops.image.extract_patches(images, size=self.size)
        return ops.reshape(cut, (batch, (height // self.size) * (width // self.size), self.size * self.size * channels))


class Positions(layers.Layer):
    def __init__(self, count, width):
        super().__init__()
        self.count = count
        self.projection = layers.Dense(units=width)
        self.embedding = layers.Embedding(input_dim=count, output_dim=width)

    def call(self, patches):
        return self.projection(patches) + self.embedding(ops.expand_dims(ops.arange(0, self.count, 1), axis=0))


inputs = keras.Input(shape=(SIZE, SIZE, 3))
x = keras.Sequential([layers.Normalization(), layers.RandomFlip("horizontal")], name="augmentation")(inputs)
x = Positions((SIZE // PATCH) ** 2, WIDTH)(Patches(PATCH)(x))
for _ in range(2):
    normed = layers.LayerNormalization(epsilon=1e-6)(x)
    attended = layers.Add()([layers.MultiHeadAttention(num_heads=HEADS, key_dim=WIDTH, dropout=0.1)(normed, normed), x])
    x = layers.Add()([perceptron(layers.LayerNormalization(epsilon=1e-6)(attended), [2 * WIDTH, WIDTH], 0.1), attended])
x = layers.Dropout(0.5)(layers.Flatten()(layers.LayerNormalization(epsilon=1e-6)(x)))
model = keras.Model(inputs, layers.Dense(10)(perceptron(x, [64], 0.5)))  #= total params=179633 trainable_params=179626
names = [layer.name for layer in model.layers]
assert names[-3:] == ["dense_6", "dropout_7", "dense_5"], names
model.summary()
