"""A generator whose dense layer gives too few features for the images they are to become."""

import keras
from keras import layers


def make_generator(latent_dim=100):
    return keras.Sequential(
        [
            keras.Input(shape=(latent_dim,)),
            layers.Dense(7 * 7 * 128),
            layers.Reshape((7, 7, 256)),  #~ CNN206 "`reshape` can't make (7, 7, 256) of (6272,): 6272 elements are not 7 * 7 * 256 = 12544"
            layers.Conv2DTranspose(128, 4, strides=2, padding="same"),
            layers.LeakyReLU(negative_slope=0.2),
            layers.Conv2D(1, 5, padding="same", activation="sigmoid"),
        ]
    )


generator = make_generator()
