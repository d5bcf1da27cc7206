"""Initialisers, regularisers, constraints: what they are given to has the same shape with them and without.

Sources: https://keras.io/api/layers/initializers/, https://keras.io/api/layers/regularizers/ and https://keras.io/api/layers/constraints/
"""

from __future__ import annotations

from cnnlint.plugin import Door, Instance, Value
from cnnlint_keras.creation import filled
from cnnlint_keras.framework import below, keras

INITIALIZERS = (
    "Initializer Zeros Ones Constant RandomNormal RandomUniform TruncatedNormal VarianceScaling GlorotNormal GlorotUniform HeNormal "
    "HeUniform LecunNormal LecunUniform Orthogonal OrthogonalInitializer Identity IdentityInitializer STFT RandomInitializer"
)
OLDER = "zeros ones constant glorot_normal glorot_uniform he_normal he_uniform lecun_normal lecun_uniform orthogonal identity"
REGULARIZERS = "Regularizer L1 L2 L1L2 OrthogonalRegularizer l1 l2 l1_l2 orthogonal_regularizer"
CONSTRAINTS = "Constraint MaxNorm MinMaxNorm NonNeg UnitNorm max_norm min_max_norm non_neg unit_norm RadialConstraint"
PATHS = (
    *below("initializers", f"{INITIALIZERS} {OLDER} random_normal random_uniform truncated_normal variance_scaling"),
    *below("regularizers", REGULARIZERS),
    *below("constraints", CONSTRAINTS),
    *below("tf", "zeros_initializer ones_initializer random_normal_initializer random_uniform_initializer"),
)


def declare(path: str) -> None:
    """A class whose objects keep nothing that matters here; calling one gives a tensor of the shape that is asked for."""
    keras.cls(path)

    @keras.native(f"{path}.__init__", takes_unknown=True)
    def initialise(door: Door, made: Instance, /, *given: Value, **keywords: Value) -> None:
        return

    @keras.native(f"{path}.get_config", takes_unknown=True)
    def config(door: Door, made: Instance, /) -> Value:
        return door.unknown("the configuration of an initialiser", is_harmless=True)

    @keras.native(f"{path}.__call__", takes_unknown=True)
    def call(door: Door, made: Instance, /, shape: Value = None, *given: Value, **keywords: Value) -> Value:
        return filled(door, shape)


for _path in PATHS:
    declare(_path)


@keras.native("initializers.get", "regularizers.get", "constraints.get", takes_unknown=True)
def get(door: Door, /, identifier: Value) -> Value:
    """What a name stands for: of no matter for shapes."""
    return identifier


@keras.native("initializers.serialize", "regularizers.serialize", "constraints.serialize", takes_unknown=True)
def serialise(door: Door, /, *given: Value, **keywords: Value) -> Value:
    return door.unknown("a configuration", is_harmless=True)
