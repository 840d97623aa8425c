"""Histograms of oriented gradients by scikit-image, for the tests of core/features.

Run from the repository root: /usr/bin/python3 core/features/testdata/make_hog.py
"""

import json
import pathlib

import numpy
import skimage
from skimage.feature import hog

random = numpy.random.RandomState(1)


def disc(size):
    """A soft disc off the centre, with a bright corner."""
    y, x = numpy.mgrid[0:size, 0:size]
    distance = numpy.sqrt((x - 0.4 * size) ** 2 + (y - 0.55 * size) ** 2)
    image = 255 * numpy.clip(0.3 * size - distance, 0, 1)
    image[-3:, :3] = 200
    return image.astype(numpy.uint8)


def diagonal(size):
    """A staircase at 45 degrees, whose gradients lie on exact angles."""
    y, x = numpy.mgrid[0:size, 0:size]
    return ((x + y) * 255 // (2 * size - 2)).astype(numpy.uint8)


def case(name, image, orientations=9, cell=4, block=2):
    features = hog(
        image,
        orientations=orientations,
        pixels_per_cell=(cell, cell),
        cells_per_block=(block, block),
        block_norm="L2-Hys",
        channel_axis=-1 if image.ndim == 3 else None,
    )
    return {
        "name": name,
        "shape": list(image.shape),
        "pixels": image.tobytes().hex(),
        "orientations": orientations,
        "cell": cell,
        "block": block,
        "features": " ".join("%.7g" % value for value in features),
    }


noise = random.randint(0, 256, (16, 16)).astype(numpy.uint8)
cases = [
    case("noise", noise),
    case("disc", disc(28)),
    case("diagonal, twelve orientations", diagonal(12), orientations=12),
    case("large cells and blocks", disc(24), cell=6, block=3),
    case("odd cells, a rest of pixels left over", disc(17), cell=5, orientations=6),
    case("constant", numpy.full((12, 12), 77, numpy.uint8)),
    case("colour", random.randint(0, 256, (10, 12, 3)).astype(numpy.uint8)),
]
path = pathlib.Path(__file__).with_name("hog.json")
table = {"scikit-image": skimage.__version__, "cases": cases}
path.write_text(json.dumps(table, indent=2) + "\n")
