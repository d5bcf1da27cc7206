"""A U-Net for sizes that halve unevenly: the skip and the upsampled features do not meet."""

import tensorflow as tf
from tensorflow.keras import layers

inputs = tf.keras.layers.Input((100, 100, 1))
c1 = layers.Conv2D(16, 3, padding="same")(inputs)
p1 = layers.MaxPooling2D()(c1)
c2 = layers.Conv2D(32, 3, padding="same")(p1)
p2 = layers.MaxPooling2D()(c2)
c3 = layers.Conv2D(64, 3, padding="same")(p2)
p3 = layers.MaxPooling2D()(c3)
c4 = layers.Conv2D(128, 3, padding="same")(p3)
u3 = layers.UpSampling2D()(c4)
m3 = layers.Concatenate()([u3, c3])  #~ CNN205 "`concatenate` joins along axis 3, but gets (None, 24, 24, 128) and (None, 25, 25, 64), which differ on axis 1"
out = layers.Conv2D(1, 1)(m3)
model = tf.keras.Model(inputs, out)
