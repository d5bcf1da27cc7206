"""LeNet as tutorials write it, and a spatial transformer in front of a small net."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class LeNet(nn.Module):
    def __init__(self):
        super(LeNet, self).__init__()
        # 3 input image channels, 6 output channels, 5x5 square convolution
        self.conv1 = nn.Conv2d(3, 6, 5)
        self.pool = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))  #= (1, 6, 28, 28) | (1, 6, 14, 14)
        x = self.pool(F.relu(self.conv2(x)))  #= (1, 16, 10, 10) | (1, 16, 5, 5)
        x = x.view(-1, self.num_flat_features(x))
        x = F.relu(self.fc1(x))  #= (1, 120) params=48120
        x = F.relu(self.fc2(x))  #= (1, 84)
        x = self.fc3(x)  #= (1, 10) params=850
        return x

    def num_flat_features(self, x):
        size = x.size()[1:]  # all dimensions except the batch dimension
        num_features = 1
        for s in size:
            num_features *= s
        return num_features


net = LeNet()  #= total params=62006
print(net)
params = list(net.parameters())
print(len(params))
print(params[0].size())  # conv1's .weight
input = torch.randn(1, 3, 32, 32)
out = net(input)
net.zero_grad()
out.backward(torch.randn(1, 10))
output = net(input)
target = torch.randn(10).view(1, -1)  # make it the same shape as output
loss = nn.MSELoss()(output, target)
print(loss.grad_fn)


# cnnlint: input(batch, 1, 28, 28)
class STN(nn.Module):  #= total params=27360 macs=771300
    def __init__(self):
        super(STN, self).__init__()
        self.conv1 = nn.Conv2d(1, 10, kernel_size=5)
        self.conv2 = nn.Conv2d(10, 20, kernel_size=5)
        self.conv2_drop = nn.Dropout2d()
        self.fc1 = nn.Linear(320, 50)
        self.fc2 = nn.Linear(50, 10)

        # Spatial transformer localization-network
        self.localization = nn.Sequential(
            nn.Conv2d(1, 8, kernel_size=7),
            nn.MaxPool2d(2, stride=2),
            nn.ReLU(True),
            nn.Conv2d(8, 10, kernel_size=5),
            nn.MaxPool2d(2, stride=2),
            nn.ReLU(True)
        )

        # Regressor for the 3 * 2 affine matrix
        self.fc_loc = nn.Sequential(
            nn.Linear(10 * 3 * 3, 32),
            nn.ReLU(True),
            nn.Linear(32, 3 * 2)
        )

        # Initialize the weights/bias with identity transformation
        self.fc_loc[2].weight.data.zero_()
        self.fc_loc[2].bias.data.copy_(torch.tensor([1, 0, 0, 0, 1, 0], dtype=torch.float))

    # Spatial transformer network forward function
    def stn(self, x):
        xs = self.localization(x)  #= (batch, 8, 22, 22) | (batch, 8, 11, 11) | (batch, 10, 7, 7) | (batch, 10, 3, 3)
        xs = xs.view(-1, 10 * 3 * 3)
        theta = self.fc_loc(xs)  #= (batch, 32) | (batch, 6)
        theta = theta.view(-1, 2, 3)

        grid = F.affine_grid(theta, x.size())
        x = F.grid_sample(x, grid)
        return x

    def forward(self, x):
        # transform the input
        x = self.stn(x)

        # Perform the usual forward pass
        x = F.relu(F.max_pool2d(self.conv1(x), 2))  #= (batch, 10, 24, 24)
        x = F.relu(F.max_pool2d(self.conv2_drop(self.conv2(x)), 2))  #= (batch, 20, 8, 8)
        x = x.view(-1, 320)
        x = F.relu(self.fc1(x))  #= (batch, 50)
        x = F.dropout(x, training=self.training)
        x = self.fc2(x)
        return F.log_softmax(x, dim=1)
