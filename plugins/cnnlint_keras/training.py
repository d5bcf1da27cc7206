"""Training: `compile`, `fit` and its like, losses, optimisers, metrics, callbacks. They change no shape; `fit` runs the model on data.

Source: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from cnnlint.plugin import DictValue, Door, Instance, ListValue, Shape, Tensor, Value
from cnnlint_keras.datasets import ELEMENT
from cnnlint_keras.framework import BATCH, below, keras
from cnnlint_keras.module import NODES
from cnnlint_keras.origins import mapped
from cnnlint_keras.shapes import tensor_of_shape

COMPILED = "_compiled"

OPTIMIZERS = "Optimizer SGD RMSprop Adam AdamW Adadelta Adagrad Adamax Adafactor Nadam Ftrl Lion Lamb Muon LossScaleOptimizer"
SCHEDULES = "LearningRateSchedule ExponentialDecay PiecewiseConstantDecay PolynomialDecay InverseTimeDecay CosineDecay CosineDecayRestarts"
LOSSES = (
    "Loss BinaryCrossentropy CategoricalCrossentropy SparseCategoricalCrossentropy MeanSquaredError MeanAbsoluteError Huber KLDivergence "
    "Hinge SquaredHinge CategoricalHinge CosineSimilarity LogCosh Poisson BinaryFocalCrossentropy CategoricalFocalCrossentropy Dice "
    "Tversky MeanAbsolutePercentageError MeanSquaredLogarithmicError Circle CTC"
)
METRICS = (
    "Metric Accuracy BinaryAccuracy CategoricalAccuracy SparseCategoricalAccuracy TopKCategoricalAccuracy Precision Recall AUC Mean Sum "
    "SparseTopKCategoricalAccuracy MeanSquaredError MeanAbsoluteError RootMeanSquaredError MeanIoU IoU BinaryIoU OneHotIoU OneHotMeanIoU "
    "F1Score FBetaScore CosineSimilarity TruePositives FalsePositives TrueNegatives FalseNegatives BinaryCrossentropy "
    "CategoricalCrossentropy SparseCategoricalCrossentropy MeanTensor R2Score"
)
CALLBACKS = (
    "Callback EarlyStopping ModelCheckpoint TensorBoard ReduceLROnPlateau LearningRateScheduler CSVLogger TerminateOnNaN LambdaCallback "
    "History ProgbarLogger BackupAndRestore RemoteMonitor CallbackList SwapEMAWeights"
)
CLASSES = (
    *below("optimizers", OPTIMIZERS),
    *below("optimizers.schedules", SCHEDULES),
    *below("losses", LOSSES),
    *below("metrics", METRICS),
    *below("callbacks", CALLBACKS),
    "random.SeedGenerator",
    "tf.train.Checkpoint",
    "tf.train.CheckpointManager",
)


def declare(path: str) -> None:
    """A class whose methods give what nobody here asks for."""
    keras.cls(path)

    @keras.native(f"{path}.__init__", takes_unknown=True)
    def initialise(door: Door, made: Instance, /, *given: Value, **keywords: Value) -> None:
        return

    @keras.native(f"{path}.__call__", takes_unknown=True)
    def call(door: Door, made: Instance, /, *given: Value, **keywords: Value) -> Value:
        return door.unknown("a number that training computes", is_harmless=True)

    @keras.native(f"{path}.__getattr__", takes_unknown=True)
    def attribute(door: Door, made: Instance, /, name: str) -> Value:
        return door.unknown(f"`{name}` of what trains a model", is_harmless=True)


for _path in CLASSES:
    declare(_path)
for _name in OPTIMIZERS.split():
    keras.alias(f"optimizers.{_name}", f"optimizers.legacy.{_name}", f"optimizers.experimental.{_name}")


@keras.native("models.Model.compile", takes_unknown=True)
def compile_(door: Door, model: Instance, /, optimizer: Value = "rmsprop", loss: Value = None, *options: Value, **keywords: Value) -> None:
    """What the program says of training is kept for the rules that tie loss, data and head."""
    door.put(model, COMPILED, DictValue({"loss": loss, "metrics": keywords.get("metrics")}))


def batch_of(value: Value) -> Value:
    """Data as a model gets them: a batch of open size in place of all examples."""
    return mapped(value, lambda tensor: tensor if tensor.shape.leading or not tensor.shape.dims else opened(tensor))


def opened(tensor: Tensor) -> Tensor:
    return Tensor(Shape((BATCH, *tensor.shape.dims[1:])), keras, dtype=tensor.dtype)


def run_on(door: Door, model: Instance, data: Value) -> None:
    """Run the model once as `fit` does, on a batch of these data, if it is known what they are."""
    element = data.contents.get(ELEMENT) if isinstance(data, Instance) else None
    inputs = element[0] if isinstance(element, tuple) and element else batch_of(data)
    if isinstance(inputs, (Tensor, tuple, ListValue, DictValue)) and not model.contents.get(NODES):
        door.note_run(model, [inputs])


@keras.native("models.Model.fit", "models.Model.fit_generator", takes_unknown=True)
def fit(door: Door, model: Instance, /, x: Value = None, y: Value = None, *options: Value, **keywords: Value) -> Value:
    """A history of losses."""
    run_on(door, model, x)
    return door.unknown("the history of a training", is_harmless=True, is_free=True)


@keras.native(*below("models.Model", "evaluate evaluate_generator train_on_batch test_on_batch"), takes_unknown=True)
def evaluate(door: Door, model: Instance, /, x: Value = None, *options: Value, **keywords: Value) -> Value:
    run_on(door, model, x)
    return door.unknown("the losses of a model", is_harmless=True, is_free=True)


@keras.native(*below("models.Model", "predict predict_on_batch predict_generator"), takes_unknown=True)
def predict(door: Door, model: Instance, /, x: Value = None, *options: Value, **keywords: Value) -> Value:
    """What the model gives for all examples, as an array."""
    run_on(door, model, x)
    return door.unknown("the predictions of a model")


@keras.native("models.Model.build", takes_unknown=True)
def build(door: Door, model: Instance, /, input_shape: Value = None, *options: Value, **keywords: Value) -> None:
    """Runs the model on symbolic tensors of this shape, batch included."""
    made = tensor_of_shape(door, keywords.get("batch_input_shape", input_shape))
    if isinstance(made, (Tensor, ListValue)):
        door.call(model, made)
    door.put(model, "built", True)


@keras.native("models.Model.get_metrics_result", "models.Model.compute_loss", "models.Model.compute_metrics", takes_unknown=True)
def measured(door: Door, model: Instance, /, *given: Value, **keywords: Value) -> Value:
    return door.unknown("a number that training computes", is_harmless=True)


@keras.attribute(
    *below("models.Model", "optimizer loss history stop_training compiled_loss compiled_metrics distribute_strategy jit_compile")
)
def attribute(door: Door, model: Instance, /) -> Value:
    return door.unknown("an attribute of a model in training", is_harmless=True)


EFFECTS = (
    "summary save save_weights load_weights export to_json reset_metrics make_train_function make_test_function reset_states "
    "make_predict_function to_yaml save_spec compile_from_config"
)


@keras.native(*below("models.Model", EFFECTS), takes_unknown=True)
def for_effect(door: Door, model: Instance, /, *given: Value, **keywords: Value) -> Value:
    """Methods that change no shape and give nothing that has one."""
    return door.unknown("what a method of a model gives", is_harmless=True, is_free=True)


FUNCTIONS = (
    "binary_crossentropy categorical_crossentropy sparse_categorical_crossentropy mean_squared_error mean_absolute_error mse mae hinge "
    "kl_divergence huber log_cosh poisson cosine_similarity squared_hinge categorical_hinge"
)


@keras.native(
    *below("losses", f"{FUNCTIONS} get serialize deserialize"),
    *below("metrics", f"{FUNCTIONS} get binary_accuracy categorical_accuracy sparse_categorical_accuracy"),
    *below("ops", "binary_crossentropy categorical_crossentropy sparse_categorical_crossentropy"),
    *below("backend", "binary_crossentropy categorical_crossentropy sparse_categorical_crossentropy gradients get_value learning_phase"),
    *below("optimizers", "get serialize deserialize"),
    *below("tf.nn", "softmax_cross_entropy_with_logits sigmoid_cross_entropy_with_logits sparse_softmax_cross_entropy_with_logits l2_loss"),
    takes_unknown=True,
)
def computed(door: Door, /, *given: Value, **keywords: Value) -> Value:
    return door.unknown("a number that training computes", is_harmless=True)
