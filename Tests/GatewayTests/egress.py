"""Egress proxies of every kind on loopback: asked for a url or a tunnel, over TLS, by SOCKS5.

Each wants a user and a password, sees where it is asked to go, and knows names of its own.
"""

import base64
import contextlib
import socket
import threading
import urllib.parse


class Proxy:
    """Listens at an address; `names` are hosts that only it knows, each with its address."""

    def __init__(self, host, port, password, context=None, names=()):
        self.password = password
        self.context = context
        self.names = dict(names)
        self.asked = []
        """Where it was asked to go and how: `CONNECT host:port`, `GET http://…`, `SOCKS5 …`."""
        self.listener = socket.create_server((host, port))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with contextlib.suppress(OSError), connection:
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            self.talk(connection)

    def talk(self, connection):
        head = b""
        while b"\r\n\r\n" not in head:
            data = connection.recv(1)
            if not data:
                return
            head += data
        lines = head.decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ")
        self.asked.append(f"{method} {target}")
        pairs = [line.split(": ", 1) for line in lines[1:] if ": " in line]
        fields = {name.lower(): value for name, value in pairs}
        words = f"gateway:{self.password}".encode()
        expected = f"Basic {base64.b64encode(words).decode()}"
        if fields.get("proxy-authorization") != expected:
            answer = b"HTTP/1.1 407 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            connection.sendall(answer)
            return
        if method == "CONNECT":
            host, port = target.rsplit(":", 1)
            with self.reach(host, port) as endpoint:
                connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
                relay(connection, endpoint)
            return
        url = urllib.parse.urlsplit(target)
        with self.reach(url.hostname, url.port or 80) as endpoint:
            first = f"{method} {target.partition(url.netloc)[2]} HTTP/1.1"
            kept = [line for line in lines[1:-2] if not line.lower().startswith("proxy-")]
            text = "\r\n".join([first, *kept, "Connection: close", "", ""])
            endpoint.sendall(text.encode("latin-1"))
            relay(connection, endpoint)

    def reach(self, host, port):
        return socket.create_connection((self.names.get(host, host), int(port)))

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


class Socks(Proxy):
    """SOCKS5 (RFC 1928) with a user and a password (RFC 1929)."""

    def talk(self, connection):
        lines = connection.makefile("rb")
        _, count = lines.read(2)
        assert 2 in lines.read(count), "no password is offered"
        connection.sendall(b"\x05\x02")
        lines.read(1)
        user, password = (lines.read(lines.read(1)[0]) for _ in range(2))
        is_known = (user, password) == (b"gateway", self.password.encode())
        connection.sendall(bytes([1, not is_known]))
        if not is_known:
            return
        _, _, _, kind = lines.read(4)
        assert kind in (1, 3), "an address of IPv6"
        host = socket.inet_ntoa(lines.read(4)) if kind == 1 else lines.read(lines.read(1)[0]).decode()
        port = int.from_bytes(lines.read(2), "big")
        self.asked.append(f"SOCKS5 {host}:{port}")
        with self.reach(host, port) as endpoint:
            connection.sendall(b"\x05\x00\x00\x01" + bytes(6))
            relay(connection, endpoint)


def relay(one, other):
    """Copies in both directions until either side ends."""
    back = threading.Thread(target=copy, args=(other, one), daemon=True)
    back.start()
    copy(one, other)
    back.join()


def copy(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
