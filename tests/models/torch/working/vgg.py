"""VGG from lists of widths, with batch norm or without."""
import math

import torch
import torch.nn as nn

__all__ = ['VGG', 'vgg11', 'vgg11_bn', 'vgg16_bn']

cfg = {
    'A': [64, 'M', 128, 'M', 256, 256, 'M', 512, 512, 'M', 512, 512, 'M'],
    'D': [64, 64, 'M', 128, 128, 'M', 256, 256, 256, 'M', 512, 512, 512, 'M', 512, 512, 512, 'M'],
}


class VGG(nn.Module):
    def __init__(self, features, num_classes=1000, init_weights=True):
        super(VGG, self).__init__()
        self.features = features
        self.avgpool = nn.AdaptiveAvgPool2d((7, 7))
        self.classifier = nn.Sequential(
            nn.Linear(512 * 7 * 7, 4096),
            nn.ReLU(True),
            nn.Dropout(),
            nn.Linear(4096, 4096),
            nn.ReLU(True),
            nn.Dropout(),
            nn.Linear(4096, num_classes),
        )
        if init_weights:
            self._initialize_weights()

    def forward(self, x):
        x = self.features(x)
        x = self.avgpool(x)  #= (batch, 512, 7, 7) | (1, 512, 7, 7) | (2, 512, 7, 7)
        x = torch.flatten(x, 1)
        x = self.classifier(x)  #= (batch, 4096) params=102764544 | (batch, 4096) params=0 | (batch, 4096) params=16781312 | (batch, 1000) params=4097000 | (1, 4096) params=102764544 | (1, 4096) params=0 | (1, 4096) params=16781312 | (1, 10) params=40970 | (2, 4096) params=102764544 | (2, 4096) params=0 | (2, 4096) params=16781312 | (2, 100) params=409700
        return x

    def _initialize_weights(self):
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                n = m.kernel_size[0] * m.kernel_size[1] * m.out_channels
                m.weight.data.normal_(0, math.sqrt(2. / n))
                if m.bias is not None:
                    nn.init.constant_(m.bias, 0)
            elif isinstance(m, nn.BatchNorm2d):
                m.weight.data.fill_(1)
                m.bias.data.zero_()
            elif isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, 0, 0.01)
                m.bias.data.zero_()


def make_layers(cfg, batch_norm=False):
    layers = []
    in_channels = 3
    for v in cfg:
        if v == 'M':
            layers += [nn.MaxPool2d(kernel_size=2, stride=2)]
        else:
            conv2d = nn.Conv2d(in_channels, v, kernel_size=3, padding=1)
            if batch_norm:
                layers += [conv2d, nn.BatchNorm2d(v), nn.ReLU(inplace=True)]
            else:
                layers += [conv2d, nn.ReLU(inplace=True)]
            in_channels = v
    return nn.Sequential(*layers)


def vgg11(pretrained=False, **kwargs):
    """VGG 11-layer model (configuration "A")"""
    if pretrained:
        kwargs['init_weights'] = False
    model = VGG(make_layers(cfg['A']), **kwargs)
    if pretrained:
        model.load_state_dict(torch.load('vgg11.pth'))
    return model


# cnnlint: input(batch, 3, 32, 32)
def vgg11_bn(**kwargs):  #= total params=132868840 macs=276398080
    return VGG(make_layers(cfg['A'], batch_norm=True), **kwargs)


def vgg16_bn(**kwargs):
    return VGG(make_layers(cfg['D'], batch_norm=True), **kwargs)


if __name__ == '__main__':
    net = vgg11(num_classes=10)  #= total params=128807306
    print(net(torch.rand(1, 3, 224, 224)).shape)
    small = vgg16_bn(num_classes=100)  #= total params=134678692
    x = torch.rand(2, 3, 64, 64)
    print(small(x).shape)
    print('parameters: {:.2f} M'.format(sum(p.numel() for p in small.parameters()) / 1e6))
