"""A residual network of the program's own layers and model class."""

import tensorflow as tf
from tensorflow.keras import Model
from tensorflow.keras.layers import Add, BatchNormalization, Conv2D, Dense, GlobalAveragePooling2D, Layer, ReLU


class ResidualBlock(Layer):
    def __init__(self, filters, stride=1, **kwargs):
        super().__init__(**kwargs)
        self.conv1 = Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)
        self.bn1 = BatchNormalization()
        self.conv2 = Conv2D(filters, 3, padding="same", use_bias=False)
        self.bn2 = BatchNormalization()
        self.shortcut = Conv2D(filters, 1, strides=stride, use_bias=False) if stride != 1 else None
        self.relu = ReLU()
        self.add = Add()

    def call(self, inputs, training=False):
        x = self.relu(self.bn1(self.conv1(inputs), training=training))
        x = self.bn2(self.conv2(x), training=training)
        shortcut = inputs if self.shortcut is None else self.shortcut(inputs)
        return self.relu(self.add([x, shortcut]))


class ResNet(Model):
    def __init__(self, num_classes=10):
        super().__init__()
        self.stem = Conv2D(16, 3, padding="same", activation="relu")
        self.blocks = [ResidualBlock(16), ResidualBlock(32, stride=2), ResidualBlock(64, stride=2)]
        self.pool = GlobalAveragePooling2D()
        self.head = Dense(num_classes)

    def call(self, inputs, training=False):
        x = self.stem(inputs)  #= (1, 32, 32, 16) params=448 macs=442368
        for block in self.blocks:
            x = block(x, training=training)  #= (1, 32, 32, 16) params=4736 macs=4718592 | (1, 16, 16, 32) params=14592 macs=3670016 | (1, 8, 8, 64) params=57856 macs=3670016
        return self.head(self.pool(x))


model = ResNet()
logits = model(tf.zeros((1, 32, 32, 3)))
model.summary()
