import keras
from keras import layers

net = keras.Sequential()
net.add(layers.LSTM(64, input_shape=(20, 8), name="first"))
net.add(layers.LSTM(32, name="second"))  #~ CNN251 "`second` needs a sequence, 3 axes, but `first` gives only its last step, (None, 64)"

steps = keras.Input((20, 8))
last = layers.GRU(16, name="last")(steps)
layers.Conv1D(4, 3)(last)  #~ CNN251 "`conv1d` needs a sequence, 3 axes, but `last` gives only its last step, (None, 16)"
layers.GlobalMaxPooling1D()(last)  # cnnlint: ignore[return-sequences-missing]

# neighbours: all steps, the last step for a layer that takes a vector, a vector that is made a sequence
layers.LSTM(32)(layers.LSTM(64, return_sequences=True)(steps))
layers.Dense(4)(last)
layers.LSTM(32)(layers.RepeatVector(5)(last))

# not known whether all steps are given
layers.LSTM(32)(layers.LSTM(64, return_sequences=eval("True"))(steps))
