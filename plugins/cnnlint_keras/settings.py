"""What holds for the whole program: the order of axes, number types, the backend, devices, seeds.

Source: https://keras.io/api/utils/config_utils/
"""

from __future__ import annotations

from cnnlint.plugin import Door, Unknown, Value
from cnnlint_keras.framework import below, keras
from cnnlint_keras.names import remember
from cnnlint_keras.sizes import IMAGE_DATA_FORMAT, data_format

HOMES = ("backend", "config")


@keras.native(*(f"{home}.image_data_format" for home in HOMES))
def image_data_format(door: Door, /) -> Value:
    """The order of axes that layers go by which are told none."""
    contents = door.state(keras).contents
    return contents.get(IMAGE_DATA_FORMAT, "channels_last") if isinstance(contents, dict) else "channels_last"


@keras.native(*(f"{home}.set_image_data_format" for home in HOMES), takes_unknown=True)
def set_image_data_format(door: Door, /, data_format: Value) -> None:
    remember(door, door.state(keras), IMAGE_DATA_FORMAT, data_format if isinstance(data_format, Unknown) else checked(data_format))


def checked(value: Value) -> Value:
    """The word in the form in which Keras keeps it. Raises InvalidArgument for another."""
    return data_format(value)


@keras.native("backend.standardize_data_format", takes_unknown=True)
def standard_data_format(door: Door, /, data_format: Value = None) -> Value:
    return image_data_format(door) if data_format is None else checked(data_format)


@keras.native("backend.floatx", "config.floatx", "config.dtype_policy", "mixed_precision.global_policy")
def floatx(door: Door, /) -> Value:
    return "float32"


@keras.native("backend.epsilon", "config.epsilon")
def epsilon(door: Door, /) -> Value:
    return 1e-07


@keras.native("backend.backend", "config.backend")
def backend(door: Door, /) -> Value:
    """Any of them; nothing of a shape depends on it."""
    return door.unknown("the backend", is_free=True)


@keras.native("backend.is_keras_tensor", "utils.is_keras_tensor", takes_unknown=True)
def is_keras_tensor(door: Door, /, x: Value) -> Value:
    return x if isinstance(x, Unknown) else door.is_instance(x, keras, "Tensor")


keras.alias("backend.is_keras_tensor", "backend.is_tensor", "ops.is_tensor", "tf.is_tensor")

EFFECTS = (
    *below("utils", "set_random_seed disable_interactive_logging enable_interactive_logging"),
    *below("config", "set_floatx set_epsilon set_backend set_dtype_policy enable_unsafe_deserialization disable_traceback_filtering"),
    *below("config", "enable_traceback_filtering disable_interactive_logging enable_interactive_logging"),
    *below("backend", "set_floatx set_epsilon set_session set_learning_phase manual_variable_initialization set_value"),
    *below("mixed_precision", "set_global_policy set_dtype_policy experimental.set_policy"),
    *below("tf.random", "set_seed set_random_seed"),
    *below("tf.config", "set_visible_devices run_functions_eagerly set_soft_device_placement threading.set_inter_op_parallelism_threads"),
    *below("tf.config.experimental", "set_memory_growth set_virtual_device_configuration enable_op_determinism"),
    *below("tf.compat.v1", "disable_eager_execution enable_eager_execution set_random_seed disable_v2_behavior enable_v2_behavior"),
    *below("tf.debugging", "set_log_device_placement assert_equal assert_rank"),
    *below("tf", "print group enable_eager_execution set_random_seed"),
    *below("tf.io.gfile", "makedirs"),
    *below("tf.summary", "scalar image histogram text"),
)


@keras.native(*EFFECTS, takes_unknown=True)
def for_effect(door: Door, /, *given: Value, **keywords: Value) -> None:
    """Functions that change no shape and give nothing."""
    return


keras.transparent(
    "api_export.keras_export",
    *below("utils", "register_keras_serializable"),
    *below("saving", "register_keras_serializable"),
    *below("tf", "function GradientTape device name_scope control_dependencies custom_gradient recompute_grad"),
    *below(
        "tf.distribute", "MirroredStrategy OneDeviceStrategy TPUStrategy MultiWorkerMirroredStrategy get_strategy experimental.TPUStrategy"
    ),
    *below("tf.autograph.experimental", "set_loop_options do_not_convert"),
    *below("tf.compat.v1", "Session variable_scope name_scope"),
    *below("backend", "name_scope StatelessScope"),
    *below("", "name_scope StatelessScope device RematScope"),
    *below("distribution", "DataParallel ModelParallel"),
)
