import torch
from torch import nn



class Net(nn.Module):
    def __init__(self, depth=3):
        super().__init__()
        self.layers = [nn.Linear(8, 8) for _ in range(depth)]  #~ CNN501 "`Net.layers` holds 3 layers with 216 parameters in a plain list, which registers none of them: they are neither trained nor saved"
        self.heads = {  #~ CNN501 "`Net.heads` holds 2 layers with 27 parameters in a plain dict, which registers none of them"
            "a": nn.Linear(8, 2),
            "b": nn.Linear(8, 1),
        }
        self.unused = [nn.Linear(8, 8), nn.Linear(8, 8)]
        self.kept = [nn.Linear(8, 8), nn.Linear(8, 8)]  # cnnlint: ignore[unregistered-layers] frozen on purpose

    def forward(self, x):
        for layer in (*self.layers, *self.kept):
            x = layer(x)
        return self.heads["a"](x)


class Registered(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = []
        for i in range(3):
            layer = nn.Linear(8, 8)
            self.layers.append(layer)
            self.add_module(f"layer{i}", layer)
        self.blocks = [nn.Linear(8, 8), nn.Linear(8, 8)]
        self.body = nn.Sequential(*self.blocks)
        self.activations = [nn.ReLU(), nn.Sigmoid()]
        self.teacher = [nn.Linear(8, 8)]
        self.stages = nn.ModuleList([nn.Linear(8, 8), nn.Linear(8, 8)])


class Frozen(nn.Module):
    def __init__(self):
        super().__init__()
        self.teachers = [nn.Linear(8, 8), nn.Linear(8, 8)]
        for teacher in self.teachers:
            teacher.requires_grad_(False)

    def forward(self, x):
        return self.teachers[1](self.teachers[0](x))


class Listed(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(8, 8), nn.Linear(8, 8)]

    def parameters(self, recurse=True):
        return [parameter for layer in self.layers for parameter in layer.parameters()]

    def forward(self, x):
        return self.layers[1](self.layers[0](x))


class Given(nn.Module):
    def __init__(self, teachers):
        super().__init__()
        self.teachers = teachers


class Open(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.layers = list(layers)


net = Net()
net(torch.randn(1, 8))
Frozen()(torch.randn(1, 8))
Listed()(torch.randn(1, 8))
registered = Registered()
given = Given([nn.Linear(8, 8), nn.Linear(8, 8)])
