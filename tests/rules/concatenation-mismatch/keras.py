import keras
from keras import layers

wide = keras.Input((32, 32, 8))
narrow = keras.Input((31, 32, 8))

joined = layers.Concatenate()([wide, narrow])  #~ CNN205 "`concatenate` joins along axis 3, but gets (None, 32, 32, 8) and (None, 31, 32, 8), which differ on axis 1"
also = layers.concatenate([wide, keras.Input((32, 16, 8))], axis=-1)  #~ CNN205 "`concatenate_1` joins along axis 3, but gets (None, 32, 32, 8) and (None, 32, 16, 8), which differ on axis 2"

# the nearest harmless neighbours: joined along the axis on which they differ, or channels of other numbers
stacked = layers.Concatenate(axis=1)([wide, narrow])
channels = layers.Concatenate()([wide, keras.Input((32, 32, 5))])

# a size that is left open may be the same
open_ = layers.Concatenate()([wide, keras.Input((None, None, 8))])
