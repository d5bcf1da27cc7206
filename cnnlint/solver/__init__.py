"""For which sizes a model runs: what its layers and operations require of the symbols, solved and put into words."""

from cnnlint.solver.demands import Demand, accepts, refusing
from cnnlint.solver.ranges import Ranges
from cnnlint.solver.sets import Axis, SizeSet, solve
from cnnlint.solver.words import repeating

__all__ = ["Axis", "Demand", "Ranges", "SizeSet", "accepts", "refusing", "repeating", "solve"]
