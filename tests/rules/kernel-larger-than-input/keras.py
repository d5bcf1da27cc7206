import keras
from keras import layers

small = keras.Input((4, 4, 3))
features = layers.Conv2D(8, kernel_size=5)(small)  #~ CNN104 "`conv2d`: (4 - 5 + 2*0) / 1 + 1 leaves a size of 0; it must be at least 1"
pooled = layers.MaxPooling2D(pool_size=(5, 2))(small)  #~ CNN104 "`max_pooling2d`: (4 - 5 + 2*0) / 5 + 1 leaves a size of 0; it must be at least 1"
dilated = layers.Conv2D(8, 3, dilation_rate=2)(small)  #~ CNN104 "`conv2d_1`: (4 - (2*(3 - 1) + 1) + 2*0) / 1 + 1 leaves a size of 0; it must be at least 1"

# the nearest harmless neighbours: the kernel just fits, or padding "same" makes room
fits = layers.Conv2D(8, 4)(small)
same = layers.Conv2D(8, 5, padding="same")(small)

# a size that is left open may be large enough
open_ = layers.Conv2D(8, 5)(keras.Input((None, None, 3)))
