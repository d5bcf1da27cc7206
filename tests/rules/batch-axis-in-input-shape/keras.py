import keras
from keras import layers

inputs = keras.Input(shape=(32, 28, 28, 1))
x = layers.Conv2D(8, 3, name="first")(inputs)  #~ CNN250 "`first` takes 3 axes besides the batch, but the input is stated as (32, 28, 28, 1), 4 besides the batch"

net = keras.Sequential()
net.add(layers.LSTM(8, input_shape=(None, 20, 4)))  #~ CNN250 "`lstm` takes 2 axes besides the batch, but the input is stated as (None, 20, 4), 3 besides the batch"

ignored = keras.Input(shape=(32, 28, 28, 1))
layers.MaxPooling2D()(ignored)  # cnnlint: ignore[batch-axis-in-input-shape]

# neighbours: no batch, a batch that is stated as one, a video for a layer that takes one
layers.Conv2D(8, 3)(keras.Input(shape=(28, 28, 1)))
layers.Conv2D(8, 3)(keras.Input(batch_shape=(32, 28, 28, 1)))
layers.Conv3D(8, 3)(keras.Input(shape=(32, 28, 28, 1)))
layers.TimeDistributed(layers.Conv2D(8, 3))(keras.Input(shape=(32, 28, 28, 1)))
layers.Dense(8)(keras.Input(shape=(32, 28, 28, 1)))

# a number of axes that is not known
layers.Conv2D(8, 3)(keras.Input(shape=eval("(32, 28, 28, 1)")))
