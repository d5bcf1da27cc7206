import keras
from keras import layers

a = layers.Conv2D(8, 3, strides=2, dilation_rate=2)  #~ CNN301 "`layers.Conv2D`: `dilation_rate` must be 1 where strides are 2, but is 2"
b = layers.Conv2D(8, 3, padding="full")  #~ CNN301 "`layers.Conv2D`: `padding` must be 'valid' or 'same', but is 'full'"
c = layers.Conv2D(6, 3, groups=4)  #~ CNN305 "`layers.Conv2D`: `filters` must be divisible by groups: 6 % 4 = 2"
d = layers.Dense(units=0)  #~ CNN301 "`layers.Dense`: `units` must be a positive int, but is 0"
e = keras.Input(shape="100")  #~ CNN301 "`keras.Input`: `shape` must be a tuple of sizes, but is '100'"
f = layers.Dense(8, activation="rellu")(keras.Input((4,)))  #~ CNN301 "`dense_1`: `activation` must be the name of an activation, but is 'rellu'; there is 'relu'"
g = layers.Permute((2, 0, 1))  #~ CNN301 "`layers.Permute`: `dims` must hold each axis from 1 on once, but is (2, 0, 1)"

# the nearest harmless neighbours
h = layers.Conv2D(8, 3, padding="SAME", groups=4, dilation_rate=2)
i = layers.Dense(units=1, activation="relu")
