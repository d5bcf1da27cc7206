import keras
from keras import layers

features = keras.Input((64,))
layers.Dense(1, activation="softmax", name="head")(features)  #~ CNN605 "`head` runs over the one unit that a layer gives, (None, 1): the result is 1 everywhere"
layers.Softmax()(layers.Dense(1)(features))  #~ CNN605 "`softmax` runs over the one unit"
layers.Dense(1, activation="softmax")(features)  # cnnlint: ignore[CNN605]

# neighbours
layers.Dense(2, activation="softmax")(features)
layers.Dense(1, activation="sigmoid")(features)
layers.Softmax(axis=1)(keras.Input((64, 1)))

# not known
layers.Dense(int(eval("1")), activation="softmax")(features)
