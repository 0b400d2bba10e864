"""HTTP/1.1 byte by byte: a client that hides nothing and mends nothing."""

import json
import socket
import time
from dataclasses import dataclass, field


class Closed(Exception):
    """The peer closed or reset the connection before a response began."""


@dataclass
class Response:
    """A response as it came; `complete` tells whether its body ended as its framing promised."""

    status: int
    fields: list
    body: bytes = b""
    chunks: list = field(default_factory=list)
    arrivals: list = field(default_factory=list)
    trailers: list = field(default_factory=list)
    interim: list = field(default_factory=list)
    complete: bool = True

    def all(self, name):
        return [value for key, value in self.fields if key.lower() == name.lower()]

    def __getitem__(self, name):
        """The value of a field that stands once; None where it is absent."""
        values = self.all(name)
        assert len(values) < 2, f"{name} stands {len(values)} times: {values}"
        return values[0] if values else None

    def trailer(self, name):
        values = [value for key, value in self.trailers if key.lower() == name.lower()]
        return values[0] if values else None

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def events(self):
        """The data of each complete server-sent event."""
        parts = self.body.decode().split("\n\n")
        return [part.removeprefix("data: ") for part in parts[:-1] if part]


def build(method, target, fields=(), body=b"", version="1.1", host="gateway.test"):
    """The bytes of a request; Content-Length is added where there is a body and no framing."""
    names = {name.lower() for name, _ in fields}
    lines = [f"{method} {target} HTTP/{version}"]
    if host and "host" not in names:
        lines.append(f"Host: {host}")
    lines += [f"{name}: {value}" for name, value in fields]
    if body and not names & {"content-length", "transfer-encoding"}:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def chunked(body, size=1000):
    """A body in chunks, the last one included."""
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def family(address):
    """The family of a socket file, or of a host and port."""
    if isinstance(address, str):
        return socket.AF_UNIX
    return socket.AF_INET6 if ":" in address[0] else socket.AF_INET


class Connection:
    """One connection, request after request; `source` is the address that it comes from."""

    def __init__(self, address, receive_bytes=None, timeout=15, source=None):
        self.socket = socket.socket(family(address))
        if source:
            self.socket.bind((source, 0))
        if receive_bytes:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.socket.settimeout(timeout)
        self.socket.connect(address)
        self.buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def send(self, data):
        """Sends what the peer takes: one that has answered early may close meanwhile."""
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def fill(self, size=65536):
        """Reads more into the buffer; False at the end."""
        try:
            data = self.socket.recv(size)
        except ConnectionResetError:
            return False
        self.buffer += data
        return bool(data)

    def line(self):
        while b"\r\n" not in self.buffer:
            if not self.fill():
                raise Closed(self.buffer)
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return line.decode("latin-1")

    def exactly(self, count):
        parts = [self.buffer[:count]]
        self.buffer = self.buffer[count:]
        missing = count - len(parts[0])
        while missing:
            try:
                data = self.socket.recv(min(missing, 1 << 20))
            except ConnectionResetError:
                data = b""
            if not data:
                raise Closed(b"".join(parts))
            parts.append(data)
            missing -= len(data)
        return b"".join(parts)

    def fields(self):
        fields = []
        while line := self.line():
            name, value = line.split(":", 1)
            fields.append((name, value.strip()))
        return fields

    def head(self):
        """The head of the next final response, with the interim ones before it."""
        interim = []
        while True:
            parts = self.line().split(" ", 2)
            assert parts[0] in ("HTTP/1.1", "HTTP/1.0"), parts
            response = Response(int(parts[1]), self.fields(), interim=interim)
            if response.status >= 200:
                return response
            interim.append(response)

    def response(self, method="POST"):
        """The next response, its body read as far as it goes."""
        response = self.head()
        self.read_body(response, method)
        return response

    def read_body(self, response, method="POST"):
        if method == "HEAD" or response.status in (204, 304):
            return
        try:
            if (response["Transfer-Encoding"] or "").lower() == "chunked":
                while self.read_chunk(response):
                    pass
            elif response["Content-Length"] is not None:
                response.body = self.exactly(int(response["Content-Length"]))
            else:
                while self.fill():
                    pass
                response.body, self.buffer = self.buffer, b""
        except Closed as closed:
            response.complete = False
            if response["Transfer-Encoding"] is None:
                response.body = closed.args[0]
        if response.chunks:
            response.body = b"".join(response.chunks)

    def read_chunk(self, response):
        """Adds one to `chunks`; False when it was the last and the trailers have been read."""
        count = int(self.line().split(";")[0], 16)
        if count == 0:
            response.trailers = self.fields()
            return False
        data = self.exactly(count)
        assert self.exactly(2) == b"\r\n"
        response.chunks.append(data)
        response.arrivals.append(time.monotonic())
        return True

    def is_closed(self, seconds=2):
        """Whether the peer closes within that time, having sent nothing more."""
        self.socket.settimeout(seconds)
        try:
            return not self.buffer and not self.fill()
        except TimeoutError:
            return False


def call(address, method, target, json_body=None, fields=(), body=b"", **options):
    """One exchange on a connection of its own."""
    fields = list(fields)
    if json_body is not None:
        body = json.dumps(json_body).encode()
        fields.append(("Content-Type", "application/json"))
    with Connection(address) as connection:
        connection.send(build(method, target, fields, body, **options))
        return connection.response(method)
