"""Facts about `keras.applications`, written by `benchmarks/record_applications.py`.

By builder: its parameters' names; the input of the whole model; parameters and trained ones of the whole model for 1000 classes, and
of each further class, and parameters and trained ones without the top; what that gives for an input of H by W, or None where its
layers depend on that.
"""

FACTS = {
    'ConvNeXtBase': (
        ('include_top', 'include_preprocessing', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (88591464, 88591464, 1025, 87566464, 87566464),
        lambda H, W: (H // 32, W // 32, 1024),
    ),
    'ConvNeXtLarge': (
        ('include_top', 'include_preprocessing', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (197767336, 197767336, 1537, 196230336, 196230336),
        lambda H, W: (H // 32, W // 32, 1536),
    ),
    'ConvNeXtSmall': (
        ('include_top', 'include_preprocessing', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (50223688, 50223688, 769, 49454688, 49454688),
        lambda H, W: (H // 32, W // 32, 768),
    ),
    'ConvNeXtTiny': (
        ('include_top', 'include_preprocessing', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (28589128, 28589128, 769, 27820128, 27820128),
        lambda H, W: (H // 32, W // 32, 768),
    ),
    'ConvNeXtXLarge': (
        ('include_top', 'include_preprocessing', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (350196968, 350196968, 2049, 348147968, 348147968),
        lambda H, W: (H // 32, W // 32, 2048),
    ),
    'DenseNet121': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (8062504, 7978856, 1025, 7037504, 6953856),
        lambda H, W: ((H + 3) // 32, (W + 3) // 32, 1024),
    ),
    'DenseNet169': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (14307880, 14149480, 1665, 12642880, 12484480),
        lambda H, W: ((H + 3) // 32, (W + 3) // 32, 1664),
    ),
    'DenseNet201': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (20242984, 20013928, 1921, 18321984, 18092928),
        lambda H, W: ((H + 3) // 32, (W + 3) // 32, 1920),
    ),
    'EfficientNetB0': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (5330571, 5288548, 1281, 4049571, 4007548),
        lambda H, W: (H // 32, W // 32, 1280),
    ),
    'EfficientNetB1': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (240, 240, 3),
        (7856239, 7794184, 1281, 6575239, 6513184),
        lambda H, W: (H // 32, W // 32, 1280),
    ),
    'EfficientNetB2': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (260, 260, 3),
        (9177569, 9109994, 1409, 7768569, 7700994),
        lambda H, W: (H // 32, W // 32, 1408),
    ),
    'EfficientNetB3': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (300, 300, 3),
        (12320535, 12233232, 1537, 10783535, 10696232),
        lambda H, W: (H // 32, W // 32, 1536),
    ),
    'EfficientNetB4': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (380, 380, 3),
        (19466823, 19341616, 1793, 17673823, 17548616),
        lambda H, W: (H // 32, W // 32, 1792),
    ),
    'EfficientNetB5': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (456, 456, 3),
        (30562527, 30389784, 2049, 28513527, 28340784),
        lambda H, W: (H // 32, W // 32, 2048),
    ),
    'EfficientNetB6': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (528, 528, 3),
        (43265143, 43040704, 2305, 40960143, 40735704),
        lambda H, W: (H // 32, W // 32, 2304),
    ),
    'EfficientNetB7': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (600, 600, 3),
        (66658687, 66347960, 2561, 64097687, 63786960),
        lambda H, W: (H // 32, W // 32, 2560),
    ),
    'EfficientNetV2B0': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'include_preprocessing', 'name'),
        (224, 224, 3),
        (7200312, 7139704, 1281, 5919312, 5858704),
        lambda H, W: (((H + 1) // 2 - ((3*((H + 1) // 2) + (H + 1) // 4) // 2) // 2 + 1) // 2, ((W + 1) // 2 - ((3*((W + 1) // 2) + (W + 1) // 4) // 2) // 2 + 1) // 2, 1280),
    ),
    'EfficientNetV2B1': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'include_preprocessing', 'name'),
        (240, 240, 3),
        (8212124, 8141052, 1281, 6931124, 6860052),
        lambda H, W: (((H + 1) // 2 - ((3*((H + 1) // 2) + (H + 1) // 4) // 2) // 2 + 1) // 2, ((W + 1) // 2 - ((3*((W + 1) // 2) + (W + 1) // 4) // 2) // 2 + 1) // 2, 1280),
    ),
    'EfficientNetV2B2': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'include_preprocessing', 'name'),
        (260, 260, 3),
        (10178374, 10096086, 1409, 8769374, 8687086),
        lambda H, W: (((H + 1) // 2 - ((3*((H + 1) // 2) + (H + 1) // 4) // 2) // 2 + 1) // 2, ((W + 1) // 2 - ((3*((W + 1) // 2) + (W + 1) // 4) // 2) // 2 + 1) // 2, 1408),
    ),
    'EfficientNetV2B3': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'include_preprocessing', 'name'),
        (300, 300, 3),
        (14467622, 14358406, 1537, 12930622, 12821406),
        lambda H, W: (((H + 1) // 2 - ((3*((H + 1) // 2) + (H + 1) // 4) // 2) // 2 + 1) // 2, ((W + 1) // 2 - ((3*((W + 1) // 2) + (W + 1) // 4) // 2) // 2 + 1) // 2, 1536),
    ),
    'EfficientNetV2L': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'include_preprocessing', 'name'),
        (480, 480, 3),
        (119027848, 118515272, 1281, 117746848, 117234272),
        lambda H, W: (((H + 1) // 2 - ((3*((H + 1) // 2) + (H + 1) // 4) // 2) // 2 + 1) // 2, ((W + 1) // 2 - ((3*((W + 1) // 2) + (W + 1) // 4) // 2) // 2 + 1) // 2, 1280),
    ),
    'EfficientNetV2M': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'include_preprocessing', 'name'),
        (480, 480, 3),
        (54431388, 54139356, 1281, 53150388, 52858356),
        lambda H, W: (((H + 1) // 2 - ((3*((H + 1) // 2) + (H + 1) // 4) // 2) // 2 + 1) // 2, ((W + 1) // 2 - ((3*((W + 1) // 2) + (W + 1) // 4) // 2) // 2 + 1) // 2, 1280),
    ),
    'EfficientNetV2S': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'include_preprocessing', 'name'),
        (384, 384, 3),
        (21612360, 21458488, 1281, 20331360, 20177488),
        lambda H, W: (((H + 1) // 2 - ((3*((H + 1) // 2) + (H + 1) // 4) // 2) // 2 + 1) // 2, ((W + 1) // 2 - ((3*((W + 1) // 2) + (W + 1) // 4) // 2) // 2 + 1) // 2, 1280),
    ),
    'InceptionResNetV2': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (299, 299, 3),
        (55873736, 55813192, 1537, 54336736, 54276192),
        lambda H, W: ((H - 43) // 32, (W - 43) // 32, 1536),
    ),
    'InceptionV3': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (299, 299, 3),
        (23851784, 23817352, 2049, 21802784, 21768352),
        lambda H, W: ((H - 43) // 32, (W - 43) // 32, 2048),
    ),
    'MobileNet': (
        ('input_shape', 'alpha', 'depth_multiplier', 'dropout', 'include_top', 'weights', 'input_tensor', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (4253864, 4231976, 1025, 3228864, 3206976),
        lambda H, W: ((H + 1) // 32, (W + 1) // 32, 1024),
    ),
    'MobileNetV2': (
        ('input_shape', 'alpha', 'include_top', 'weights', 'input_tensor', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (3538984, 3504872, 1281, 2257984, 2223872),
        lambda H, W: ((H + 1) // 32, (W + 1) // 32, 1280),
    ),
    'MobileNetV3Large': (
        ('input_shape', 'alpha', 'minimalistic', 'include_top', 'weights', 'input_tensor', 'classes', 'pooling', 'dropout_rate', 'classifier_activation', 'include_preprocessing', 'name'),
        None,
        (5507432, 5483032, 1281, 2996352, 2971952),
        lambda H, W: ((H + 1) // 32, (W + 1) // 32, 960),
    ),
    'MobileNetV3Small': (
        ('input_shape', 'alpha', 'minimalistic', 'include_top', 'weights', 'input_tensor', 'classes', 'pooling', 'dropout_rate', 'classifier_activation', 'include_preprocessing', 'name'),
        None,
        (2554968, 2542856, 1025, 939120, 927008),
        lambda H, W: ((H + 1) // 32, (W + 1) // 32, 576),
    ),
    'NASNetLarge': (
        ('input_shape', 'include_top', 'weights', 'input_tensor', 'pooling', 'classes', 'classifier_activation', 'name'),
        (331, 331, 3),
        (88949818, 88753150, 4033, 84916818, 84720150),
        None,
    ),
    'NASNetMobile': (
        ('input_shape', 'include_top', 'weights', 'input_tensor', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (5326716, 5289978, 1057, 0, 0),
        None,
    ),
    'ResNet101': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (44707176, 44601832, 2049, 42658176, 42552832),
        lambda H, W: ((H + 31) // 32, (W + 31) // 32, 2048),
    ),
    'ResNet101V2': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (44675560, 44577896, 2049, 42626560, 42528896),
        lambda H, W: ((H + 31) // 32, (W + 31) // 32, 2048),
    ),
    'ResNet152': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (60419944, 60268520, 2049, 58370944, 58219520),
        lambda H, W: ((H + 31) // 32, (W + 31) // 32, 2048),
    ),
    'ResNet152V2': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (60380648, 60236904, 2049, 58331648, 58187904),
        lambda H, W: ((H + 31) // 32, (W + 31) // 32, 2048),
    ),
    'ResNet50': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (25636712, 25583592, 2049, 23587712, 23534592),
        lambda H, W: ((H + 31) // 32, (W + 31) // 32, 2048),
    ),
    'ResNet50V2': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (25613800, 25568360, 2049, 23564800, 23519360),
        lambda H, W: ((H + 31) // 32, (W + 31) // 32, 2048),
    ),
    'VGG16': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (138357544, 138357544, 4097, 14714688, 14714688),
        lambda H, W: (H // 32, W // 32, 512),
    ),
    'VGG19': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (224, 224, 3),
        (143667240, 143667240, 4097, 20024384, 20024384),
        lambda H, W: (H // 32, W // 32, 512),
    ),
    'Xception': (
        ('include_top', 'weights', 'input_tensor', 'input_shape', 'pooling', 'classes', 'classifier_activation', 'name'),
        (299, 299, 3),
        (22910480, 22855952, 2049, 20861480, 20806952),
        lambda H, W: (((H + 1) // 2 - ((3*((H + 1) // 2) + (H + 3) // 4 + 1) // 2) // 2 + 1) // 2, ((W + 1) // 2 - ((3*((W + 1) // 2) + (W + 3) // 4 + 1) // 2) // 2 + 1) // 2, 2048),
    ),
}
