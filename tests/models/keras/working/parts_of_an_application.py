"""A part of a model that comes with Keras: without its sources nothing is known of its layers, and nothing is said."""

import keras
from keras import layers

base = keras.applications.VGG16(include_top=False, weights=None, input_shape=(64, 64, 3))
features = base.get_layer("block3_pool").output
for layer in base.layers[:-4]:
    layer.trainable = False
outputs = layers.Dense(2, activation="softmax")(layers.Flatten()(features))
model = keras.Model(inputs=base.input, outputs=outputs)

inputs = keras.Input((96, 96, 3))
x = keras.applications.mobilenet_v2.preprocess_input(inputs)
x = keras.applications.MobileNetV2(input_shape=(96, 96, 3), include_top=False, weights=None)(x)
head = keras.Model(inputs, layers.Dense(1)(layers.GlobalAveragePooling2D()(x)))  #= total params=2259265 macs=>=1280

frozen = keras.applications.ResNet50(include_top=False, weights=None, input_shape=(64, 64, 3))
for layer in frozen.layers[:100]:
    layer.trainable = False
tuned = keras.Sequential([frozen, layers.GlobalAveragePooling2D(), layers.Dense(3)])  #= total params=>=23593859
