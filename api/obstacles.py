"""Why the program cannot start or go on, told to the person at the terminal.

An obstacle is about the installation (a database, a port, a folder), never about the law:
what the register itself declines is a refusal (`domain.refusals`).
"""

from __future__ import annotations


class Obstacle(Exception):
    """States in one sentence, Chinese and English, what is in the way and what to do about it.

    code  a short stable word for programs, e.g. `port_taken`
    zh    the sentence in Chinese
    en    the same in English
    Neither sentence holds a password or personal data.
    """

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.code = code
        self.zh = zh
        self.en = en
