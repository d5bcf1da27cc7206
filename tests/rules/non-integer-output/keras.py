import keras
from keras import layers

image = keras.Input((28, 28, 1))
features = layers.Conv2D(8, 3, strides=2)(image)  #~ CNN101 "`conv2d`: (28 - 3 + 2*0) / 2 + 1 = 13.5, rounded down to 13; the last row and column are read by nothing"
pooled = layers.MaxPooling2D(3)(image)  #~ CNN102 "`max_pooling2d`: (28 - 3 + 2*0) / 3 + 1 = 9.33..., rounded down to 9"

# the nearest harmless neighbours
even = layers.Conv2D(8, 4, strides=2)(image)
same = layers.Conv2D(8, 3, strides=2, padding="same")(image)
