import keras
from keras import layers

inputs = keras.Input(shape=(32, 32, 3))
shared = layers.Conv2D(8, 3, padding="same")
first = shared(inputs)
second = shared(first)  #~ CNN201 "`shared` expects 3 input channels, but gets 8"

# the nearest harmless neighbour: the layer gets as many channels as it was built for
same = layers.Conv2D(8, 3, padding="same")
again = same(same(first))

# groups share out the channels
grouped = layers.Conv2D(16, 3, groups=4)(first)

# built by hand for one number of channels, called with another
built = layers.Conv2D(4, 1)
built.build((None, 16, 16, 6))
wrong = built(keras.Input((16, 16, 5)))  #~ CNN201 "`built` expects 6 input channels, but gets 5"

# a size that is not known is no fault
open_ = layers.Conv2D(4, 3)


def apply(images):
    return open_(images)
