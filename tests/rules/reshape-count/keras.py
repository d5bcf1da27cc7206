import keras
from keras import layers, ops

features = layers.Dense(100)(keras.Input((20,)))
image = layers.Reshape((7, 7, 2))(features)  #~ CNN206 "`reshape` can't make (7, 7, 2) of (100,): 100 elements are not 7 * 7 * 2 = 98"
rest = layers.Reshape((-1, 7))(features)  #~ CNN206 "`reshape_1` can't make (-1, 7) of (100,): 100 elements are no multiple of 7"

# the nearest harmless neighbour: as many elements
square = layers.Reshape((10, 10))(features)
inferred = layers.Reshape((-1, 4))(features)

# a size that is left open says nothing
open_ = layers.Reshape((-1, 7))(keras.Input((None, 3)))

halves = ops.reshape(ops.zeros((2, 3)), (4, 2))  #~ CNN206 "`ops.reshape` can't make (4, 2) of (2, 3): 2 * 3 = 6 elements are not 4 * 2 = 8"
