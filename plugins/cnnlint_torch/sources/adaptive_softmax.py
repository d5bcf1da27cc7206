# A softmax over very many classes as ordinary Python: see
# https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveLogSoftmaxWithLoss.html
# Evaluated by the interpreter, never imported.

from collections import namedtuple

from torch import nn

_ASMoutput = namedtuple("_ASMoutput", ["output", "loss"])


class AdaptiveLogSoftmaxWithLoss(nn.Module):
    def __init__(self, in_features, n_classes, cutoffs, div_value=4.0, head_bias=False, device=None, dtype=None):
        super().__init__()
        borders = list(cutoffs)
        if not borders or borders != sorted(set(borders)) or borders[0] <= 0 or borders[-1] > n_classes - 1:
            raise ValueError("cutoffs must rise, and lie between 1 and n_classes - 1")
        self.in_features = in_features
        self.n_classes = n_classes
        self.cutoffs = [*borders, n_classes]
        self.div_value = div_value
        self.head_bias = head_bias
        self.shortlist_size = borders[0]
        self.n_clusters = len(borders)
        self.head_size = self.shortlist_size + self.n_clusters
        self.head = nn.Linear(in_features, self.head_size, bias=head_bias)
        self.tail = nn.ModuleList()
        for i, (first, last) in enumerate(zip(self.cutoffs[:-1], self.cutoffs[1:], strict=True)):
            hidden = int(in_features // div_value ** (i + 1))
            self.tail.append(nn.Sequential(nn.Linear(in_features, hidden, bias=False), nn.Linear(hidden, last - first, bias=False)))

    def forward(self, input_, target_):
        found = nn.functional.log_softmax(self.head(input_), dim=-1).select(-1, 0)
        return _ASMoutput(found, (-found).mean())

    def log_prob(self, input):
        scores = self.head(input)
        return nn.functional.log_softmax(scores.new_empty(*scores.shape[:-1], self.n_classes), dim=-1)

    def predict(self, input):
        return self.log_prob(input).argmax(dim=-1)
