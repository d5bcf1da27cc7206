import keras
from keras import layers, ops

left = keras.Input((8, 8, 16))
right = keras.Input((8, 8, 32))

merged = layers.Add()([left, right])  #~ CNN204 "`add` can't broadcast (8, 8, 16) with (8, 8, 32): axis -1 is 16 on the left, 32 on the right, and neither is 1"
summed = left + right  #~ CNN204 "`+` can't broadcast (None, 8, 8, 16) with (None, 8, 8, 32): axis -1 is 16 on the left, 32 on the right, and neither is 1"
product = ops.multiply(left, keras.Input((4, 8, 16)))  #~ CNN204 "`ops.multiply` can't broadcast (None, 8, 8, 16) with (None, 4, 8, 16): axis -3 is 8 on the left, 4 on the right, and neither is 1"

# the nearest harmless neighbour: an axis of 1 is repeated
gated = layers.Multiply()([left, keras.Input((1, 1, 16))])
scaled = left * 2

# a size that is left open may be the same
open_ = layers.Add()([left, keras.Input((None, None, 16))])
