import copy
import os
from collections import OrderedDict

import torch
import torch.nn as nn
from torchsummary import summary

IMG_SIZE = int(os.environ.get('IMG_SIZE', 32))
CLASSES = ('plane', 'car', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck')


class SmallNet(nn.Module):
    def __init__(self, num_classes=len(CLASSES)):
        super().__init__()
        self.features = nn.Sequential(OrderedDict({
            'conv1': nn.Conv2d(3, 32, 3, padding='same'),
            'relu1': nn.ReLU(),
            'pool1': nn.MaxPool2d(2),
            'conv2': nn.Conv2d(32, 64, 3, padding='same'),
            'relu2': nn.ReLU(),
            'pool2': nn.MaxPool2d(2),
        }))
        self.classifier = nn.Sequential(
            nn.Flatten(),
            nn.Linear(64 * 8 * 8, 256),
            nn.ReLU(),
            nn.Linear(256, num_classes),
        )

    def forward(self, x):
        return self.classifier(self.features(x))


device = 'cuda' if torch.cuda.is_available() else 'cpu'
model = SmallNet().to(device)  #= total params=1070794
summary(model, (3, 32, 32))


def export(path='small.onnx'):
    net = SmallNet(num_classes=4)  #= total params=1069252
    net.eval()
    dummy = torch.randn(1, 3, 32, 32)
    torch.onnx.export(net, dummy, path, input_names=['image'], output_names=['logits'],
                      dynamic_axes={'image': {0: 'batch'}, 'logits': {0: 'batch'}})


if __name__ == '__main__':
    export()
    student = copy.deepcopy(model)
    student.classifier[3] = nn.Linear(256, 2)
    for p in student.features.parameters():
        p.requires_grad = False
    del student.features.relu2
    out = student(torch.randn(5, 3, 32, 32, device=device))
    print(out.shape)
    trainable = [p for p in student.parameters() if p.requires_grad]
    optimizer = torch.optim.SGD(trainable, lr=0.1, momentum=0.9)
    traced = torch.jit.trace(model, torch.randn(1, 3, 32, 32))
