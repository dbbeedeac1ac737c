"""How the application listens."""

from __future__ import annotations

import socket
from pathlib import Path

from api.cli.serve import address_of, bound_socket
from api.settings import Settings


def test_answers_are_sent_at_once_since_the_listening_socket_is_known_to_be_tcp(tmp_path: Path) -> None:
    with bound_socket(Settings(tmp_path, port=0)) as listener:
        assert listener.proto == socket.IPPROTO_TCP
        assert address_of(listener).startswith("http://127.0.0.1:")
