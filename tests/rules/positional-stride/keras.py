from keras import Input, Sequential, layers

size = int(input())

net = Sequential()
net.add(layers.Conv2D(32, 3, 3, input_shape=(27, 27, 3)))  #~ CNN350 "`layers.Conv2D` has strides 3, given by position: the second 3 is no side of the kernel, which is 3 x 3"
net.add(layers.Convolution2D(64, 3, 3))  #~ CNN350 "`layers.Convolution2D` has strides 3, given by position"
net.add(layers.Conv2D(64, 3, 3))  # cnnlint: ignore[positional-stride] the windows shall not overlap

# neighbours: patches of an image, a stride that is named, kernels that are written out, pools
patches = layers.Conv2D(96, 4, 4)(Input((224, 224, 3)))
named = layers.Conv2D(32, 3, strides=3)(Input((27, 27, 3)))
written = layers.Conv2D(32, (3, 3), 1)(named)
pooled = layers.MaxPooling2D(3, 3)(written)
lone = layers.Conv1D(32, 3, 3)(Input((27, 3)))
transposed = layers.Conv2DTranspose(8, 3, 3)(pooled)

# a size that is not known, or that comes from elsewhere
unknown = layers.Conv2D(32, size, size)(Input((27, 27, 3)))


def block(x, kernel_size=3, strides=3):
    return layers.Conv2D(32, kernel_size, strides)(x)


block(Input((27, 27, 3)))
