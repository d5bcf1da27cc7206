from torch import nn


class Net(nn.Module):
    def __init__(self, depth):
        super().__init__()
        assert depth in (18, 34), f"no depth {depth}"


Net(18)
Net(50)  #~ CNN804 "`Net` can't be built with these arguments: it raises AssertionError: no depth 50"
