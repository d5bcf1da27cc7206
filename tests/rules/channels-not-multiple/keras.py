import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input((32, 32, 3)),
        layers.Conv2D(20, 3),  #~ CNN411 "`conv2d` has 20 filters, but `tiny` computes them by 8s"
        layers.Flatten(),
        layers.Dense(10),
    ]
)

# the nearest harmless neighbour
even = keras.Sequential([keras.Input((32, 32, 3)), layers.Conv2D(24, 3), layers.Flatten(), layers.Dense(10)])
