import keras
from keras import layers


def build(activation=None):
    return keras.Sequential([keras.Input((32, 32, 3)), layers.Conv2D(1, 1, activation=activation)])


build().compile(optimizer="adam", loss="binary_crossentropy")  #~ CNN603 "`binary_crossentropy` needs probabilities between 0 and 1, but gets the output of a layer of weights"
build("linear").compile(loss=keras.losses.BinaryCrossentropy())  #~ CNN603 "`BinaryCrossentropy` needs probabilities"
build().compile(loss=keras.losses.binary_crossentropy)  # cnnlint: ignore[CNN603]

# built by the data that it is trained on
late = keras.Sequential([layers.Flatten(), layers.Dense(1)])
late.compile(loss="binary_crossentropy")
late.fit(keras.ops.zeros((100, 8, 8)), keras.ops.zeros((100, 1)))  #~ CNN603 "`binary_crossentropy` needs probabilities"
late.evaluate(keras.ops.zeros((100, 8, 8)), keras.ops.zeros((100, 1)))

# neighbours
build("sigmoid").compile(loss="binary_crossentropy")
build().compile(loss="mse")
build().compile(loss=keras.losses.BinaryCrossentropy(from_logits=True))
keras.Sequential([keras.Input((8,)), layers.Dense(1), layers.Activation("sigmoid")]).compile(loss="binary_crossentropy")

# not known
build(eval("None")).compile(loss="binary_crossentropy")
build().compile(loss=eval("'binary_crossentropy'"))
