import keras
from keras import layers

model = keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(128), layers.Dense(10)])  # cnnlint: budget(params=100k)  #~ CNN401 "`model` has 101.8k (101,770) parameters, but a budget of 100k"

# the nearest harmless neighbour: within its budget
small = keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(10)])  # cnnlint: budget(params=100k)
