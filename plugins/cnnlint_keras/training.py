"""Training: `compile`, `fit` and its like, losses, optimisers, metrics, callbacks. They change no shape; `fit` runs the model on data.

Source: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from cnnlint.plugin import DictValue, Door, Instance, ListValue, Shape, Tensor, Unknown, Value
from cnnlint_keras.datasets import ELEMENT
from cnnlint_keras.framework import BATCH, below, keras
from cnnlint_keras.loss import KINDS, judge_head, judge_labels, pairs
from cnnlint_keras.models import ends
from cnnlint_keras.module import NODES
from cnnlint_keras.origins import mapped, tensors_of
from cnnlint_keras.shapes import tensor_of_shape

LOSS, IS_JUDGED = "_loss", "_is_judged"
"""What a model is compiled with, and whether that was held against its heads."""

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
    if not path.startswith("losses.") or path.removeprefix("losses.") not in KINDS:

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
    """The loss is kept for what comes; where the outputs are known by now, the heads are judged by it."""
    door.put(model, LOSS, loss)
    outputs = ends(door, model, lambda graph: graph.outputs)
    door.put(model, IS_JUDGED, not isinstance(outputs, Unknown))
    for own, head, _ in pairs(door, loss, outputs):
        judge_head(own, head)


def batch_of(value: Value) -> Value:
    """Data as a model gets them: a batch of open size in place of all examples."""
    return mapped(value, lambda tensor: tensor if tensor.shape.leading or not tensor.shape.dims else opened(tensor))


def opened(tensor: Tensor) -> Tensor:
    return Tensor(Shape((BATCH, *tensor.shape.dims[1:])), keras, dtype=tensor.dtype, data=tensor.data)


def run_on(door: Door, model: Instance, data: Value, labels: Value = None) -> None:
    """Run the model once as `fit` does, on a batch of these data, if it is known what they are; hold loss and labels against it."""
    element = data.contents.get(ELEMENT) if isinstance(data, Instance) else None
    is_batch = isinstance(element, tuple) and bool(element)
    inputs = element[0] if is_batch else batch_of(data)  # type: ignore[index]
    targets = (element[1] if len(element) > 1 else None) if is_batch else batch_of(labels)  # type: ignore[arg-type, index]
    outputs: Value = None
    if isinstance(inputs, (Tensor, tuple, ListValue, DictValue)) and not model.contents.get(NODES):
        outputs = door.note_run(model, [inputs], is_kept=True)
    if next(tensors_of(outputs), None) is None:
        outputs = ends(door, model, lambda graph: graph.outputs)
    for loss, head, target in pairs(door, model.contents.get(LOSS), outputs, targets):
        if model.contents.get(IS_JUDGED) is False:
            judge_head(loss, head)
        if isinstance(target, Tensor):
            judge_labels(loss, head.shape, target)
            door.put(model, LOSS, None)  # said once, and not again where the model is evaluated
    if not isinstance(outputs, Unknown):
        door.put(model, IS_JUDGED, True)


@keras.native("models.Model.fit", "models.Model.fit_generator", takes_unknown=True)
def fit(door: Door, model: Instance, /, x: Value = None, y: Value = None, *options: Value, **keywords: Value) -> Value:
    """A history of losses."""
    run_on(door, model, x, y)
    return door.unknown("the history of a training", is_harmless=True, is_free=True)


@keras.native(*below("models.Model", "evaluate evaluate_generator train_on_batch test_on_batch"), takes_unknown=True)
def evaluate(door: Door, model: Instance, /, x: Value = None, y: Value = None, *options: Value, **keywords: Value) -> Value:
    run_on(door, model, x, y)
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
    "mean_squared_error mean_absolute_error mse mae hinge kl_divergence huber log_cosh poisson cosine_similarity squared_hinge "
    "categorical_hinge"
)


@keras.native(
    *below("losses", f"{FUNCTIONS} get serialize deserialize"),
    *below("metrics", f"{FUNCTIONS} get binary_accuracy categorical_accuracy sparse_categorical_accuracy"),
    *below("backend", "gradients get_value learning_phase"),
    *below("optimizers", "get serialize deserialize"),
    *below("tf.nn", "l2_loss"),
    takes_unknown=True,
)
def computed(door: Door, /, *given: Value, **keywords: Value) -> Value:
    return door.unknown("a number that training computes", is_harmless=True)
