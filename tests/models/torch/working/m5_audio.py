"""M5 for raw audio (arXiv:1610.00087): one second at 8 kHz, 35 commands."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class M5(nn.Module):
    def __init__(self, n_input=1, n_output=35, stride=16, n_channel=32):
        super().__init__()
        self.conv1 = nn.Conv1d(n_input, n_channel, kernel_size=80, stride=stride)
        self.bn1 = nn.BatchNorm1d(n_channel)
        self.pool1 = nn.MaxPool1d(4)
        self.conv2 = nn.Conv1d(n_channel, n_channel, kernel_size=3)
        self.bn2 = nn.BatchNorm1d(n_channel)
        self.pool2 = nn.MaxPool1d(4)
        self.conv3 = nn.Conv1d(n_channel, 2 * n_channel, kernel_size=3)
        self.bn3 = nn.BatchNorm1d(2 * n_channel)
        self.pool3 = nn.MaxPool1d(4)
        self.fc1 = nn.Linear(2 * n_channel, n_output)

    def forward(self, x):
        x = self.conv1(x)  #= (4, 32, 496) params=2592 macs=5079040
        x = F.relu(self.bn1(x))
        x = self.pool1(x)  #= (4, 32, 124)
        x = self.conv2(x)  #= (4, 32, 122)
        x = F.relu(self.bn2(x))
        x = self.pool2(x)  #= (4, 32, 30)
        x = self.conv3(x)  #= (4, 64, 28) params=6208
        x = F.relu(self.bn3(x))
        x = self.pool3(x)  #= (4, 64, 7)
        x = F.avg_pool1d(x, x.shape[-1])
        x = x.permute(0, 2, 1)
        x = self.fc1(x)  #= (4, 1, 35) params=2275 macs=8960
        return F.log_softmax(x, dim=2)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
waveform = torch.rand(4, 1, 8000).to(device)
model = M5(n_input=waveform.shape[1]).to(device)  #= total params=14435
output = model(waveform)
n = count_parameters(model)
print("Number of parameters: %s" % n)
loss = F.nll_loss(output.squeeze(), torch.zeros(4, dtype=torch.long, device=device))
loss.backward()


class CausalConv1d(nn.Conv1d):
    """Left padding only, as WaveNet re-implementations have it."""

    def __init__(self, in_channels, out_channels, kernel_size, dilation=1, **kwargs):
        super().__init__(in_channels, out_channels, kernel_size, dilation=dilation, **kwargs)
        self.left = (kernel_size - 1) * dilation

    def forward(self, x):
        return super().forward(F.pad(x, (self.left, 0)))


# cnnlint: input(batch, 1, 4000)
class TemporalStack(nn.Module):  #= total params=12256 macs=47232000
    def __init__(self, channels=(16, 16, 32, 32), kernel_size=2):
        super().__init__()
        layers, previous = [], 1
        for i, width in enumerate(channels):
            layers += [CausalConv1d(previous, width, kernel_size, dilation=2 ** i), nn.PReLU(width)]
            previous = width
        self.net = nn.Sequential(*layers)
        self.out = nn.Conv1d(previous, 256, 1)

    def forward(self, x):
        h = self.net(x)  #= (batch, 16, 4000) | (batch, 32, 4000)
        return self.out(h)  #= (batch, 256, 4000) params=8448 macs=32768000
