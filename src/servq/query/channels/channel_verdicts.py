"""The verdict on each channel over the whole matrix: consistent, different in something, or not known yet."""

from __future__ import annotations

from dataclasses import dataclass

from servq.metrics.verdicts import Agreement
from servq.query.channels.agreement import LINES, ChannelLine, Together
from servq.query.verdicts import PROMISE

_APART = (Agreement.WORSE, Agreement.BETTER)


@dataclass(frozen=True)
class ChannelVerdict:
    """The verdict on one channel over all lines.

    Attributes:
        agreement: `worse` when it is worse in anything, `better` when it is only better in something, `same` when every
            line is (each is claimed against the odds, so all together are too), else `undecided`.
        apart: the lines in which it is apart, the promise first, then worse before better.
        more: the most answers that an undecided line still needs; None where none is known.
    """

    channel: str
    agreement: Agreement
    apart: tuple[ChannelLine, ...]
    more: int | None


def channel_verdicts(together: Together) -> list[ChannelVerdict]:
    """Every channel of the matrix, those that are worse in something first."""
    channels = dict.fromkeys(cell.channel for cell in together.cells)
    found = [_verdict(channel, [cell for cell in together.cells if cell.channel == channel]) for channel in channels]
    order = (Agreement.WORSE, Agreement.BETTER, Agreement.SAME, Agreement.UNDECIDED, Agreement.APART)
    return sorted(found, key=lambda one: (order.index(one.agreement), [_rank(cell) for cell in one.apart]))


def _verdict(channel: str, cells: list[ChannelLine]) -> ChannelVerdict:
    said = [cell for cell in cells if cell.judged.agreement != Agreement.APART]
    apart = tuple(sorted((cell for cell in said if cell.judged.agreement in _APART), key=_rank))
    needed = [cell.judged.more for cell in said if cell.judged.more is not None]
    if apart:
        agreement = Agreement.WORSE if apart[0].judged.agreement == Agreement.WORSE else Agreement.BETTER
    elif not said:
        agreement = Agreement.APART
    else:
        # what cannot be compared is not the same; only who promises nothing has no line of the promise to meet
        alike = all(cell.judged.agreement == Agreement.SAME for cell in cells if cell in said or cell.metric != PROMISE)
        agreement = Agreement.SAME if alike else Agreement.UNDECIDED
    return ChannelVerdict(channel, agreement, apart, max(needed, default=None))


def _rank(cell: ChannelLine) -> tuple[bool, bool, int]:
    return cell.judged.agreement != Agreement.WORSE, cell.metric != PROMISE, LINES.index(cell.metric)
