import keras
from keras import layers

image = keras.Input((224, 224, 3))
features = layers.Conv2D(96, 11, strides=4)(image)  #~ CNN101 "`conv2d`: (224 - 11 + 2*0) / 4 + 1 = 54.25, rounded down to 54; the last row and column are read by nothing"

# the nearest harmless neighbours: an even fit, and padding "same"
even = layers.Conv2D(96, 11, strides=4)(keras.Input((227, 227, 3)))
same = layers.Conv2D(96, 11, strides=4, padding="same")(image)

# only padding is passed over
padded = layers.Conv2D(96, 3, strides=2)(layers.ZeroPadding2D(1)(image))
