import keras
from keras import layers


def build(activation=None):
    return keras.Sequential([keras.Input((64,)), layers.Dense(10, activation=activation)])


build().compile(loss="sparse_categorical_crossentropy")  #~ CNN608 "`sparse_categorical_crossentropy` takes probabilities, but gets the output of a layer of weights, without a softmax"
build().compile(loss=keras.losses.CategoricalCrossentropy())  #~ CNN608 "`CategoricalCrossentropy` takes probabilities"
build().compile(loss="categorical_crossentropy")  # cnnlint: ignore[cross-entropy-without-softmax]

# each output with its loss
features = keras.Input((64,))
kind = layers.Dense(5, name="kind")(features)
age = layers.Dense(1, name="age")(features)
model = keras.Model(features, [kind, age])
model.compile(loss={"kind": "categorical_crossentropy", "age": "mse"})  #~ CNN608 "`categorical_crossentropy` takes probabilities"
model.compile(loss=["mse", "mse"])

# neighbours
build("softmax").compile(loss="categorical_crossentropy")
build().compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True))
build("relu").compile(loss="categorical_crossentropy")
build().compile(loss="mse")

# not known
build(eval("None")).compile(loss="categorical_crossentropy")
