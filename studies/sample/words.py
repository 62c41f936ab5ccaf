"""Text fragments of the sample: the TOML files beside this module, their speakers, their joining and mistyping."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent


def load(name: str) -> dict[str, Any]:
    """One of the TOML files beside this module."""
    with (HERE / name).open("rb") as file:
        return tomllib.load(file)


def one_of(rng: np.random.Generator, options: Sequence[str]) -> str:
    """Any of the options, all equally likely."""
    return options[int(rng.integers(len(options)))]


@dataclass(frozen=True)
class Speaker:
    """The properties of a customer that a fragment may depend on."""

    channel: str
    product: str
    touchpoint: str
    segment: str


@dataclass(frozen=True)
class Group:
    """Fragments on one theme in one mood, and the speakers that they fit (empty = everybody)."""

    theme: str
    polarity: str
    texts: tuple[str, ...]
    channels: frozenset[str]
    products: frozenset[str]
    touchpoints: frozenset[str]
    segments: frozenset[str]

    def fits(self, who: Speaker) -> bool:
        """Whether the fragments fit this speaker."""
        facts = (
            (self.channels, who.channel),
            (self.products, who.product),
            (self.touchpoints, who.touchpoint),
            (self.segments, who.segment),
        )
        return all(not allowed or fact in allowed for allowed, fact in facts)


def read_groups(rows: list[dict[str, Any]]) -> list[Group]:
    """The `[[group]]` tables of comments.toml."""
    narrowing = ("channels", "products", "touchpoints", "segments")
    return [
        Group(row["theme"], row["polarity"], tuple(row["texts"]), *(frozenset(row.get(name, ())) for name in narrowing))
        for row in rows
    ]


class Phrasebook:
    """All fragments; special ones (of a channel, product or segment) are told more often than common ones."""

    def __init__(self, groups: list[Group]) -> None:
        self._groups = groups
        self._known: dict[tuple[Speaker, str, str], tuple[list[str], np.ndarray]] = {}
        self._themes: dict[tuple[Speaker, str], set[str]] = {}

    def themes(self, who: Speaker, polarity: str) -> set[str]:
        """The themes on which this speaker has fragments in this mood."""
        key = (who, polarity)
        if key not in self._themes:
            self._themes[key] = {g.theme for g in self._groups if g.polarity == polarity and g.fits(who)}
        return self._themes[key]

    def say(self, rng: np.random.Generator, who: Speaker, theme: str, polarity: str) -> str:
        """One fragment."""
        texts, edges = self._choices(who, theme, polarity)
        return texts[int(np.searchsorted(edges, rng.random() * edges[-1], side="right"))]

    def _choices(self, who: Speaker, theme: str, polarity: str) -> tuple[list[str], np.ndarray]:
        key = (who, theme, polarity)
        if key not in self._known:
            fitting = [g for g in self._groups if (g.theme, g.polarity) == (theme, polarity) and g.fits(who)]
            pairs = [
                (text, 2.0 if g.channels or g.products or g.segments else 1.0) for g in fitting for text in g.texts
            ]
            self._known[key] = [text for text, _ in pairs], np.cumsum([weight for _, weight in pairs])
        return self._known[key]


def mistype(rng: np.random.Generator, text: str, typos: dict[str, str]) -> str:
    """One typical input-method error, if the text has a word for it."""
    inviting = [word for word in typos if word in text]
    if not inviting:
        return text
    word = one_of(rng, inviting)
    return text.replace(word, typos[word], 1)


def halfwidth(text: str) -> str:
    """Punctuation in half-width characters, as some people type it."""
    return text.translate(str.maketrans("，。！？；", ",.!?;"))
