"""Handwritten digits: convolution and max pooling."""

from engine.presets.preset import Entry, Told, adam, dense


def _conv(identifier: str, filters: int, kernel: int) -> Entry:
    kinds = {"type": "conv2d", "padding": "same", "activation": "relu"}
    return {"id": identifier, **kinds, "filters": filters, "kernel": kernel}


def _pool(identifier: str, size: int) -> Entry:
    return {"id": identifier, "type": "max_pool2d", "size": size}


_FLAT: Entry = {"id": "flat", "type": "flatten"}
_TEN = dense(10, "softmax")

IMAGES = (
    Told(
        "digits",
        "images",
        "Digits, 8 × 8",
        "1,797 handwritten digits, two convolutions with max pooling: 98 of 100 right in seconds.",
        "A kernel of 3 × 3 weights slides over the image; where the image looks like it, its map is bright. Max "
        "pooling keeps the brightest of every four places, and backward it hands the gradient to that place alone: "
        "step through pool1 and follow it. The kernels of conv1 become strokes and edges, those of conv2 combinations "
        "of them. In the confusion matrix, see which digits are still taken for which.",
    ).about(
        dataset={"name": "digits"},
        layers=[_conv("conv1", 8, 3), _pool("pool1", 2), _conv("conv2", 16, 3), _pool("pool2", 2), _FLAT, _TEN],
        loss="softmax_cross_entropy",
        optimizer=adam(0.003),
        batch_size=32,
    ),
    Told(
        "mnist",
        "images",
        "MNIST",
        "Handwritten digits of 28 × 28 pixels, with the network of ConvNetJS's classic demo.",
        "8 kernels of 5 × 5, max pooling, 16 more kernels, max pooling, ten outputs: 5,994 weights, because each "
        "kernel is used at every place of the image. A dense layer in place of conv1 alone would need 4.9 million. "
        "After one pass over 5,000 images it tells more than 90 of 100 digits that it has not seen, after eight more "
        "than 96. Watch the kernels of conv1 while they turn from noise into strokes.",
    ).about(
        dataset={"name": "mnist"},
        layers=[_conv("conv1", 8, 5), _pool("pool1", 2), _conv("conv2", 16, 5), _pool("pool2", 3), _FLAT, _TEN],
        loss="softmax_cross_entropy",
        optimizer=adam(0.002, schedule={"type": "cosine", "steps": 2000, "end_factor": 0.05}),
        batch_size=20,
    ),
)
