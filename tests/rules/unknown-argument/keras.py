from keras import layers

a = layers.Conv2D(8, 3, stride=2)  #~ CNN302 "`Conv2D` has no argument `stride`; did you mean `strides`?"
b = layers.Dense(8, input_shape=(4,), name="head")
