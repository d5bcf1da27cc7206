import keras
from keras import layers

(x, y), _ = keras.datasets.mnist.load_data()
rows = keras.utils.to_categorical(y, 10)


def build(loss, units=10):
    model = keras.Sequential([keras.Input((28, 28)), layers.Flatten(), layers.Dense(units, activation="sigmoid")])
    model.compile(loss=loss)
    return model


build("categorical_crossentropy").fit(x, y)  #~ CNN650 "`categorical_crossentropy` takes a value for each of 10 units, but the labels are numbers, (None,)"
build("sparse_categorical_crossentropy").fit(x, rows)  #~ CNN650 "`sparse_categorical_crossentropy` takes the number of the class, but the labels are rows with a value for each class, (None, 10)"
build("binary_crossentropy").fit(x, y)  #~ CNN650 "`binary_crossentropy` takes a value for each of 10 units, but the labels are numbers, (None,)"
build("binary_crossentropy", 1).fit(x, rows)  #~ CNN650 "`binary_crossentropy` takes one number an example, but the labels are rows with a value for each class, (None, 10)"
build("categorical_crossentropy").fit(x, y)  # cnnlint: ignore[sparse-one-hot-confusion]

images = keras.preprocessing.image.ImageDataGenerator().flow_from_directory("data", target_size=(28, 28), color_mode="grayscale")
net = keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(4, activation="softmax")])
net.compile(loss="sparse_categorical_crossentropy")
net.fit(images)  #~ CNN650 "`sparse_categorical_crossentropy` takes the number of the class, but the labels are rows with a value for each class, (None, classes)"

# neighbours
build("sparse_categorical_crossentropy").fit(x, y)
build("categorical_crossentropy").fit(x, rows)
build("binary_crossentropy", 1).fit(x, y)
build("mse").fit(x, rows)

# not known
build("categorical_crossentropy").fit(x, eval("y"))
build(eval("'mse'")).fit(x, y)
