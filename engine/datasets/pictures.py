"""Pictures whose content and style can be mixed: nothing to train on, but something to look at."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.arrays import Array
from engine.datasets.dataset import Examples
from engine.datasets.images import stored
from engine.datasets.registry import DATASETS
from engine.errors import SpecError, UnknownName
from engine.spec import PicturesDataset
from engine.words import say

#: Height and width as they are stored.
SIDE = 192


@dataclass(frozen=True)
class PictureInfo:
    """One picture, as it is shown.

    Args:
        name: in the file.
        title: for people.
        role: what it is good for; each may be either.
        source: who made it, and on which terms.
    """

    name: str
    title: str
    role: Literal["content", "style"]
    source: str


#: name -> picture.
PICTURES: dict[str, PictureInfo] = {
    info.name: info
    for info in (
        PictureInfo("chelsea", "A cat", "content", "Stéfan van der Walt, CC0"),
        PictureInfo("coffee", "A cup of coffee", "content", "Rachel Michetti, CC0"),
        PictureInfo("rocket", "A rocket", "content", "SpaceX, public domain"),
        PictureInfo("camera", "A photographer", "content", "Lav Varshney, CC0"),
        PictureInfo("brick", "Bricks", "style", "a texture of scikit-image, CC0"),
        PictureInfo("grass", "Grass", "style", "a texture of scikit-image, CC0"),
        PictureInfo("gravel", "Gravel", "style", "a texture of scikit-image, CC0"),
        PictureInfo("hubble", "Galaxies", "style", "NASA and ESA, public domain"),
    )
}


def picture(name: str, size: int = 96) -> Array:
    """(3, size, size), red, green and blue from 0 to 1: each pixel the mean of a square of those that are stored.

    Raises:
        UnknownName: there is no such picture.
        SpecError: the size does not divide 192.
    """
    if name not in PICTURES:
        raise UnknownName("picture", name, PICTURES, ("picture",))
    if not 8 <= size <= SIDE or SIDE % size:
        sizes = ", ".join(str(side) for side in range(8, SIDE + 1) if SIDE % side == 0)
        raise SpecError(
            say("a picture has a side of {sizes}, but {size} was asked for", sizes=sizes, size=size), ("size",)
        )
    square = SIDE // size
    pixels = stored("pictures")[name].reshape(3, size, square, size, square)  # (3, H, s, W, s)
    return np.asarray(pixels.mean(axis=(2, 4)) / 255.0)


def read_pictures(spec: PicturesDataset) -> Examples:
    """The content, once more the content, the style: (3, 3, size, size); how far they are apart is to be 0."""
    content, style = picture(spec.content, spec.size), picture(spec.style, spec.size)
    info = DATASETS[spec.name]
    return Examples(
        name=spec.name,
        task=info.task,
        columns=(),
        raw=np.stack([content, content, style]).astype(np.float32),
        y=np.zeros((3, 1)),
        classes=(),
        target_name=info.target_name,
    )
