"""Searching names: any part of one to four characters, over as many invented firms as a large city has."""

from __future__ import annotations

from datetime import date
from random import Random
from time import perf_counter
from uuid import UUID

import psycopg

from projections.views import subject_search
from projections.views.subject_search import Card, Findable, grams, plain
from projections.writing import insert
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.files import code
from tests.databases import Database

PART = "search"
P99_MILLISECONDS_MAX = 20
LETTERS = (
    "海天宏达兴旺安康永盛丰华金信诚德润泽东方新世纪明辉远景嘉和瑞祥福隆顺通泰昌凯利美佳尚品优创智联云讯锦绣江山春晓"
)
TRADES = ("商贸", "超市", "餐饮管理", "家政服务", "汽车销售", "酒店管理", "进出口", "电子商务", "再生资源", "物流")


def measure(database: Database, *, names: int, requests: int) -> list[Figure]:
    chance = Random(1)
    cards = [card(number, chance) for number in range(names)]
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        insert(owner, subject_search.CARDS, cards)
        insert(owner, subject_search.VIEW, [one for each in cards for one in findable(each)])
        owner.execute("VACUUM ANALYZE view.subject_search")
        owner.execute("VACUUM ANALYZE view.subject")
    figures = []
    with psycopg.connect(database.app_url, autocommit=True) as connection:
        for length in range(1, 5):
            taken = []
            for _ in range(requests):
                name = chance.choice(cards).name
                start = chance.randrange(len(name) - length)
                begun = perf_counter()
                found = subject_search.find(connection, name[start : start + length], limit=21)
                taken.append((perf_counter() - begun) * 1000)
                assert found
            what = f"a part of {length}, {names:,} names"
            figures.append(Figure(PART, f"{what}: median", percentile(taken, 0.5), "ms"))
            figures.append(
                Figure(PART, f"{what}: p99", percentile(taken, 0.99), "ms", target=P99_MILLISECONDS_MAX, at_most=True)
            )
    return figures


def card(number: int, chance: Random) -> Card:
    name = "".join(chance.choice(LETTERS) for _ in range(4))
    return Card(
        UUID(int=chance.getrandbits(128)), f"样例市{name}{chance.choice(TRADES)}有限公司", code(number), "organisation",
        "990000", "", [], False, date(2026, 1, 2),
    )  # fmt: skip


def findable(one: Card) -> list[Findable]:
    wanted = plain(one.name)
    assert one.code is not None
    return [
        Findable(one.subject_id, 0, one.name, wanted, None, grams(wanted)),
        Findable(one.subject_id, 2, one.code, one.code, None, []),
    ]
