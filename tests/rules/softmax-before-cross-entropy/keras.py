import keras
import tensorflow as tf
from keras import layers


def build(activation):
    return keras.Sequential([keras.Input((64,)), layers.Dense(10, activation=activation)])


net = build("softmax")
net.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))  #~ CNN601 "`SparseCategoricalCrossentropy(from_logits=True)` takes the softmax of its input itself, but gets the output of a softmax"

functional = keras.Input((64,))
outputs = layers.Softmax()(layers.Dense(10)(functional))
other = keras.Model(functional, outputs)
other.compile(loss=keras.losses.CategoricalCrossentropy(True))  #~ CNN601 "`CategoricalCrossentropy(from_logits=True)` takes the softmax"
other.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True))  # cnnlint: ignore[CNN601]

# a step of training that the program writes itself
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(10)

    def call(self, x):
        return tf.nn.softmax(self.dense(x))


mine = Net()
scores = mine(tf.zeros((4, 64)))
loss_fn(tf.zeros((4,), dtype="int64"), scores)  #~ CNN601 "`SparseCategoricalCrossentropy(from_logits=True)` takes the softmax"
tf.nn.softmax_cross_entropy_with_logits(labels=tf.zeros((4, 10)), logits=scores)  #~ CNN601 "`softmax_cross_entropy_with_logits` takes the softmax"

# neighbours: scores for a loss of scores, probabilities for one of probabilities, a softmax that is weighed again
build(None).compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
build("softmax").compile(loss="sparse_categorical_crossentropy")
deeper = keras.Sequential([keras.Input((64,)), layers.Dense(10, activation="softmax"), layers.Dense(10)])
deeper.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))

# not known which activation, or which loss
build(eval("'softmax'")).compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
build("softmax").compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=eval("True")))
