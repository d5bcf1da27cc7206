import keras
from keras import layers

features = keras.Input((64,))
probabilities = layers.Dense(10, activation="softmax")(features)
layers.Softmax(name="again")(probabilities)  #~ CNN607 "`again` takes the softmax of what is a softmax along the same axis already"
layers.Activation("softmax")(probabilities)  #~ CNN607 "`activation` takes the softmax"
layers.Softmax()(probabilities)  # cnnlint: ignore[CNN607]

# neighbours
layers.Softmax()(layers.Dense(10)(features))
layers.Dense(10, activation="softmax")(probabilities)
layers.Activation("relu")(probabilities)
layers.Softmax(axis=1)(layers.Softmax(axis=2)(keras.Input((4, 5))))

# not known
layers.Activation(eval("'softmax'"))(probabilities)
