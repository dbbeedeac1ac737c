"""`python -m api.cli` is `xinlu`."""

from api.cli import main

main()
