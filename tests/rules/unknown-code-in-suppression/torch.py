from torch import nn

first = nn.Linear(8, 4)  # cnnlint: ignore[feature-missmatch] a slip  #~ CNN905 "`feature-missmatch` is no rule; did you mean `feature-mismatch`?"
second = nn.Linear(8, 4)  # cnnlint: ignore[CNN999]  #~ CNN905 "`CNN999` is no rule"
third = nn.Linear(8, 4)  # cnnlint: ignore[CNN777, CNN905]
other = nn.Linear(8, 4)  # noqa: E501, XYZ123

# cnnlint: file-ignore[whatever]  #~ CNN905 "`whatever` is no rule"
