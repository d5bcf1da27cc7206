import keras
from keras import layers

inputs = keras.Input(shape=(3, 224, 224))
x = layers.Conv2D(8, 3, name="first")(inputs)  #~ CNN252 "`first` has its channels last, so that the input (None, 3, 224, 224) is 3 x 224 pixels with 224 channels each"

net = keras.Sequential()
net.add(layers.Conv2D(8, 1, input_shape=(1, 28, 28)))  #~ CNN252 "`conv2d` has its channels last, so that the input (None, 1, 28, 28) is 1 x 28 pixels with 28 channels each"

ignored = keras.Input(shape=(3, 64, 64))
layers.Conv2D(8, 3)(ignored)  # cnnlint: ignore[channels-first-input]

# neighbours: channels last, channels first for a layer that has them so, an image of a few rows
layers.Conv2D(8, 3)(keras.Input(shape=(224, 224, 3)))
layers.Conv2D(8, 3, data_format="channels_first")(keras.Input(shape=(3, 224, 224)))
layers.Conv2D(8, 3)(keras.Input(shape=(3, 200, 64)))

# sizes that are not known
layers.Conv2D(8, 3)(keras.Input(shape=eval("(3, 224, 224)")))
