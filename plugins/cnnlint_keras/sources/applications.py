"""Models of `keras.applications` from the facts that are shipped about them, for where their sources are not found.

Source: https://keras.io/api/applications/
"""

from keras import Input, Model, cnnlint, layers, ops
from keras.cnnlint import FACTS

LEFT_OPEN = ("include_top", "weights", "input_tensor", "input_shape", "pooling", "classes", "classifier_activation", "name")


class Features(layers.Layer):
    """All layers of a model below its top, as one."""

    stands_for_several = True

    def __init__(self, params, trained, sizes, name):
        super().__init__(name=name)
        self.params = params
        self.trained = trained
        self.sizes = sizes

    def build(self, input_shape):
        self.kernels = self.add_weight(shape=(self.trained,))
        self.statistics = self.add_weight(shape=(self.params - self.trained,), trainable=False)

    def call(self, images):
        return cnnlint.uncounted(ops.zeros((images.shape[0], *self.sizes(images.shape[1], images.shape[2]))))


class Whole(Features):
    """A model with its top."""

    def __init__(self, params, trained, classes, name):
        super().__init__(params, trained, lambda H, W: (classes,), name)


def model_from_facts(builder, *positional, **keywords):
    names, size, counts, sizes = FACTS[builder]
    given = {**dict(zip(names, positional, strict=False)), **keywords}
    if any(name not in LEFT_OPEN for name in given):
        return cnnlint.unknown_variant
    has_top = given.get("include_top", True)
    tensor = given.get("input_tensor")
    shape = given.get("input_shape") or (size if has_top else (None, None, 3)) or (None, None, 3)
    images = Input(shape=shape) if tensor is None else tensor
    whole, whole_trained, each_class, params, trained = counts
    if not has_top and sizes is None:
        return cnnlint.unknown_variant
    if has_top:
        classes = given.get("classes", 1000)
        more = (classes - 1000) * each_class
        features = Whole(whole + more, whole_trained + more, classes, builder.lower() + "_layers")(images)
    else:
        features = Features(params, trained, sizes, builder.lower() + "_layers")(images)
        if given.get("pooling") == "avg":
            features = layers.GlobalAveragePooling2D()(features)
        elif given.get("pooling") == "max":
            features = layers.GlobalMaxPooling2D()(features)
    return Model(images, features, name=given.get("name") or builder.lower())
