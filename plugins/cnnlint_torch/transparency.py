"""What surrounds a model and changes no shape: gradient modes, compilers and tracers, checkpoints, devices and the environment.

Source: https://docs.pytorch.org/docs/stable/torch.html
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cnnlint.plugin import Choice, DictValue, Door, Instance, ListValue, NativeFunction, Tensor, Unknown, Value
from cnnlint_torch.framework import below, torch
from cnnlint_torch.module import walk

torch.transparent(
    *below("", "no_grad enable_grad inference_mode set_grad_enabled"),
    *below("amp", "custom_fwd custom_bwd"),
    *below("cuda.amp", "custom_fwd custom_bwd"),
    *below("autograd", "no_grad enable_grad set_grad_enabled inference_mode detect_anomaly set_detect_anomaly"),
    *below("autograd.grad_mode", "no_grad enable_grad inference_mode set_grad_enabled"),
    *below("autograd.function", "once_differentiable"),
    *below("autograd.forward_ad", "dual_level"),
    *below("autograd.graph", "save_on_cpu saved_tensors_hooks"),
    *below("autograd.profiler", "record_function emit_nvtx"),
    *below("profiler", "record_function"),
    *below("cuda", "device stream graph"),
    *below("cuda.nvtx", "range"),
    *below("jit", "script ignore unused export interface freeze optimize_for_inference Final _overload_method _overload"),
    *below("jit", "_script_if_tracing script_if_tracing _drop optimized_execution strict_fusion enable_onednn_fusion"),
    *below("fx", "wrap"),
    *below("fx.experimental.optimization", "fuse"),
    *below("compiler", "disable allow_in_graph"),
    *below("_dynamo", "disable allow_in_graph optimize"),
    *below("onnx", "select_model_mode_for_export"),
    *below("random", "fork_rng"),
    *below("serialization", "safe_globals"),
    *below("backends.cudnn", "flags"),
    *below("backends.cuda", "sdp_kernel"),
    *below("nn.attention", "sdpa_kernel"),
    *below("utils.data", "functional_datapipe"),
)


@torch.native("compile", "compiler.compile", takes_unknown=True)
def compile_(door: Door, /, model: Value = None, **options: Value) -> Value:
    """The model or function itself; without one, a decorator."""
    return NativeFunction("compile", lambda machine, function: function, takes_unknown=True) if model is None else model


@torch.native("jit.trace", "jit.trace_module", takes_unknown=True)
def trace(door: Door, /, func: Value, example_inputs: Value = None, *options: Value, **keywords: Value) -> Value:
    """Runs the module on the example inputs and gives back what computes the same."""
    note_example(door, func, keywords.get("example_inputs", example_inputs))
    return func


@torch.native("onnx.export", "onnx.dynamo_export", "export.export", takes_unknown=True)
def export(door: Door, /, model: Value, args: Value = None, *options: Value, **keywords: Value) -> Value:
    """Runs the module on the example inputs, in eval mode; what is exported is not followed."""
    with evaluating(door, model):
        note_example(door, model, args, keywords.get("kwargs"))
    return door.unknown("an exported program", is_harmless=True)


@contextmanager
def evaluating(door: Door, model: Value) -> Iterator[None]:
    """Put a model into eval mode for a while, as tools do."""
    modules = [module for _, module in walk(model)] if isinstance(model, Instance) else []
    modes = [module.contents.get("training") for module in modules]
    for module in modules:
        door.put(module, "training", False)
    try:
        yield
    finally:
        for module, mode in zip(modules, modes, strict=True):
            door.put(module, "training", mode)


def note_example(door: Door, model: Value, inputs: Value, keywords: Value = None) -> None:
    """Run a model as a tool does that is given it with one input tensor, or with a tuple of inputs, once."""
    if isinstance(inputs, ListValue):
        inputs = inputs.contents if isinstance(inputs.contents, Unknown) else tuple(inputs.contents)
    given = list(inputs) if isinstance(inputs, tuple) else [inputs]
    is_plain = keywords is None and not any(isinstance(value, (Unknown, Choice, DictValue, type(None))) for value in given)
    if isinstance(model, Instance) and is_plain and given:
        door.note_run(model, given)


@torch.native(
    *below("jit", "is_scripting is_tracing"),
    *below("_C", "_get_tracing_state _is_tracing"),
    *below("onnx", "is_in_onnx_export"),
    *below("compiler", "is_compiling is_exporting is_dynamo_compiling"),
    *below("_dynamo", "is_compiling"),
    *below("_dynamo.utils", "is_compile_supported"),
    *below("overrides", "has_torch_function has_torch_function_unary has_torch_function_variadic"),
    *below("distributed", "is_initialized is_torchelastic_launched"),
    *below("", "is_deterministic_algorithms_warn_only_enabled are_deterministic_algorithms_enabled is_autocast_enabled"),
    *below("", "is_autocast_cpu_enabled is_autocast_xla_enabled is_inference_mode_enabled"),
    *below("autograd.forward_ad", "_is_fwd_grad_enabled"),
    *below("cuda", "is_current_stream_capturing"),
    takes_unknown=True,
)
def never(door: Door, /, *given: Value, **keywords: Value) -> bool:
    """Questions that a plain run answers with no."""
    return False


@torch.native(
    *below("cuda", "is_available device_count current_device get_device_name get_device_capability get_device_properties"),
    *below("cuda", "is_bf16_supported memory_allocated max_memory_allocated mem_get_info memory_reserved max_memory_reserved"),
    *below("cuda", "memory_summary get_rng_state utilization"),
    *below("backends.mps", "is_available is_built"),
    *below("backends.cudnn", "is_available version"),
    *below("backends.cuda", "is_built"),
    *below("mps", "is_available current_allocated_memory"),
    *below("xpu", "is_available device_count"),
    *below("cpu", "is_available"),
    *below("accelerator", "is_available current_accelerator"),
    *below("backends.mkldnn", "is_available"),
    *below("backends.mkl", "is_available"),
    *below("backends.openmp", "is_available"),
    *below("distributed", "is_available get_rank get_world_size get_backend is_nccl_available"),
    *below("", "initial_seed seed get_num_threads get_rng_state get_default_device"),
    *below("hub", "get_dir"),
    takes_unknown=True,
)
def environment(door: Door, /, *given: Value, **keywords: Value) -> Value:
    """Facts of the machine that a run happens on: every answer really occurs."""
    return door.unknown("a fact of the machine that runs this", is_free=True)


@torch.native(
    *below("", "manual_seed set_rng_state set_default_device set_num_threads"),
    *below("", "set_num_interop_threads set_printoptions set_float32_matmul_precision set_flush_denormal"),
    *below("", "use_deterministic_algorithms set_autocast_enabled set_anomaly_enabled set_autocast_cpu_enabled"),
    *below("", "set_autocast_gpu_dtype set_autocast_cpu_dtype set_deterministic_debug_mode _assert_async save"),
    *below("cuda", "manual_seed manual_seed_all set_rng_state synchronize empty_cache set_device reset_peak_memory_stats"),
    *below("cuda", "ipc_collect reset_max_memory_allocated set_per_process_memory_fraction init"),
    *below("mps", "manual_seed empty_cache synchronize"),
    *below("xpu", "manual_seed empty_cache synchronize"),
    *below("random", "manual_seed"),
    *below("cuda.nvtx", "range_push range_pop"),
    *below("cuda.profiler", "start stop"),
    *below("backends.cuda", "enable_flash_sdp enable_math_sdp enable_mem_efficient_sdp"),
    *below("distributed", "init_process_group destroy_process_group barrier all_reduce broadcast all_gather reduce"),
    *below("distributed", "all_gather_object gather broadcast_object_list scatter new_group"),
    *below("multiprocessing", "set_start_method set_sharing_strategy"),
    *below("jit", "save set_fusion_strategy"),
    *below("hub", "set_dir download_url_to_file list help"),
    *below("_dynamo", "reset graph_break mark_dynamic"),
    *below("autograd", "backward"),
    *below("autograd.profiler", "record"),
    *below("fx.experimental", "_config"),
    *below("_C", "_log_api_usage_once _jit_set_profiling_executor _jit_set_profiling_mode _jit_set_bailout_depth"),
    *below("_C", "_jit_set_texpr_fuser_enabled _jit_set_nvfuser_enabled _jit_override_can_fuse_on_gpu"),
    *below("_logging", "set_logs"),
    *below("compiler", "reset cudagraph_mark_step_begin"),
    *below("onnx", "register_custom_op_symbolic"),
    *below("utils.checkpoint", "set_checkpoint_debug_enabled"),
    *below("serialization", "add_safe_globals"),
    *below("library", "impl_abstract"),
    takes_unknown=True,
)
def harmless(door: Door, /, *given: Value, **keywords: Value) -> Value:
    """Calls for their effect on the machine: what they give matters to no shape."""
    return door.unknown("what a call for its effect gives", is_harmless=True)


@torch.native(
    *below("", "load is_grad_enabled get_autocast_dtype get_autocast_gpu_dtype get_autocast_cpu_dtype"),
    *below("jit", "load"),
    *below("hub", "load load_state_dict_from_url _get_torch_home"),
    *below("utils.model_zoo", "load_url"),
    *below("utils.cpp_extension", "load load_inline"),
    *below("ops", "load_library"),
    *below("fx", "Graph GraphModule Interpreter"),
    *below("autograd.functional", "jacobian hessian vjp jvp"),
    *below("overrides", "handle_torch_function is_tensor_like get_overridable_functions"),
    *below("multiprocessing", "spawn get_context"),
    takes_unknown=True,
)
def not_followed(door: Door, /, *given: Value, **keywords: Value) -> Value:
    """Results that come from files, or from what is not followed."""
    return door.unknown("what is loaded or found at run time", is_harmless=True)


@torch.native("_assert", takes_unknown=True)
def assert_(door: Door, /, condition: Value, message: Value = "") -> None:
    """Raises AssertionError as an `assert` does."""
    door.require(door.truth(condition), "AssertionError", "the assertion fails")


@torch.native("jit.annotate", "jit.wait", takes_unknown=True)
def annotate(door: Door, /, first: Value, value: Value = None) -> Value:
    """`annotate(type, value)` is the value, `wait(future)` what `fork` made."""
    return first if value is None else value


@torch.native("jit.fork", "jit._fork", takes_unknown=True)
def fork(door: Door, /, func: Value, *positional: Value, **keywords: Value) -> Value:
    return door.call(func, *positional, **keywords)


@torch.native("nn.utils.skip_init", "nn.utils.init.skip_init", takes_unknown=True)
def skip_init(door: Door, /, module_cls: Value, *positional: Value, **keywords: Value) -> Value:
    """The module, whose weights nobody fills."""
    return door.call(module_cls, *positional, **keywords)


@torch.native("func.functional_call", "nn.utils.stateless.functional_call", takes_unknown=True)
def functional_call(door: Door, /, module: Value, parameters: Value, args: Value = None, kwargs: Value = None, **options: Value) -> Value:
    """Calls the module with other weights of the same shapes."""
    positional = args if isinstance(args, tuple) else () if args is None else (args,)
    keywords = kwargs.contents if isinstance(kwargs, DictValue) and isinstance(kwargs.contents, dict) else {}
    return door.call(module, *positional, **keywords)


@torch.native("nn.utils.convert_conv2d_weight_memory_format", "nn.utils.convert_conv3d_weight_memory_format", takes_unknown=True)
def reordered(door: Door, /, module: Value, memory_format: Value) -> Value:
    return module


CHECKPOINT_OPTIONS = frozenset(below("", "use_reentrant preserve_rng_state context_fn determinism_check debug early_stop"))


@torch.native("utils.checkpoint.checkpoint", "distributed.algorithms._checkpoint.checkpoint_wrapper.checkpoint", takes_unknown=True)
def checkpoint(door: Door, /, function: Value, *positional: Value, **keywords: Value) -> Value:
    """Calls the function now, and again when gradients need it.

    Source: https://docs.pytorch.org/docs/stable/checkpoint.html
    """
    return door.call(function, *positional, **{name: value for name, value in keywords.items() if name not in CHECKPOINT_OPTIONS})


@torch.native("utils.checkpoint.checkpoint_sequential", takes_unknown=True)
def checkpoint_sequential(door: Door, /, functions: Value, segments: Value, input: Value, **options: Value) -> Value:
    """Applies modules one after the other."""
    modules = door.iterate(functions)
    if isinstance(modules, Unknown):
        return modules
    output = input
    for module in modules:
        output = door.call(module, output)
    return output


torch.cls("device")


@torch.native("device.__init__", takes_unknown=True)
def make_device(door: Door, device: Instance, /, type: Value = None, index: Value = None) -> None:
    """`device("cuda:1")`, `device("cuda", 1)`, `device(other)`."""
    kind, number = type, index
    if isinstance(type, Instance):
        kind, number = type.contents.get("type"), type.contents.get("index")
    elif isinstance(type, str) and ":" in type:
        kind, _, digits = type.partition(":")
        number = int(digits) if digits.isdigit() else None
    door.put(device, "type", kind)
    door.put(device, "index", number)


@torch.native("device.__eq__", takes_unknown=True)
def same_device(door: Door, device: Instance, /, other: Value) -> Value:
    if not isinstance(other, Instance):
        return door.unknown("where a tensor lies") if isinstance(other, (Unknown, Choice)) else False
    same_type = door.equal(device.contents.get("type"), other.contents.get("type"))
    return door.equal(device.contents.get("index"), other.contents.get("index")) if same_type is True else same_type


@torch.native("autograd.grad", takes_unknown=True)
def grad(door: Door, /, outputs: Value, inputs: Value, *options: Value, **keywords: Value) -> Value:
    """One gradient for each input, of its shape."""
    wanted = [inputs] if isinstance(inputs, Tensor) else door.iterate(inputs)
    if isinstance(wanted, Unknown) or not all(isinstance(tensor, Tensor) for tensor in wanted):
        return door.unknown("gradients of what is not known")
    return tuple(Tensor(tensor.shape, torch, dtype=tensor.dtype) for tensor in wanted)


@torch.native("autograd.Variable", takes_unknown=True)
def variable(door: Door, /, data: Value = None, *options: Value, **keywords: Value) -> Value:
    """What every tensor is since version 0.4: the tensor itself."""
    return data


torch.python("cnnlint_torch", "sources/autograd.py", "autograd", "Function")
torch.alias("autograd.Function", "autograd.function.Function", "autograd.function.InplaceFunction")

OBJECTS = ("Generator", "cuda.Stream", "cuda.Event", "cuda.CUDAGraph")
for _name in OBJECTS:
    torch.cls(_name)


@torch.native(*(f"{name}.__init__" for name in OBJECTS), takes_unknown=True)
def start(door: Door, made: Instance, /, *given: Value, **keywords: Value) -> None:
    return None


@torch.native(*(f"{name}.__getattr__" for name in OBJECTS), takes_unknown=True)
def any_attribute(door: Door, made: Instance, /, name: str) -> Value:
    """Times, states and seeds: facts of a run, as are the results of methods that are not known."""
    return door.unknown(f"`{name}` of a `{made.cls.name}`", is_free=True, is_harmless=True)


@torch.native("Generator.manual_seed", takes_unknown=True)
def seeded(door: Door, generator: Instance, /, seed: Value) -> Value:
    return generator
