"""Words of a made company: the sample's clauses in new company, so that hardly two texts are alike."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.server import ROOT
from servq.loaders.read import open_file
from servq.measures import NPS_BANDS
from servq.text.masking.masking import mask

SAMPLE = ROOT / "data" / "sample"
MOST = 3
"""Clauses of a text, at most."""


class Words:
    """Clauses to make texts of: those of praise, of complaint and between, and those of each category of complaints."""

    def __init__(self) -> None:
        said = _read("surveys", "surveys.csv")[["likelihood", "comment"]].dropna()
        self.by_band = {
            band: _clauses(said["comment"][said["likelihood"].astype(int).between(*ends)])
            for band, ends in NPS_BANDS.items()
        }
        filed = _read("complaints", "complaints.xlsx")[["category", "text"]].dropna()
        self.by_category = {str(name): _clauses(texts) for name, texts in filed.groupby("category")["text"]}

    def comments(self, random: Generator, likelihood: NDArray[np.intp]) -> NDArray[np.object_]:
        """A comment for each answer, in the tone of its score."""
        found = np.empty(len(likelihood), dtype=object)
        for band, (low, high) in NPS_BANDS.items():
            of_band = np.flatnonzero((likelihood >= low) & (likelihood <= high))
            found[of_band] = _texts(random, self.by_band[band], len(of_band))
        return found

    def complaints(self, random: Generator, count: int) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """The words of so many complaints, and the category under which each was filed."""
        names = np.array(list(self.by_category), dtype=object)
        place = random.integers(0, len(names), count)
        found = np.empty(count, dtype=object)
        for number, name in enumerate(names):
            filed = np.flatnonzero(place == number)
            found[filed] = _texts(random, self.by_category[name], len(filed))
        return found, names[place]


def _read(source: str, file: str) -> pd.DataFrame:
    return pd.concat([chunk.frame for chunk in open_file(SAMPLE / file, source).chunks], ignore_index=True)


def _clauses(texts: pd.Series[str]) -> list[str]:
    parts = {part.strip() for text in texts for part in re.split(r"[，。；！\n]", text)}
    return sorted({mask(part) for part in parts if len(part) > 3})


def _texts(random: Generator, clauses: list[str], count: int) -> list[str]:
    drawn = random.integers(0, len(clauses), (count, MOST)).tolist()
    sizes = random.integers(2, MOST + 1, count).tolist()
    return ["，".join(clauses[place] for place in places[:size]) for places, size in zip(drawn, sizes, strict=True)]
