"""What trains a model: optimisers, schedulers, scalers, data sets, loaders, writers. They change no shape.

Sources: https://docs.pytorch.org/docs/stable/optim.html and https://docs.pytorch.org/docs/stable/data.html
"""

from __future__ import annotations

from cnnlint.plugin import Choice, DictValue, Door, Instance, ListValue, Tensor, Unknown, Value
from cnnlint_torch.datasets import batch_of
from cnnlint_torch.framework import below, torch
from cnnlint_torch.transparency import note_example

OPTIMIZERS = below("", "Adadelta Adafactor Adagrad Adam AdamW Adamax ASGD LBFGS Muon NAdam RAdam RMSprop Rprop SGD SparseAdam")
SCHEDULERS = (
    *below("", "_LRScheduler LambdaLR MultiplicativeLR StepLR MultiStepLR ConstantLR LinearLR ExponentialLR CosineAnnealingLR"),
    *below("", "ChainedScheduler SequentialLR ReduceLROnPlateau CyclicLR OneCycleLR CosineAnnealingWarmRestarts PolynomialLR"),
)
SAMPLERS = "Sampler RandomSampler SequentialSampler BatchSampler SubsetRandomSampler WeightedRandomSampler"
SCALERS = ("amp.GradScaler", "amp.grad_scaler.GradScaler", "cuda.amp.GradScaler", "cuda.amp.grad_scaler.GradScaler")
WRITERS = ("utils.tensorboard.SummaryWriter", "utils.tensorboard.writer.SummaryWriter")
OTHERS = (
    *SCALERS,
    *WRITERS,
    *below("utils.data", SAMPLERS),
    *below("utils.data.sampler", SAMPLERS),
    *below("utils.data", "DistributedSampler distributed.DistributedSampler"),
    *below("utils", "ThroughputBenchmark benchmark.Timer"),
    *below("distributed", "ReduceOp TCPStore fsdp.MixedPrecision"),
    *below("optim.swa_utils", "SWALR"),
    *below("profiler", "profile"),
    *below("autograd.profiler", "profile"),
    *below("utils.flop_counter", "FlopCounterMode"),
)
BASES = ["optim.Optimizer", "optim.lr_scheduler.LRScheduler", *OTHERS]

torch.cls("optim.Optimizer")
for _name in OPTIMIZERS:
    torch.cls(f"optim.{_name}", "optim.Optimizer")
    torch.alias(f"optim.{_name}", f"optim.{_name.lower()}.{_name}")
torch.alias("optim.Optimizer", "optim.optimizer.Optimizer")
torch.cls("optim.lr_scheduler.LRScheduler")
for _name in SCHEDULERS:
    torch.cls(f"optim.lr_scheduler.{_name}", "optim.lr_scheduler.LRScheduler")
for _name in OTHERS:
    torch.cls(_name)


@torch.native(*(f"{base}.__init__" for base in BASES), takes_unknown=True)
def start(door: Door, tool: Instance, /, *given: Value, **keywords: Value) -> None:
    """Parameters and modules that it is given stay as they are."""
    if given and door.is_instance(tool, torch, "optim.lr_scheduler.LRScheduler"):
        door.put(tool, "optimizer", given[0])


@torch.native(*(f"{base}.__getattr__" for base in BASES), takes_unknown=True)
def any_attribute(door: Door, tool: Instance, /, name: str) -> Value:
    return door.unknown(f"`{name}` of `{tool.cls.name}`", is_harmless=True)


@torch.native("optim.Optimizer.step", takes_unknown=True)
def step(door: Door, optimizer: Instance, /, closure: Value = None, **keywords: Value) -> Value:
    """Evaluates the closure, if there is one, and gives its loss."""
    return None if closure is None else door.call(closure)


@torch.native("optim.lr_scheduler.LRScheduler.step", takes_unknown=True)
def step_rate(door: Door, scheduler: Instance, /, *given: Value, **keywords: Value) -> None:
    return None


@torch.native(*(f"{path}.scale" for path in SCALERS), takes_unknown=True)
def scale(door: Door, scaler: Instance, /, outputs: Value) -> Value:
    """A loss, or several, scaled: the shapes stay."""
    return outputs


@torch.native(*(f"{path}.add_graph" for path in WRITERS), takes_unknown=True)
def add_graph(door: Door, writer: Instance, /, model: Value, input_to_model: Value = None, *options: Value, **keywords: Value) -> None:
    """Traces the model with the input."""
    note_example(door, model, input_to_model)


CLIPS = "clip_grad_norm_ clip_grad_norm clip_grad_value_ clip_grads_with_norm_ get_total_norm"


@torch.native(*below("nn.utils", CLIPS), *below("nn.utils.clip_grad", CLIPS), takes_unknown=True)
def clip(door: Door, /, *given: Value, **keywords: Value) -> Value:
    return door.unknown("the norm of gradients", is_harmless=True)


# Data sets and loaders

DATASETS = below("", "Dataset IterableDataset TensorDataset Subset ConcatDataset ChainDataset StackDataset")
torch.cls("utils.data.Dataset")
for _name in DATASETS[1:]:
    torch.cls(f"utils.data.{_name}", "utils.data.Dataset")
for _name in DATASETS:
    torch.alias(f"utils.data.{_name}", f"utils.data.dataset.{_name}")
torch.cls("utils.data.DataLoader")
torch.alias("utils.data.DataLoader", "utils.data.dataloader.DataLoader")


@torch.native("utils.data.TensorDataset.__init__", takes_unknown=True)
def make_tensor_dataset(door: Door, dataset: Instance, /, *tensors: Value) -> None:
    """Samples are rows of tensors of one length."""
    door.put(dataset, "tensors", tensors)


@torch.native("utils.data.TensorDataset.__getitem__", takes_unknown=True)
def tensor_sample(door: Door, dataset: Instance, /, index: Value) -> Value:
    tensors = dataset.contents.get("tensors", ())
    return tuple(door.item(tensor, index) for tensor in tensors)


@torch.native("utils.data.TensorDataset.__len__", takes_unknown=True)
def tensor_samples(door: Door, dataset: Instance, /) -> Value:
    tensors = dataset.contents.get("tensors", ())
    first = tensors[0] if tensors else None
    if isinstance(first, Tensor) and first.shape.rank:
        return first.shape.dims[0]
    return door.unknown("the number of samples")


@torch.native("utils.data.Subset.__init__", takes_unknown=True)
def make_subset(door: Door, subset: Instance, /, dataset: Value, indices: Value) -> None:
    door.put(subset, "dataset", dataset)
    door.put(subset, "indices", indices)


@torch.native("utils.data.Subset.__getitem__", takes_unknown=True)
def subset_sample(door: Door, subset: Instance, /, index: Value) -> Value:
    return door.item(subset.contents["dataset"], door.item(subset.contents["indices"], index))


@torch.native(
    "utils.data.ConcatDataset.__init__", "utils.data.ChainDataset.__init__", "utils.data.StackDataset.__init__", takes_unknown=True
)
def make_joined(door: Door, joined: Instance, /, *datasets: Value, **named: Value) -> None:
    door.put(joined, "datasets", datasets[0] if datasets else DictValue(named))


@torch.native(*(f"utils.data.{name}.__getitem__" for name in ("ConcatDataset", "ChainDataset", "StackDataset")), takes_unknown=True)
def joined_sample(door: Door, joined: Instance, /, index: Value) -> Value:
    return door.unknown("a sample of a data set")


@torch.native(*(f"utils.data.{name}.__len__" for name in ("Subset", "ConcatDataset", "StackDataset", "DataLoader")), takes_unknown=True)
def samples(door: Door, dataset: Instance, /) -> Value:
    return door.unknown("the length of a data set", is_free=True)


@torch.native("utils.data.Dataset.__add__", takes_unknown=True)
def add_datasets(door: Door, dataset: Instance, /, other: Value) -> Value:
    return door.call(door.framework_value(torch, "utils.data.ConcatDataset"), ListValue([dataset, other]))


@torch.native("utils.data.DataLoader.__init__", takes_unknown=True)
def make_loader(door: Door, loader: Instance, /, dataset: Value, batch_size: Value = 1, *options: Value, **keywords: Value) -> None:
    door.put(loader, "dataset", dataset)
    door.put(loader, "batch_size", batch_size)
    door.put(loader, "collate_fn", keywords.get("collate_fn"))


@torch.native("utils.data.DataLoader.__iter__", takes_unknown=True)
def batches(door: Door, loader: Instance, /) -> Value:
    """Of some data sets it is known what labels a batch has."""
    batch = batch_of(door, loader.contents.get("dataset")) if loader.contents.get("collate_fn") is None else None
    return door.unknown("a batch of a loader", item=None if batch is None else ListValue(batch))


@torch.native("utils.data.DataLoader.__getattr__", takes_unknown=True)
def loader_attribute(door: Door, loader: Instance, /, name: str) -> Value:
    return door.unknown(f"`{name}` of a loader", is_harmless=True)


@torch.native("utils.data.random_split", "utils.data.dataset.random_split", takes_unknown=True)
def random_split(door: Door, /, dataset: Value, lengths: Value, generator: Value = None) -> Value:
    """One subset for each length."""
    sizes = door.iterate(lengths)
    if isinstance(sizes, (Unknown, Choice)):
        return door.unknown("how many parts a data set is split into")
    subset = door.framework_value(torch, "utils.data.Subset")
    return ListValue([door.call(subset, dataset, door.unknown("which samples a part of a data set has")) for _ in sizes])


@torch.native(
    "utils.data.default_collate",
    "utils.data.dataloader.default_collate",
    "utils.data.get_worker_info",
    "utils.data.default_convert",
    takes_unknown=True,
)
def collated(door: Door, /, *given: Value, **keywords: Value) -> Value:
    return door.unknown("a batch of samples")
