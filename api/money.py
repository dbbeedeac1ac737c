"""Amounts as people read them: yuan, or 万元 where that is shorter."""

from __future__ import annotations

FEN_OF_WAN = 10_000 * 100


def show_money(fen: int | None) -> str:
    """An amount of fen in yuan, or in 万元 where that is shorter."""
    if fen is None:
        return "—"
    if fen and fen % FEN_OF_WAN == 0:
        return f"{fen // FEN_OF_WAN:,} 万元"
    yuan, rest = divmod(fen, 100)
    return f"{yuan:,}.{rest:02d} 元" if rest else f"{yuan:,} 元"
