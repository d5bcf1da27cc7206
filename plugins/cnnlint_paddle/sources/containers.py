"""Containers of layers, which hold them under their numbers or names.

Source: https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/nn/Sequential_en.html
"""

from paddle import nn


class LayerList(nn.Layer):
    def __init__(self, sublayers=None):
        super().__init__()
        self._order = []
        for layer in sublayers or []:
            self.append(layer)

    def append(self, sublayer):
        self._add(str(len(self._order)), sublayer)
        return self

    def extend(self, sublayers):
        for layer in sublayers:
            self.append(layer)
        return self

    def _add(self, name, layer):
        self._order.append(layer)
        self.add_sublayer(name, layer)

    def __getitem__(self, index):
        return type(self)(*[self._order[index]]) if isinstance(index, slice) else self._order[index]

    def __iter__(self):
        return iter(self._order)

    def __len__(self):
        return len(self._order)


class Sequential(LayerList):
    def __init__(self, *layers):
        super().__init__()
        for i, layer in enumerate(layers):
            if isinstance(layer, tuple):
                self._add(layer[0], layer[1])
            else:
                self._add(str(i), layer)

    def forward(self, x):
        for layer in self._order:
            x = layer(x)
        return x
