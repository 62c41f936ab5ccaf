"""Comments of the sample's survey answers, in keeping with their scores."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from studies.sample.people import phone_number
from studies.sample.scores import ITEMS, Answers
from studies.sample.words import Phrasebook, Speaker, halfwidth, load, mistype, one_of, read_groups
from studies.sample.world import SEED

SILENCE = {"positive": 0.50, "neutral": 0.47, "negative": 0.29}
"""Share of customers who write nothing: the discontented write most."""


def mood_of(answers: Answers) -> str:
    """Positive, neutral or negative, according to the scores."""
    likelihood, csat = answers.get("likelihood"), answers.get("csat")
    if csat is not None and csat <= 2:
        return "negative"
    if likelihood is None:
        return "neutral" if csat in (None, 3) else "positive"
    if likelihood >= 9:
        return "positive" if csat is None or csat >= 4 else "neutral"
    return "neutral" if likelihood >= 7 else "negative"


class CommentWriter:
    """Writes comments and remembers them, so that long ones are hardly ever alike.

    It has its own random numbers: a reworded text changes no score.
    """

    def __init__(self) -> None:
        self._rng = np.random.default_rng([SEED, 8])
        texts = load("comments.toml")
        self._book = Phrasebook(read_groups(texts["group"]))
        self._openers, self._connectors, self._endings = texts["openers"], texts["connectors"], texts["endings"]
        self._typos, self._contact = texts["typos"], texts["contact"]["texts"]
        self._seen: set[str] = set()

    def write(self, who: Speaker, answers: Answers, order: str) -> str:
        """A comment, or "" from those who leave the field blank."""
        mood = mood_of(answers)
        if self._rng.random() < SILENCE[mood]:
            return ""
        kind = self._rng.random()
        if kind < 0.04:
            return self._fresh(lambda: self._english(who, mood))
        if kind < 0.17:
            return self._book.say(self._rng, who, "short", mood)
        if kind < 0.23 and (story := self._story(who, mood)):
            return story
        text = self._fresh(lambda: self._chinese(who, answers, mood))
        return self._sign(text, mood, order)

    def _fresh(self, attempt: Callable[[], str]) -> str:
        """The first of six attempts that nobody has written before."""
        for _ in range(6):
            text = attempt()
            if text not in self._seen:
                break
        self._seen.add(text)
        return text

    def _story(self, who: Speaker, mood: str) -> str:
        """A long comment that stands alone; "" when this one has been told already."""
        if "story" not in self._book.themes(who, mood):
            return ""
        story = self._book.say(self._rng, who, "story", mood)
        if story in self._seen:
            return ""
        self._seen.add(story)
        return story + one_of(self._rng, ("", "。", "。", "！"))

    def _english(self, who: Speaker, mood: str) -> str:
        first, second = (self._book.say(self._rng, who, "english", mood) for _ in range(2))
        mark = one_of(self._rng, (".", ".", "!", ""))
        return f"{first}{mark}" if first == second or self._rng.random() < 0.6 else f"{first}. {second}{mark}"

    def _chinese(self, who: Speaker, answers: Answers, mood: str) -> str:
        text = self._of_two_minds(who, answers) if mood == "neutral" else self._of_one_mind(who, answers, mood)
        if self._rng.random() < 0.10:
            text = f"{one_of(self._rng, self._openers[mood])}，{text}"
        ending = one_of(self._rng, self._endings[mood])
        text += "" if text[-1] in "？！" else ending
        if self._rng.random() < 0.035:
            text = mistype(self._rng, text, self._typos)
        return halfwidth(text) if self._rng.random() < 0.07 else text

    def _of_one_mind(self, who: Speaker, answers: Answers, mood: str) -> str:
        count = 1 + int(self._rng.random() < 0.5) + int(self._rng.random() < 0.18)
        themes = self._themes(who, answers, mood, count)
        parts = [self._book.say(self._rng, who, theme, mood) for theme in themes]
        text = parts[0]
        for part in parts[1:]:
            text += one_of(self._rng, self._connectors["plain"]) + part
        if self._rng.random() < 0.12:
            other = "negative" if mood == "positive" else "positive"
            turn = self._connectors["pos_neg" if mood == "positive" else "neg_pos"]
            theme = self._themes(who, answers, other, 1, barred={*themes, "general"})[0]
            text += one_of(self._rng, turn) + self._book.say(self._rng, who, theme, other)
        return text

    def _of_two_minds(self, who: Speaker, answers: Answers) -> str:
        kind = self._rng.random()
        if kind < 0.30:
            return self._book.say(self._rng, who, "general", "neutral")
        good = self._themes(who, answers, "positive", 1, barred={"general"})[0]
        if kind < 0.42:
            return self._book.say(self._rng, who, good, "positive")
        bad = self._themes(who, answers, "negative", 1, barred={good, "general"})[0]
        praise, blame = (
            self._book.say(self._rng, who, good, "positive"),
            self._book.say(self._rng, who, bad, "negative"),
        )
        text = praise + one_of(self._rng, self._connectors["pos_neg"]) + blame
        if self._rng.random() < 0.2:
            text = f"{self._book.say(self._rng, who, 'general', 'neutral')}。{text}"
        return text

    def _themes(
        self,
        who: Speaker,
        answers: Answers,
        polarity: str,
        count: int,
        barred: set[str] | frozenset[str] = frozenset(),
    ) -> list[str]:
        """What the customer talks about: first of all the items that he or she marked well (or badly)."""
        themes = sorted(self._book.themes(who, polarity) - {"short", "english", "story"} - barred)
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
        chosen = self._rng.choice(len(themes), size=min(count, len(themes)), replace=False, p=chances)
        return [themes[index] for index in chosen]

    def _sign(self, text: str, mood: str, order: str) -> str:
        if self._rng.random() >= (0.03 if mood == "negative" else 0.003):
            return text
        contact = one_of(self._rng, self._contact)
        if not order and "{order}" in contact:
            contact = "请回电{phone}"
        return f"{text.rstrip('。.，,')}。{contact.format(phone=phone_number(self._rng), order=order)}"
