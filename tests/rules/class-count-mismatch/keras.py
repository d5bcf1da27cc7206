import keras
from keras import layers

(x, y), (x_test, y_test) = keras.datasets.cifar10.load_data()


def build(units):
    model = keras.Sequential([layers.Flatten(), layers.Dense(units, activation="softmax")])
    model.compile(loss="sparse_categorical_crossentropy")
    return model


few = build(9)
few.fit(x, y)  #~ CNN609 "`few.fit` gets 9 scores an example, but the labels of cifar10 have 10 classes"
few.evaluate(x_test, y_test)
many = build(100)
many.fit(x, y, epochs=2)  #~ CNN609 "`many.fit` gets 100 scores an example, but the labels of cifar10 have 10 classes"

rows = build(12)
rows.compile(loss="categorical_crossentropy")
rows.fit(x, keras.utils.to_categorical(y))  #~ CNN609 "`rows.fit` gets 12 scores an example, but the labels have 10 classes"
rows = build(12)
rows.fit(x, y)  # cnnlint: ignore[CNN609]

# neighbours
build(10).fit(x, y)
(x, y), _ = keras.datasets.cifar100.load_data()
build(100).fit(x, y)

# not known: a choice of labels, a number of units
(x, y), _ = keras.datasets.cifar100.load_data(label_mode="coarse")
build(20).fit(x, y)
build(int(input())).fit(x, y)
