from keras import layers

a = layers.Conv2D(8)  #~ CNN303 "`Conv2D` needs `kernel_size`, which is not given"
b = layers.AveragePooling2D()  #~ CNN303 "`AveragePooling2D` needs `pool_size`, which is not given"
c = layers.MaxPooling2D()
