"""A vision transformer whose position embedding forgets the class token."""
import torch
from torch import nn


class ViT(nn.Module):
    def __init__(self, *, image_size=224, patch_size=16, num_classes=1000, dim=384, depth=2, heads=6, mlp_dim=1536, channels=3):
        super().__init__()
        assert image_size % patch_size == 0, 'Image dimensions must be divisible by the patch size.'
        num_patches = (image_size // patch_size) ** 2
        self.patch_size = patch_size
        self.to_patch_embedding = nn.Conv2d(channels, dim, kernel_size=patch_size, stride=patch_size)
        self.cls_token = nn.Parameter(torch.randn(1, 1, dim))
        self.pos_embedding = nn.Parameter(torch.randn(1, num_patches, dim))
        layer = nn.TransformerEncoderLayer(dim, heads, mlp_dim, batch_first=True)
        self.transformer = nn.TransformerEncoder(layer, depth)
        self.mlp_head = nn.Sequential(nn.LayerNorm(dim), nn.Linear(dim, num_classes))

    def forward(self, img):
        x = self.to_patch_embedding(img).flatten(2).transpose(1, 2)
        cls_tokens = self.cls_token.expand(x.shape[0], -1, -1)
        x = torch.cat((cls_tokens, x), dim=1)
        x += self.pos_embedding  #~ CNN204 "can't broadcast (2, 197, 384) with (1, 196, 384): axis -2 is 197 on the left, 196 on the right, and neither is 1"
        x = self.transformer(x)
        return self.mlp_head(x[:, 0])


v = ViT(image_size=224, patch_size=16)
img = torch.randn(2, 3, 224, 224)
preds = v(img)  # (2, 1000)
