"""Predict masks with a trained model of another module."""
import torch
import torch.nn.functional as F

from .unet_model import UNet


def predict(net, image, scale_factor=0.5, out_threshold=0.5):
    net.eval()
    image = F.interpolate(image, scale_factor=scale_factor)
    with torch.no_grad():
        output = net(image).cpu()
        output = F.interpolate(output, size=(192, 192), mode='bilinear')
        mask = output.argmax(dim=1) if net.n_classes > 1 else torch.sigmoid(output) > out_threshold
    return mask[0].long().squeeze().numpy()


if __name__ == "__main__":
    net = UNet(n_channels=1, n_classes=1, bilinear=True)  #= total params=17261825
    mask = predict(net, torch.randn(1, 1, 192, 192))
