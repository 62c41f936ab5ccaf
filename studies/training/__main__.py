"""The command `python -m studies.training [--out FILE]`: it makes the Chinese sentiment model, the same every time."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from servq.text.sentiment.chinese import FILE
from servq.text.sentiment.linear import LinearModel
from servq.text.sentiment.normalise import reading, written_alike
from studies.training import fit
from studies.training.reviews import reviews, subjects

LOUDEST = 99.999
"""The percentile of weights that a signed byte can still hold; the few louder ones are cut to it."""


def simplified() -> dict[int, int]:
    """Code of a traditional character -> code of the simplified one, from OpenCC's list (Apache-2.0)."""
    spec = find_spec("opencc")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("opencc", name="opencc")
    # 乾	干 乾: the first of several is the usual one
    lines = (Path(spec.origin).parent / "dictionary" / "TSCharacters.txt").read_text("utf-8").splitlines()
    pairs = [line.split() for line in lines if line.strip()]
    return {
        ord(old): ord(new)
        for old, new, *_ in pairs
        if old != new and len(old) == len(new) == 1 and max(old, new) <= "\uffff"
    }


def make() -> LinearModel:
    """The model, from reviews and the written list alone."""
    texts, praise = reviews()
    read_as = reading(simplified())
    table = fit.weights(written_alike(texts, read_as), praise, subjects(texts))
    step = float(np.percentile(np.abs(table[table != 0]), LOUDEST)) / 127
    return LinearModel(np.clip(np.rint(table / step), -127, 127).astype(np.int8), step, read_as)


def main() -> None:
    """Read the one option and write."""
    parser = argparse.ArgumentParser(prog="python -m studies.training", description="train the Chinese sentiment")
    parser.add_argument("--out", type=Path, default=FILE, help=f"file to write (default: {FILE.name} in the package)")
    out = parser.parse_args().out
    model = make()
    model.save(out)
    print(f"{out}: {np.count_nonzero(model.weights):,} weights, fingerprint {model.fingerprint}")


if __name__ == "__main__":
    main()
