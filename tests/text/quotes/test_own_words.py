"""The operator's own words: one file for jieba and rjieba, which cut alike; no score and no mask depends on it."""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from servq.configuration import Configuration, TextChoices
from servq.errors import UsageError
from servq.text.causes.rules import read_alike
from servq.text.masking.masking import mask
from servq.text.quotes.emerging import rising
from servq.text.quotes.own_words import NONE, OwnWord, OwnWords, as_added, configured_words, segmenter_with
from servq.text.quotes.phrases import phrases_of
from servq.text.sentiment.features import segmented
from servq.text.sentiment.scorer import default_scorer
from tests.conftest import ROOT

OWN = OwnWords(
    (
        OwnWord("青龙卡"),
        OwnWord("青龙至尊会员卡"),
        OwnWord("ＳＶＩＰ客戶"),
        OwnWord("客服很", 9_000, "n"),
        OwnWord("导游讲解"),
        OwnWord("退款", 0),
        OwnWord("行程单"),
        OwnWord("没有人"),
    )
)
OF_OWN = ("领了青龙卡却用不了", "SVIP客户也不行，ＳＶＩＰ客戶", "客服很好", "导游讲解不错，没有人退款", "行程单呢")


def comments() -> list[str]:
    """The comments of the sample that ships, without their heads."""
    lines = (ROOT / "data" / "sample" / "surveys.csv").read_text("gb18030").splitlines()[1:]
    found = {cell for line in lines for cell in line.split(",") if any("一" <= char <= "鿿" for char in cell)}
    assert len(found) > 3_000
    return sorted(found)


@cache
def jieba_with(own: OwnWords) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    tokenizer = jieba.Tokenizer()
    for word, frequency, kind in as_added(own):
        tokenizer.add_word(word, frequency, kind)
    return tokenizer


@pytest.mark.parametrize("own", [NONE, OWN], ids=["without", "with"])
@pytest.mark.parametrize("read", [str, read_alike], ids=["as written", "as phrases read them"])
def test_jieba_and_rjieba_cut_every_comment_of_the_sample_alike(own: OwnWords, read: Any) -> None:
    cut, other = segmenter_with(own), jieba_with(own)
    texts = [read(text) for text in [*comments(), *OF_OWN]]
    assert [text for text in texts if cut(text) != list(other.cut(text, HMM=False))] == []


def test_own_words_stay_whole_and_a_frequency_of_nothing_cuts() -> None:
    cut = segmenter_with(OWN)
    assert cut("领了青龙卡") == ["领", "了", "青龙卡"]
    assert cut("svip客户") == ["svip客户"]
    assert cut("退款太慢") == ["退", "款", "太慢"]
    assert segmented("领了青龙卡") != cut("领了青龙卡")


def test_phrases_and_what_rises_know_own_words() -> None:
    cut = segmenter_with(OWN)
    assert "青龙至尊会员卡" in phrases_of("领了青龙至尊会员卡", cut)
    assert "青龙至尊会员卡" not in phrases_of("领了青龙至尊会员卡")
    now = ["青龙至尊会员卡用不了", "房间干净"] * 20
    assert "青龙至尊会员卡" in rising(now, ["房间干净"] * 80, cut=cut)[0].phrases


def test_no_score_and_no_mask_depends_on_own_words() -> None:
    texts = [*comments()[:500], *OF_OWN, "我是李女士，找王小明经理", "导游孙丽讲得好"]
    before = [default_scorer().score(texts), [mask(text) for text in texts]]
    cut = segmenter_with(OwnWords((*OWN.words, OwnWord("王小明", 0), OwnWord("孙丽讲", 90_000), OwnWord("很好", 0))))
    assert cut("很好") == ["很", "好"]
    assert [default_scorer().score(texts), [mask(text) for text in texts]] == before


class TestTheFile:
    def read(self, folder: Path, content: bytes, named: str = "") -> OwnWords:
        (folder / (named or "words.txt")).write_bytes(content)
        return configured_words(Configuration(text=TextChoices(named), path=folder / "servq.toml"), folder)

    def test_a_line_has_a_word_and_perhaps_a_frequency_and_a_part_of_speech(self, tmp_path: Path) -> None:
        content = "\ufeff青龙卡\r\n\n值机柜台 1000\n退改签 vn\n 讲解 5 v \n".encode()
        assert self.read(tmp_path, content).words == (
            OwnWord("青龙卡", None, "nz"),
            OwnWord("值机柜台", 1000, "nz"),
            OwnWord("退改签", None, "vn"),
            OwnWord("讲解", 5, "v"),
        )

    def test_another_file_is_named_from_the_folder_of_the_configuration_on(self, tmp_path: Path) -> None:
        (tmp_path / "words.txt").write_text("押金条", encoding="utf-8")
        assert self.read(tmp_path, "青龙卡".encode(), named="own.txt").words == (OwnWord("青龙卡"),)

    def test_no_file_is_no_words_but_a_named_one_has_to_be_there(self, tmp_path: Path) -> None:
        assert configured_words(Configuration(path=tmp_path / "servq.toml"), tmp_path) == NONE
        missing = Configuration(text=TextChoices("gone.txt"), path=tmp_path / "servq.toml")
        with pytest.raises(UsageError, match=r"gone\.txt"):
            configured_words(missing, tmp_path)

    @pytest.mark.parametrize(
        "content",
        ["青龙卡\n".encode("gbk"), "青 龙 卡\n".encode(), "青龙卡 -5\n".encode(), "青龙卡 99999999999\n".encode()],
    )
    def test_what_cannot_be_read_is_refused_with_its_place(self, tmp_path: Path, content: bytes) -> None:
        with pytest.raises(UsageError, match=r"words\.txt"):
            self.read(tmp_path, content)

    def test_a_change_of_the_file_is_seen(self, tmp_path: Path) -> None:
        self.read(tmp_path, "青龙卡".encode())
        assert self.read(tmp_path, "青龙卡二".encode()).words == (OwnWord("青龙卡二"),)
