# Lists and dicts of parameters, as ordinary Python: see https://docs.pytorch.org/docs/stable/nn.html#containers
# Evaluated by the interpreter, never imported.

import torch
from torch import nn


def as_parameter(value):
    """Tensors become parameters; anything else is kept as it is."""
    if isinstance(value, torch.Tensor) and not isinstance(value, nn.Parameter):
        return nn.Parameter(value)
    return value


class ParameterList(nn.Module):
    def __init__(self, values=None):
        super().__init__()
        self._size = 0
        if values is not None:
            self.extend(values)

    def place(self, index):
        if not -self._size <= index < self._size:
            raise IndexError(f"index {index} is out of range")
        return str(index % self._size)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return type(self)([getattr(self, str(i)) for i in range(*index.indices(self._size))])
        return getattr(self, self.place(index))

    def __setitem__(self, index, value):
        setattr(self, self.place(index), as_parameter(value))

    def __len__(self):
        return self._size

    def __iter__(self):
        return iter([getattr(self, str(i)) for i in range(self._size)])

    def __iadd__(self, values):
        return self.extend(values)

    def append(self, value):
        self._size += 1
        setattr(self, str(self._size - 1), as_parameter(value))
        return self

    def extend(self, values):
        for value in values:
            self.append(value)
        return self

    def pop(self, index=-1):
        values = list(self)
        taken = values.pop(index)
        delattr(self, str(self._size - 1))
        self._size -= 1
        for i in range(self._size):
            setattr(self, str(i), values[i])
        return taken


class ParameterDict(nn.Module):
    def __init__(self, parameters=None):
        super().__init__()
        self._keys = {}
        if parameters is not None:
            self.update(parameters)

    def __getitem__(self, key):
        return getattr(self, str(key))

    def __setitem__(self, key, value):
        self._keys[key] = None
        setattr(self, str(key), as_parameter(value))

    def __delitem__(self, key):
        del self._keys[key]
        delattr(self, str(key))

    def __len__(self):
        return len(self._keys)

    def __iter__(self):
        return iter(list(self._keys))

    def __contains__(self, key):
        return key in self._keys

    def keys(self):
        return list(self._keys)

    def values(self):
        return [self[key] for key in self._keys]

    def items(self):
        return [(key, self[key]) for key in self._keys]

    def update(self, parameters):
        if isinstance(parameters, (dict, ParameterDict)):
            pairs = list(parameters.items())
        else:
            pairs = list(parameters)
        for key, value in pairs:
            self[key] = value

    def get(self, key, default=None):
        return self[key] if key in self._keys else default

    def setdefault(self, key, default=None):
        if key not in self._keys:
            self[key] = default
        return self[key]

    def pop(self, key):
        taken = self[key]
        del self[key]
        return taken

    def clear(self):
        for key in list(self._keys):
            del self[key]

    def copy(self):
        return ParameterDict(self)

    def fromkeys(self, keys, default=None):
        return ParameterDict([(key, default) for key in keys])
