"""The free-text field of a survey answer: what a customer with these scores would write, if anything."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data.generate.people import phone_number
from data.generate.scores import ITEMS, Answers
from data.generate.words import Phrasebook, Speaker, halfwidth, load, mistype, one_of, read_groups

SILENCE = {"positive": 0.50, "neutral": 0.47, "negative": 0.29}
"""Share of customers who write nothing: the discontented write most."""


def mood_of(answers: Answers) -> str:
    """Positive, neutral or negative, as the scores say."""
    likelihood, csat = answers.get("likelihood"), answers.get("csat")
    if csat is not None and csat <= 2:
        return "negative"
    if likelihood is None:
        return "neutral" if csat in (None, 3) else "positive"
    if likelihood >= 9:
        return "positive" if csat is None or csat >= 4 else "neutral"
    return "neutral" if likelihood >= 7 else "negative"


class CommentWriter:
    """Writes comments and remembers them, so that hardly two long ones are alike."""

    def __init__(self) -> None:
        texts = load("comments.toml")
        self._book = Phrasebook(read_groups(texts["group"]))
        self._openers, self._connectors, self._endings = texts["openers"], texts["connectors"], texts["endings"]
        self._typos, self._contact = texts["typos"], texts["contact"]["texts"]
        self._seen: set[str] = set()

    def write(self, rng: np.random.Generator, who: Speaker, answers: Answers, order: str) -> str:
        """A comment, or "" from those who leave the field blank."""
        mood = mood_of(answers)
        if rng.random() < SILENCE[mood]:
            return ""
        kind = rng.random()
        if kind < 0.04:
            return self._fresh(lambda: self._english(rng, who, mood))
        if kind < 0.17:
            return self._book.say(rng, who, "short", mood)
        text = self._fresh(lambda: self._chinese(rng, who, answers, mood))
        return self._sign(rng, text, mood, order)

    def _fresh(self, attempt: Callable[[], str]) -> str:
        """The first of six attempts that nobody has written before."""
        for _ in range(6):
            text = attempt()
            if text not in self._seen:
                break
        self._seen.add(text)
        return text

    def _english(self, rng: np.random.Generator, who: Speaker, mood: str) -> str:
        first, second = (self._book.say(rng, who, "english", mood) for _ in range(2))
        mark = one_of(rng, (".", ".", "!", ""))
        return f"{first}{mark}" if first == second or rng.random() < 0.6 else f"{first}. {second}{mark}"

    def _chinese(self, rng: np.random.Generator, who: Speaker, answers: Answers, mood: str) -> str:
        if mood == "neutral":
            text = self._of_two_minds(rng, who, answers)
        else:
            text = self._of_one_mind(rng, who, answers, mood)
        if rng.random() < 0.10:
            text = f"{one_of(rng, self._openers[mood])}，{text}"
        text += one_of(rng, self._endings[mood])
        if rng.random() < 0.035:
            text = mistype(rng, text, self._typos)
        return halfwidth(text) if rng.random() < 0.07 else text

    def _of_one_mind(self, rng: np.random.Generator, who: Speaker, answers: Answers, mood: str) -> str:
        count = 1 + int(rng.random() < 0.62) + int(rng.random() < 0.22)
        themes = self._themes(rng, who, answers, mood, count)
        parts = [self._book.say(rng, who, theme, mood) for theme in themes]
        text = parts[0]
        for part in parts[1:]:
            text += one_of(rng, self._connectors["plain"]) + part
        if rng.random() < 0.12:
            other = "negative" if mood == "positive" else "positive"
            turn = self._connectors["pos_neg" if mood == "positive" else "neg_pos"]
            theme = self._themes(rng, who, answers, other, 1, barred=set(themes))[0]
            text += one_of(rng, turn) + self._book.say(rng, who, theme, other)
        return text

    def _of_two_minds(self, rng: np.random.Generator, who: Speaker, answers: Answers) -> str:
        kind = rng.random()
        if kind < 0.30:
            return self._book.say(rng, who, "general", "neutral")
        good = self._themes(rng, who, answers, "positive", 1, barred={"general"})[0]
        if kind < 0.42:
            return self._book.say(rng, who, good, "positive")
        bad = self._themes(rng, who, answers, "negative", 1, barred={good, "general"})[0]
        praise, blame = self._book.say(rng, who, good, "positive"), self._book.say(rng, who, bad, "negative")
        text = praise + one_of(rng, self._connectors["pos_neg"]) + blame
        if rng.random() < 0.2:
            text = f"{self._book.say(rng, who, 'general', 'neutral')}。{text}"
        return text

    def _themes(
        self,
        rng: np.random.Generator,
        who: Speaker,
        answers: Answers,
        polarity: str,
        count: int,
        barred: set[str] | frozenset[str] = frozenset(),
    ) -> list[str]:
        """What the customer talks about: first of all the items that he or she marked well (or badly)."""
        themes = sorted(self._book.themes(who, polarity) - {"short", "english"} - barred)
        weights = []
        for theme in themes:
            score = answers.get(theme) if theme in ITEMS else None
            if score is None:
                weights.append({"product": 1.6, "system": 1.2}.get(theme, 0.8))
            else:
                weights.append(
                    {1: 0.02, 2: 0.05, 3: 0.3, 4: 1.0, 5: 1.5}[score if polarity == "positive" else 6 - score]
                )
        chances = np.array(weights) / sum(weights)
        chosen = rng.choice(len(themes), size=min(count, len(themes)), replace=False, p=chances)
        return [themes[index] for index in chosen]

    def _sign(self, rng: np.random.Generator, text: str, mood: str, order: str) -> str:
        if rng.random() >= (0.03 if mood == "negative" else 0.003):
            return text
        contact = one_of(rng, self._contact)
        if not order and "{order}" in contact:
            contact = "请回电{phone}"
        return f"{text.rstrip('。.，,')}。{contact.format(phone=phone_number(rng), order=order)}"
