"""Which rulebook the register runs on: the adopted text kept in the database, now or as of a position of the log."""

from __future__ import annotations

from domain.casework import rulebook_versions
from domain.casework.rulebook_versions import Versions, adopt_rulebook
from domain.context import Context
from domain.law.rulebook import Changes, Rulebook
from domain.register.acts import Receipt, StreamKind
from domain.register.register import CreditRegister

RULEBOOKS: StreamKind[Versions] = StreamKind(Versions.empty, rulebook_versions.fold)


class NoRulebook(LookupError):
    """Nothing was adopted yet: the register cannot decide anything that asks the law."""


class Rulebooks:
    """The adopted rulebooks of a register; each text is read once and kept in memory."""

    def __init__(self, register: CreditRegister) -> None:
        self.register = register
        self._read: dict[str, Rulebook] = {}
        self._versions = Versions.empty(rulebook_versions.STREAM)

    def versions(self) -> Versions:
        """Every adoption in order; read again only when the stream has grown, since every page asks."""
        newest = self.register.newest_version(rulebook_versions.STREAM)
        if newest != self._versions.version:
            self._versions = self.register.load_on(RULEBOOKS, rulebook_versions.STREAM)
        return self._versions

    def in_use(self) -> Rulebook:
        """The rulebook in use now; raises NoRulebook before the first adoption."""
        return self.of_version(self.versions().in_use)

    def at(self, position: int) -> Rulebook:
        """The rulebook in use at a position of the log; the first adopted one before any was.

        What was recorded before the first adoption rests on no rulebook; answering it by the first one is the nearest
        the register can say. Raises NoRulebook where none was ever adopted.
        """
        adopted = self.versions().adopted
        before = [event for event, origin in adopted if origin.position is not None and origin.position <= position]
        chosen = before[-1:] or [event for event, _ in adopted[:1]]
        return self.of_version(chosen[0].version if chosen else "")

    def of_version(self, version: str) -> Rulebook:
        """The rulebook of a version; raises NoRulebook where its text is not kept."""
        if version not in self._read:
            text = self.register.rulebook_text(version) if version else None
            if text is None:
                raise NoRulebook
            self._read[version] = Rulebook.from_text(text)
        return self._read[version]

    def adopt(self, rulebook: Rulebook, context: Context, *, reason: str) -> Receipt | None:
        """Keep the text, then record the adoption with the rows added, altered and gone; None if it is in use already.

        If the process dies between the two, a text is kept that nothing rests on: harmless, and adopted next time.
        """
        in_use = self.versions().in_use
        if in_use == rulebook.version:
            return None
        before = self.of_version(in_use) if in_use else None
        changes = rulebook.changes_from(before) if before else Changes(tuple(row.name for row in rulebook.rows), (), ())
        self.register.keep_rulebook(rulebook.version, rulebook.text)
        return self.register.do_on(
            RULEBOOKS, adopt_rulebook, rulebook_versions.STREAM, context,
            version=rulebook.version, added=changes.added, altered=changes.altered, gone=changes.gone,
            reason=reason,
        )  # fmt: skip
