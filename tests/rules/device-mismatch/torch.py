import torch
import torch.nn as nn


# cnnlint: input(x=(2, 4), y=(2, 4))
class Apart(nn.Module):
    def forward(self, x, y):
        a = x.cuda() + y.cpu()  #~ CNN210 "`add` combines tensors on cuda and cpu"
        return a


# cnnlint: input(x=(2, 4), y=(4, 2))
class Matrices(nn.Module):
    def forward(self, x, y):
        return x.to("cuda:0") @ y.to(torch.device("cuda:1"))  #~ CNN210 "`matmul` combines tensors on cuda:0 and cuda:1"


# cnnlint: input(x=(2, 4), y=(2, 4))
class Together(nn.Module):
    def forward(self, x, y):
        same = x.to("cuda") + y.to("cuda:1")
        number = x.cuda() * torch.zeros((), device="cpu")
        return same + number


device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
net = nn.Linear(4, 2).to(device)
net(torch.zeros(1, 4, device="cpu"))
net(torch.zeros(1, 4))

moved = nn.Linear(4, 2).cuda()
moved(torch.zeros(1, 4, device="cuda"))
moved(torch.zeros(1, 4, device="cpu"))  #~ CNN210 "`moved` combines tensors on cpu and cuda"

built = nn.Conv2d(3, 8, 3, device="cuda")
built(torch.zeros(1, 3, 8, 8).to("cpu"))  #~ CNN210 "`built` combines tensors on cpu and cuda"

torch.zeros(2, device="cuda") + torch.zeros(2, device="cpu")  # cnnlint: ignore[CNN210] to show the message


def is_here():
    return torch.cuda.is_available()


def nearest(number=0):
    if torch.cuda.device_count() >= number + 1:
        return torch.device(f"cuda:{number}")
    return torch.device("cpu")


left = torch.rand(2, 3, device=nearest(1))
left + torch.ones(2, 3, device=nearest()).cuda(1)

word = "cuda" if is_here() else "cpu"
moved(torch.zeros(1, 4).to(word))
if is_here():
    moved(torch.zeros(1, 4).cuda())
else:
    moved(torch.zeros(1, 4).cpu())
