import torch
import torch.nn as nn


class C3D(nn.Module):
    """
    The C3D network: 16 frames of 112 x 112.
    """

    def __init__(self, num_classes, pretrained=False):
        super(C3D, self).__init__()

        self.conv1 = nn.Conv3d(3, 64, kernel_size=(3, 3, 3), padding=(1, 1, 1))
        self.pool1 = nn.MaxPool3d(kernel_size=(1, 2, 2), stride=(1, 2, 2))

        self.conv2 = nn.Conv3d(64, 128, kernel_size=(3, 3, 3), padding=(1, 1, 1))
        self.pool2 = nn.MaxPool3d(kernel_size=(2, 2, 2), stride=(2, 2, 2))

        self.conv3a = nn.Conv3d(128, 256, kernel_size=(3, 3, 3), padding=(1, 1, 1))
        self.conv3b = nn.Conv3d(256, 256, kernel_size=(3, 3, 3), padding=(1, 1, 1))
        self.pool3 = nn.MaxPool3d(kernel_size=(2, 2, 2), stride=(2, 2, 2))

        self.conv4a = nn.Conv3d(256, 512, kernel_size=(3, 3, 3), padding=(1, 1, 1))
        self.conv4b = nn.Conv3d(512, 512, kernel_size=(3, 3, 3), padding=(1, 1, 1))
        self.pool4 = nn.MaxPool3d(kernel_size=(2, 2, 2), stride=(2, 2, 2))

        self.conv5a = nn.Conv3d(512, 512, kernel_size=(3, 3, 3), padding=(1, 1, 1))
        self.conv5b = nn.Conv3d(512, 512, kernel_size=(3, 3, 3), padding=(1, 1, 1))
        self.pool5 = nn.MaxPool3d(kernel_size=(2, 2, 2), stride=(2, 2, 2), padding=(0, 1, 1))

        self.fc6 = nn.Linear(8192, 4096)
        self.fc7 = nn.Linear(4096, 4096)
        self.fc8 = nn.Linear(4096, num_classes)

        self.dropout = nn.Dropout(p=0.5)
        self.relu = nn.ReLU()

        self.__init_weight()

        if pretrained:
            self.__load_pretrained_weights()

    def forward(self, x):
        x = self.relu(self.conv1(x))
        x = self.pool1(x)  #= (1, 64, 16, 56, 56)

        x = self.relu(self.conv2(x))
        x = self.pool2(x)  #= (1, 128, 8, 28, 28)

        x = self.relu(self.conv3a(x))
        x = self.relu(self.conv3b(x))
        x = self.pool3(x)  #= (1, 256, 4, 14, 14)

        x = self.relu(self.conv4a(x))
        x = self.relu(self.conv4b(x))
        x = self.pool4(x)  #= (1, 512, 2, 7, 7)

        x = self.relu(self.conv5a(x))
        x = self.relu(self.conv5b(x))
        x = self.pool5(x)  #= (1, 512, 1, 4, 4)

        x = x.view(-1, 8192)
        x = self.relu(self.fc6(x))  #= (1, 4096) params=33558528 | (1, 4096) params=0
        x = self.dropout(x)
        x = self.relu(self.fc7(x))
        x = self.dropout(x)

        logits = self.fc8(x)  #= (1, 101) params=413797
        return logits

    def __load_pretrained_weights(self):
        p_dict = torch.load('c3d-pretrained.pth')
        s_dict = self.state_dict()
        for name in p_dict:
            s_dict[name] = p_dict[name]
        self.load_state_dict(s_dict)

    def __init_weight(self):
        for m in self.modules():
            if isinstance(m, nn.Conv3d):
                torch.nn.init.kaiming_normal_(m.weight)
            elif isinstance(m, nn.BatchNorm3d):
                m.weight.data.fill_(1)
                m.bias.data.zero_()


def get_1x_lr_params(model):
    """This generator returns all the parameters for conv and two fc layers of the net."""
    b = [model.conv1, model.conv2, model.conv3a, model.conv3b, model.fc6, model.fc7]
    for i in range(len(b)):
        for k in b[i].parameters():
            if k.requires_grad:
                yield k


class Conv2Plus1D(nn.Sequential):
    def __init__(self, in_planes, out_planes, midplanes, stride=1, padding=1):
        super().__init__(
            nn.Conv3d(in_planes, midplanes, kernel_size=(1, 3, 3), stride=(1, stride, stride),
                      padding=(0, padding, padding), bias=False),
            nn.BatchNorm3d(midplanes),
            nn.ReLU(inplace=True),
            nn.Conv3d(midplanes, out_planes, kernel_size=(3, 1, 1), stride=(stride, 1, 1),
                      padding=(padding, 0, 0), bias=False))


# cnnlint: input(batch, 3, 16, 112, 112)
class R2Plus1DStem(nn.Module):  #= total params=5083 macs=141947904
    def __init__(self, planes=64):
        super().__init__()
        # as many parameters as the 3x3x3 convolution
        midplanes = (3 * planes * 3 * 3 * 3) // (3 * 3 * 3 + 3 * planes)
        self.conv = Conv2Plus1D(3, planes, midplanes, stride=2)

    def forward(self, x):
        n, c, t, h, w = x.shape
        out = self.conv(x)  #= (batch, 23, 16, 56, 56) params=621 macs=31159296 | (batch, 23, 16, 56, 56) params=46 macs=None | (batch, 23, 16, 56, 56) params=0 macs=None | (batch, 64, 8, 56, 56) params=4416 macs=110788608
        return out.mean(dim=[-3, -2, -1])


if __name__ == "__main__":
    inputs = torch.rand(1, 3, 16, 112, 112)
    net = C3D(num_classes=101, pretrained=False)  #= total params=78409573

    outputs = net.forward(inputs)  #~ CNN509 "calls `forward` of a `C3D` by its name"
    print(outputs.size())
