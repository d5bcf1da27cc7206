import torch
import torch.nn.functional as F
import torchvision
from torch import nn
from torch.utils.data import DataLoader, random_split
from torchvision import datasets, transforms

train_set = torchvision.datasets.CIFAR10("data", train=True, download=True, transform=transforms.ToTensor())
train_loader = DataLoader(train_set, batch_size=64, shuffle=True)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class Net(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.conv = nn.Conv2d(3, 6, 5)
        self.fc = nn.Linear(6 * 28 * 28, classes)

    def forward(self, x):
        return self.fc(torch.flatten(torch.relu(self.conv(x)), 1))


def train(net, criterion):
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for epoch in range(2):
        for i, (images, labels) in enumerate(train_loader):
            images, labels = images.to(device), labels.to(device)
            optimizer.zero_grad()
            loss = criterion(net(images), labels)  #~ CNN609 "`CrossEntropyLoss` gets 5 scores an example, but the labels of CIFAR10 have 10 classes"
            loss.backward()
            optimizer.step()


net = Net(5).to(device)
train(net, nn.CrossEntropyLoss())

digits = datasets.MNIST("data", train=False)
part, rest = random_split(digits, [5000, 5000])
many = nn.Sequential(nn.Flatten(), nn.Linear(784, 100), nn.LogSoftmax(dim=1))
for images, labels in DataLoader(part, 32):
    F.nll_loss(many(images), labels)  #~ CNN609 "`F.nll_loss` gets 100 scores an example, but the labels of MNIST have 10 classes"
    F.nll_loss(many(images), labels)  # cnnlint: ignore[class-count-mismatch]
images, labels = next(iter(DataLoader(datasets.CIFAR100("data"), 32)))
head = nn.Linear(784, 10)
F.cross_entropy(head(images), labels.long())  #~ CNN609 "`F.cross_entropy` gets 10 scores an example, but the labels of CIFAR100 have 100 classes"

# neighbours: as many as there are, labels that are changed first
right = nn.Linear(784, 10)
for images, labels in DataLoader(digits, 32):
    F.cross_entropy(right(images), labels)
    F.cross_entropy(nn.Linear(784, 5)(images), labels // 2)

# not known: labels that somebody else makes, another data set, a collate function, a number of units
for images, labels in DataLoader(datasets.MNIST("data", target_transform=lambda label: label // 2), 32):
    F.cross_entropy(nn.Linear(784, 5)(images), labels)
for images, labels in DataLoader(datasets.ImageFolder("data"), 32):
    F.cross_entropy(nn.Linear(784, 5)(images), labels)
for images, labels in DataLoader(digits, 32, collate_fn=input):
    F.cross_entropy(nn.Linear(784, 5)(images), labels)
for images, labels in DataLoader(digits, 32):
    F.cross_entropy(nn.Linear(784, int(input()))(images), labels)


class Coarse(datasets.CIFAR100):
    def __getitem__(self, index):
        image, label = super().__getitem__(index)
        return image, label // 5


for images, labels in DataLoader(Coarse("data"), 32):
    F.cross_entropy(nn.Linear(784, 20)(images), labels)
