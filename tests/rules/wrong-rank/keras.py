import keras
from keras import layers

images = keras.Input((28, 28))
features = layers.Conv2D(8, 3)(images)  #~ CNN208 "`conv2d` expects at least 4 axes, but gets 3: (None, 28, 28)"
pooled = layers.GlobalAveragePooling2D()(keras.Input((10,)))  #~ CNN208 "`global_average_pooling2d` expects 4 axes, but gets 2: (None, 10)"
sequence = layers.LSTM(8)(keras.Input((10,)))  #~ CNN208 "`lstm` expects 3 axes, but gets 2: (None, 10)"

# the nearest harmless neighbours: one axis more, and a layer that takes any number of axes
right = layers.Conv2D(8, 3)(keras.Input((28, 28, 1)))
dense = layers.Dense(8)(images)
