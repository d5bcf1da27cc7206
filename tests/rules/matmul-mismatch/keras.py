import keras
from keras import layers, ops

queries = keras.Input((10, 64))
keys = keras.Input((12, 32))

scores = ops.matmul(queries, ops.transpose(keys, (0, 2, 1)))  #~ CNN207 "`matmul` multiplies (None, 10, 64) by (None, 32, 12): the inner sizes 64 and 32 differ"
similarity = layers.Dot(axes=2)([queries, keys])  #~ CNN207 "`Dot` multiplies (None, 10, 64) by (None, 32, 12): the inner sizes 64 and 32 differ"
attended = layers.Attention()([queries, keys])  #~ CNN207 "`Attention` multiplies (None, 10, 64) by (None, 32, 12): the inner sizes 64 and 32 differ"

# the nearest harmless neighbour: as many features in both
equal = ops.matmul(queries, ops.transpose(keras.Input((12, 64)), (0, 2, 1)))
