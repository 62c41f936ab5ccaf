"""The cost of the scorer: time beside SnowNLP's in the same run, start and memory."""

from __future__ import annotations

import subprocess
import sys

from servq.text.sentiment.scorer import default_scorer
from tests.timing import times_as_long

COMMENTS = [
    "机场大巴等了四十分钟，司机态度也不好",
    "酒店离地铁站很近，房间干净整洁，推荐",
    "退票手续费收得莫名其妙，客服一直占线",
    "导游讲解很专业，老人孩子都很开心",
]


def test_thousands_of_comments_take_the_time_that_snownlp_needs_for_a_few() -> None:
    from snownlp import SnowNLP

    texts = [f"{comment}{number}" for number in range(2500) for comment in COMMENTS]
    default_scorer().score(texts)
    _ = SnowNLP("好").sentiments
    few = texts[:20]
    ratio = times_as_long(lambda: [SnowNLP(text).sentiments for text in few], lambda: default_scorer().score(texts))
    speed = ratio * len(texts) / len(few)
    assert speed >= 150, f"only {speed:.0f} times SnowNLP's speed"


def test_the_first_score_comes_at_once_and_needs_little_memory() -> None:
    program = """
import resource, time, numpy, textblob
from pathlib import Path
from servq.text.sentiment.scorer import default_scorer
from tests.timing import times_as_long
pages = lambda: int(Path("/proc/self/statm").read_text().split()[1])
before, start = pages(), time.process_time()
default_scorer().score(["很好"])
print(time.process_time() - start, (pages() - before) * resource.getpagesize() / 2**20)
"""
    starts = [_told(program) for _ in range(3)]
    seconds, megabytes = map(min, zip(*starts, strict=True))
    assert seconds < 0.6, "0.2 s on an idle core"
    assert megabytes < 60


def _told(program: str) -> list[float]:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return [float(figure) for figure in done.stdout.split()]
