"""What surrounds a model and changes no shape: gradient modes, compilers and tracers, checkpoints, devices and the environment.

Source: https://docs.pytorch.org/docs/stable/torch.html
"""

from __future__ import annotations

from cnnlint.plugin import Choice, DictValue, Door, Instance, ListValue, NativeFunction, Tensor, Unknown, Value
from cnnlint_torch.framework import torch

torch.transparent(
    *"no_grad enable_grad inference_mode set_grad_enabled autocast amp.autocast amp.autocast_mode.autocast cpu.amp.autocast".split(),
    *"cuda.amp.autocast cuda.amp.autocast_mode.autocast amp.custom_fwd amp.custom_bwd cuda.amp.custom_fwd cuda.amp.custom_bwd".split(),
    *"autograd.no_grad autograd.enable_grad autograd.set_grad_enabled autograd.inference_mode autograd.grad_mode.no_grad".split(),
    *"autograd.grad_mode.enable_grad autograd.grad_mode.inference_mode autograd.grad_mode.set_grad_enabled".split(),
    *"autograd.detect_anomaly autograd.set_detect_anomaly autograd.function.once_differentiable autograd.forward_ad.dual_level".split(),
    *"autograd.graph.save_on_cpu autograd.graph.saved_tensors_hooks autograd.profiler.profile autograd.profiler.record_function".split(),
    *"autograd.profiler.emit_nvtx profiler.profile profiler.record_function cuda.device cuda.stream cuda.graph cuda.nvtx.range".split(),
    *"jit.script jit.ignore jit.unused jit.export jit.interface jit.freeze jit.optimize_for_inference jit.Final".split(),
    *"jit._overload_method jit._overload jit._script_if_tracing jit.script_if_tracing jit._drop jit.optimized_execution".split(),
    *"jit.strict_fusion jit.enable_onednn_fusion fx.wrap fx.symbolic_trace fx.experimental.optimization.fuse".split(),
    *"compiler.disable compiler.allow_in_graph _dynamo.disable _dynamo.allow_in_graph _dynamo.optimize onnx.select_model_mode_for_export".split(),
    *"random.fork_rng serialization.safe_globals backends.cudnn.flags backends.cuda.sdp_kernel nn.attention.sdpa_kernel".split(),
    *"utils.data.functional_datapipe".split(),
)


@torch.native("compile", "compiler.compile", takes_unknown=True)
def compile_(door: Door, model: Value = None, **options: Value) -> Value:
    """The model or function itself; without one, a decorator."""
    return NativeFunction("compile", lambda machine, function: function, takes_unknown=True) if model is None else model


@torch.native("jit.trace", "jit.trace_module", takes_unknown=True)
def trace(door: Door, func: Value, example_inputs: Value = None, *options: Value, **keywords: Value) -> Value:
    """Runs the module on the example inputs and gives back what computes the same."""
    note_example(door, func, keywords.get("example_inputs", example_inputs))
    return func


@torch.native("onnx.export", "onnx.dynamo_export", "export.export", takes_unknown=True)
def export(door: Door, model: Value, args: Value = None, *options: Value, **keywords: Value) -> Value:
    """Runs the module on the example inputs; what is exported is not followed."""
    note_example(door, model, args, keywords.get("kwargs"))
    return door.unknown("an exported program", is_harmless=True)


def note_example(door: Door, model: Value, inputs: Value, keywords: Value = None) -> None:
    """Run a model as a tool does that is given it with one input tensor, or with a tuple of inputs, once."""
    if isinstance(inputs, ListValue):
        inputs = inputs.contents if isinstance(inputs.contents, Unknown) else tuple(inputs.contents)
    given = list(inputs) if isinstance(inputs, tuple) else [inputs]
    is_plain = keywords is None and not any(isinstance(value, (Unknown, Choice, DictValue, type(None))) for value in given)
    if isinstance(model, Instance) and is_plain and given:
        door.note_run(model, given)


@torch.native(
    *"jit.is_scripting jit.is_tracing _C._get_tracing_state onnx.is_in_onnx_export compiler.is_compiling compiler.is_exporting".split(),
    *"compiler.is_dynamo_compiling _dynamo.is_compiling _dynamo.utils.is_compile_supported _C._is_tracing".split(),
    *"overrides.has_torch_function overrides.has_torch_function_unary overrides.has_torch_function_variadic".split(),
    *"distributed.is_initialized distributed.is_torchelastic_launched is_deterministic_algorithms_warn_only_enabled".split(),
    *"are_deterministic_algorithms_enabled is_autocast_enabled is_autocast_cpu_enabled is_autocast_xla_enabled".split(),
    *"autograd.forward_ad._is_fwd_grad_enabled cuda.is_current_stream_capturing is_inference_mode_enabled".split(),
    takes_unknown=True,
)
def never(door: Door, *given: Value, **keywords: Value) -> bool:
    """Questions that a plain run answers with no."""
    return False


@torch.native(
    *"cuda.is_available cuda.device_count cuda.current_device cuda.get_device_name cuda.get_device_capability".split(),
    *"cuda.get_device_properties cuda.is_bf16_supported cuda.memory_allocated cuda.max_memory_allocated cuda.mem_get_info".split(),
    *"cuda.memory_reserved cuda.max_memory_reserved cuda.memory_summary cuda.get_rng_state backends.mps.is_available".split(),
    *"backends.mps.is_built backends.cudnn.is_available backends.cudnn.version backends.cuda.is_built mps.is_available xpu.is_available".split(),
    *"xpu.device_count cpu.is_available accelerator.is_available accelerator.current_accelerator mps.current_allocated_memory".split(),
    *"backends.mkldnn.is_available backends.mkl.is_available backends.openmp.is_available distributed.is_available".split(),
    *"distributed.get_rank distributed.get_world_size distributed.get_backend distributed.is_nccl_available initial_seed seed".split(),
    *"get_num_threads get_rng_state get_default_device hub.get_dir cuda.utilization".split(),
    takes_unknown=True,
)
def environment(door: Door, *given: Value, **keywords: Value) -> Value:
    """Facts of the machine that a run happens on: every answer really occurs."""
    return door.unknown("a fact of the machine that runs this", is_free=True)


@torch.native(
    *"manual_seed cuda.manual_seed cuda.manual_seed_all mps.manual_seed xpu.manual_seed random.manual_seed set_rng_state".split(),
    *"cuda.set_rng_state cuda.synchronize cuda.empty_cache cuda.set_device cuda.reset_peak_memory_stats cuda.ipc_collect".split(),
    *"cuda.reset_max_memory_allocated mps.empty_cache mps.synchronize xpu.empty_cache xpu.synchronize cuda.nvtx.range_push".split(),
    *"cuda.nvtx.range_pop cuda.set_per_process_memory_fraction cuda.init cuda.profiler.start cuda.profiler.stop".split(),
    *"set_default_dtype set_default_tensor_type set_default_device set_num_threads set_num_interop_threads set_printoptions".split(),
    *"set_float32_matmul_precision set_flush_denormal use_deterministic_algorithms set_autocast_enabled set_anomaly_enabled".split(),
    *"set_autocast_cpu_enabled set_autocast_gpu_dtype set_autocast_cpu_dtype set_deterministic_debug_mode _assert_async".split(),
    *"backends.cuda.enable_flash_sdp backends.cuda.enable_math_sdp backends.cuda.enable_mem_efficient_sdp".split(),
    *"distributed.init_process_group distributed.destroy_process_group distributed.barrier distributed.all_reduce".split(),
    *"distributed.broadcast distributed.all_gather distributed.reduce distributed.all_gather_object distributed.gather".split(),
    *"distributed.broadcast_object_list distributed.scatter distributed.new_group multiprocessing.set_start_method".split(),
    *"multiprocessing.set_sharing_strategy save jit.save jit.set_fusion_strategy hub.set_dir hub.download_url_to_file".split(),
    *"hub.list hub.help _dynamo.reset _dynamo.graph_break _dynamo.mark_dynamic autograd.backward autograd.profiler.record".split(),
    *"fx.experimental._config _C._log_api_usage_once _C._jit_set_profiling_executor _C._jit_set_profiling_mode".split(),
    *"_C._jit_set_bailout_depth _C._jit_set_texpr_fuser_enabled _C._jit_set_nvfuser_enabled _C._jit_override_can_fuse_on_gpu".split(),
    *"_logging.set_logs compiler.reset compiler.cudagraph_mark_step_begin onnx.register_custom_op_symbolic".split(),
    *"utils.checkpoint.set_checkpoint_debug_enabled serialization.add_safe_globals library.impl_abstract".split(),
    takes_unknown=True,
)
def harmless(door: Door, *given: Value, **keywords: Value) -> Value:
    """Calls for their effect on the machine: what they give matters to no shape."""
    return door.unknown("what a call for its effect gives", is_harmless=True)


@torch.native(
    *"load jit.load hub.load hub.load_state_dict_from_url utils.model_zoo.load_url utils.cpp_extension.load ops.load_library".split(),
    *"utils.cpp_extension.load_inline is_grad_enabled get_autocast_dtype get_autocast_gpu_dtype get_autocast_cpu_dtype".split(),
    *"hub._get_torch_home fx.Graph fx.GraphModule fx.Interpreter autograd.functional.jacobian autograd.functional.hessian".split(),
    *"autograd.functional.vjp autograd.functional.jvp overrides.handle_torch_function overrides.is_tensor_like".split(),
    *"overrides.get_overridable_functions multiprocessing.spawn multiprocessing.get_context".split(),
    takes_unknown=True,
)
def not_followed(door: Door, *given: Value, **keywords: Value) -> Value:
    """Results that come from files, or from what is not followed."""
    return door.unknown("what is loaded or found at run time", is_harmless=True)


@torch.native("get_default_dtype")
def default_dtype(door: Door) -> Value:
    return door.framework_value(torch, "float32")


@torch.native("_assert", takes_unknown=True)
def assert_(door: Door, condition: Value, message: Value = "") -> None:
    """Raises AssertionError as an `assert` does."""
    if door.truth(condition) is False:
        door.fail("AssertionError", "the assertion fails")


@torch.native("jit.annotate", "jit.wait", takes_unknown=True)
def annotate(door: Door, first: Value, value: Value = None) -> Value:
    """`annotate(type, value)` is the value, `wait(future)` what `fork` made."""
    return first if value is None else value


@torch.native("jit.fork", "jit._fork", takes_unknown=True)
def fork(door: Door, func: Value, *positional: Value, **keywords: Value) -> Value:
    return door.call(func, *positional, **keywords)


CHECKPOINT_OPTIONS = frozenset("use_reentrant preserve_rng_state context_fn determinism_check debug early_stop".split())


@torch.native("utils.checkpoint.checkpoint", "distributed.algorithms._checkpoint.checkpoint_wrapper.checkpoint", takes_unknown=True)
def checkpoint(door: Door, function: Value, *positional: Value, **keywords: Value) -> Value:
    """Calls the function now, and again when gradients need it.

    Source: https://docs.pytorch.org/docs/stable/checkpoint.html
    """
    return door.call(function, *positional, **{name: value for name, value in keywords.items() if name not in CHECKPOINT_OPTIONS})


@torch.native("utils.checkpoint.checkpoint_sequential", takes_unknown=True)
def checkpoint_sequential(door: Door, functions: Value, segments: Value, input: Value, **options: Value) -> Value:
    """Applies modules one after the other."""
    modules = door.iterate(functions)
    if isinstance(modules, Unknown):
        return modules
    for module in modules:
        input = door.call(module, input)
    return input


torch.cls("device")


@torch.native("device.__init__", takes_unknown=True)
def make_device(door: Door, device: Instance, type: Value = None, index: Value = None) -> None:
    """`device("cuda:1")`, `device("cuda", 1)`, `device(other)`."""
    if isinstance(type, Instance):
        type, index = type.contents.get("type"), type.contents.get("index")
    if isinstance(type, str) and ":" in type:
        type, _, number = type.partition(":")
        index = int(number) if number.isdigit() else None
    door.put(device, "type", type)
    door.put(device, "index", index)


@torch.native("device.__eq__", takes_unknown=True)
def same_device(door: Door, device: Instance, other: Value) -> Value:
    if not isinstance(other, Instance):
        return door.unknown("where a tensor lies") if isinstance(other, (Unknown, Choice)) else False
    same_type = door.equal(device.contents.get("type"), other.contents.get("type"))
    return door.equal(device.contents.get("index"), other.contents.get("index")) if same_type is True else same_type


@torch.native("autograd.grad", takes_unknown=True)
def grad(door: Door, outputs: Value, inputs: Value, *options: Value, **keywords: Value) -> Value:
    """One gradient for each input, of its shape."""
    wanted = [inputs] if isinstance(inputs, Tensor) else door.iterate(inputs)
    if isinstance(wanted, Unknown) or not all(isinstance(tensor, Tensor) for tensor in wanted):
        return door.unknown("gradients of what is not known")
    return tuple(Tensor(tensor.shape, torch, dtype=tensor.dtype) for tensor in wanted)


@torch.native("autograd.Variable", takes_unknown=True)
def variable(door: Door, data: Value = None, *options: Value, **keywords: Value) -> Value:
    """What every tensor is since version 0.4: the tensor itself."""
    return data


torch.python("cnnlint_torch", "sources/autograd.py", "autograd", "Function")
torch.alias("autograd.Function", "autograd.function.Function", "autograd.function.InplaceFunction")

for _name in "Generator cuda.Stream cuda.Event cuda.CUDAGraph".split():
    torch.cls(_name)


@torch.native(*(f"{name}.__init__" for name in "Generator cuda.Stream cuda.Event cuda.CUDAGraph".split()), takes_unknown=True)
def start(door: Door, made: Instance, *given: Value, **keywords: Value) -> None:
    return None


@torch.native(*(f"{name}.__getattr__" for name in "Generator cuda.Stream cuda.Event cuda.CUDAGraph".split()), takes_unknown=True)
def any_attribute(door: Door, made: Instance, name: str) -> Value:
    return NativeFunction(name, lambda machine, *given, **keywords: made, takes_unknown=True, is_method=False)
