"""`xinlu migrate`: bring the database to the shape this release needs."""

from __future__ import annotations

import psycopg

from api import migrations
from api.cli.database import open_database
from api.cli.output import JsonFlag, say, say_json
from api.installation_checks import check_database, require
from api.settings import read_settings


def migrate(as_json: JsonFlag = False) -> None:
    """Apply the migration steps that the database lacks. Needs the owner's login."""
    with open_database(read_settings()) as database:
        with psycopg.connect(database.owner_url) as connection:
            require(check_database(connection))
        applied = migrations.migrate(database.owner_url)
    if as_json:
        say_json({"applied": applied})
    elif applied:
        say(f"已执行 {len(applied)} 个迁移步骤 / {len(applied)} steps applied:")
        for name in applied:
            say(f"  {name}")
    else:
        say("数据库已是最新 / the database has all steps")
