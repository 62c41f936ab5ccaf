"""SnowNLP as a second scorer: its own probabilities, and none where it cannot read."""

from servq.text.sentiment.named_scorers import ScorerName, scorer_named
from servq.text.sentiment.scorer import default_scorer


def test_the_polarity_is_snownlps_own_probability_of_praise() -> None:
    from snownlp import SnowNLP  # reads its dictionaries for seconds: only in the process that runs this

    (sentiment,) = scorer_named(ScorerName.SNOWNLP).score(["等太久了，没人管"])
    assert sentiment.polarity == SnowNLP("等太久了，没人管").sentiments
    assert (sentiment.label, sentiment.language, sentiment.model) == ("negative", "zh", "snownlp")
    assert sentiment.version == "0.12.3+1"


def test_what_is_not_chinese_or_says_nothing_has_no_polarity() -> None:
    found = scorer_named(ScorerName.SNOWNLP).score(["", "👍", "terrible", "无", "\udce4"])
    assert [one.polarity for one in found] == [None] * 5
    assert [one.language for one in found] == ["none", "none", "en", "zh", "none"]


def test_a_very_long_text_neither_overflows_nor_fails() -> None:
    for word in ("垃圾，", "干净，"):
        polarity = scorer_named(ScorerName.SNOWNLP).score([word * 2_000])[0].polarity
        assert polarity is not None
        assert 0.0 <= polarity <= 1.0


def test_servqs_own_scorer_stays_the_default() -> None:
    assert scorer_named(ScorerName.SERVQ) is default_scorer()
