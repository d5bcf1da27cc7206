"""Convolution and pooling as functions of TensorFlow, with sizes for two axes and for all four, in both layouts."""

import tensorflow as tf

weights = tf.Variable(tf.random.normal([5, 5, 1, 32]))


class Net(tf.keras.Model):
    def __init__(self):
        super(Net, self).__init__()
        self.conv = tf.keras.layers.Conv2D(16, 3, padding="same")
        self.head = tf.keras.layers.Dense(10)

    def call(self, x):
        x = tf.nn.relu(self.conv(x))  #= (4, 28, 28, 16) params=160
        x = tf.nn.max_pool2d(x, ksize=2, strides=2, padding="VALID")
        x = tf.nn.avg_pool2d(x, ksize=[1, 3, 3, 1], strides=[1, 2, 2, 1], padding="SAME")
        return self.head(tf.reshape(x, [tf.shape(x)[0], -1]))  #= (4, 10) params=7850


net = Net()
scores = net(tf.zeros([4, 28, 28, 1]))

image = tf.zeros([4, 28, 28, 1])
maps = tf.nn.conv2d(image, weights, strides=[1, 2, 2, 1], padding="SAME")
assert maps.shape == (4, 14, 14, 32)
maps = tf.nn.conv2d(input=maps, filters=tf.zeros([3, 3, 32, 8]), strides=1, padding="VALID", dilations=2)
assert maps.shape == (4, 10, 10, 8)
maps = tf.nn.max_pool(tf.transpose(maps, [0, 3, 1, 2]), 3, 2, "VALID", data_format="NCHW")
assert maps.shape == (4, 8, 4, 4)
rows = tf.nn.conv1d(tf.zeros([4, 20, 3]), tf.zeros([5, 3, 8]), stride=2, padding="VALID")
assert rows.shape == (4, 8, 8)
