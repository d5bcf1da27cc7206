"""The classes that stand between `nn.Module` and its layers: what `isinstance(module, _BatchNorm)` asks for.

Source: https://docs.pytorch.org/docs/stable/nn.html, by the classes' bases.
"""

from __future__ import annotations

from cnnlint_torch.framework import below, torch

CONV, NORM, POOL, PAD, LOSS = "nn.modules.conv", "nn.modules.batchnorm", "nn.modules.pooling", "nn.modules.padding", "nn.modules.loss"


def abstract(path: str, names: str, base: str = "nn.Module") -> None:
    """A class that nobody builds, and the layers that inherit from it."""
    torch.cls(path, base)
    torch.family(path, *below("nn", names))


def by_rank(path: str, names: str, base: str = "nn.Module") -> None:
    """The same for layers that exist for lines, images and volumes."""
    abstract(path, " ".join(f"{name}{rank}d" for name in names.split() for rank in (1, 2, 3)), base)


by_rank(f"{CONV}._ConvNd", "Conv")
by_rank(f"{CONV}._ConvTransposeNd", "ConvTranspose", f"{CONV}._ConvNd")

torch.cls(f"{NORM}._NormBase", "nn.Module")
abstract(f"{NORM}._BatchNorm", "BatchNorm1d BatchNorm2d BatchNorm3d SyncBatchNorm", f"{NORM}._NormBase")
by_rank("nn.modules.instancenorm._InstanceNorm", "InstanceNorm", f"{NORM}._NormBase")

by_rank(f"{POOL}._MaxPoolNd", "MaxPool")
by_rank(f"{POOL}._MaxUnpoolNd", "MaxUnpool")
by_rank(f"{POOL}._AvgPoolNd", "AvgPool")
by_rank(f"{POOL}._LPPoolNd", "LPPool")
by_rank(f"{POOL}._AdaptiveAvgPoolNd", "AdaptiveAvgPool")
by_rank(f"{POOL}._AdaptiveMaxPoolNd", "AdaptiveMaxPool")

by_rank(f"{PAD}._ConstantPadNd", "ConstantPad")
by_rank(f"{PAD}._CircularPadNd", "CircularPad")
by_rank(f"{PAD}._ReflectionPadNd", "ReflectionPad")
by_rank(f"{PAD}._ReplicationPadNd", "ReplicationPad")
for _rank in (1, 2, 3):
    torch.family(f"nn.ConstantPad{_rank}d", f"nn.ZeroPad{_rank}d")

abstract("nn.modules.dropout._DropoutNd", "Dropout Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout")
torch.family("nn.Hardtanh", "nn.ReLU6")

PLAIN_LOSSES = (
    "BCEWithLogitsLoss CTCLoss CosineEmbeddingLoss GaussianNLLLoss HingeEmbeddingLoss HuberLoss KLDivLoss L1Loss MSELoss",
    "MarginRankingLoss MultiLabelMarginLoss PoissonNLLLoss SmoothL1Loss SoftMarginLoss TripletMarginLoss TripletMarginWithDistanceLoss",
)
abstract(f"{LOSS}._Loss", " ".join(PLAIN_LOSSES))
abstract(f"{LOSS}._WeightedLoss", "BCELoss CrossEntropyLoss MultiLabelSoftMarginLoss MultiMarginLoss NLLLoss", f"{LOSS}._Loss")
torch.family("nn.NLLLoss", "nn.NLLLoss2d")
