import keras
from keras import layers, ops

scores = layers.Dense(10)(keras.Input((64,)))
layers.Softmax(axis=0)(scores)  #~ CNN606 "`softmax` runs over axis 0 of (None, 10), the batch"
layers.Softmax(axis=-2, name="normal")(scores)  #~ CNN606 "`normal` runs over axis 0 of (None, 10), the batch"
layers.Softmax(axis=0)(scores)  # cnnlint: ignore[softmax-over-batch-axis]

# neighbours
layers.Softmax(axis=1)(scores)
layers.Softmax()(scores)
layers.Softmax(axis=1)(keras.Input((64, 10)))

# not known
layers.Softmax(axis=eval("0"))(scores)
