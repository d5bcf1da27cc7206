import keras
from keras import layers

head = layers.Dense(10)
small = layers.Flatten()(keras.Input((5, 5, 16)))
large = layers.Flatten()(keras.Input((6, 6, 16)))
first = head(small)
second = head(large)  #~ CNN202 "`head` expects 400 input features, but gets 6 * 6 * 16 = 576"

# the nearest harmless neighbour: as many features as before
third = head(keras.Input((400,)))

# sequences and one vector have the same last axis
fourth = head(keras.Input((7, 400)))

recurrent = layers.LSTM(8)
recurrent(keras.Input((None, 4)))
recurrent(keras.Input((None, 5)))  #~ CNN202 "`recurrent` expects 4 input features, but gets 5"
