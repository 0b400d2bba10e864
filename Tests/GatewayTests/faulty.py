"""An endpoint that fails in any way that it is told to, and back again, while it runs."""

import contextlib
import json
import socket
import struct
import threading

ANSWER = json.dumps({"object": "chat.completion", "choices": []}).encode()
EVENT = b'data: {"object":"chat.completion.chunk"}\n\n'


class Faulty:
    """Answers checks, which are GETs, as `check` says, and requests as `mode` says.

    Both are `ok`, a status, `hang` (says nothing more), `close`, `reset` or `garbage`; for requests
    also `cut` (an answer that ends in the middle, by a reset) and `drip`; `check` may be an iterator
    of them.
    """

    def __init__(self, host, port, context=None):
        self.address = (host, port)
        self.context = context
        self.mode = self.check = "ok"
        self.requests = []
        self.checks = []
        self.connections = set()
        self.guard = threading.Lock()
        self.released = threading.Event()
        self.listener = None
        self.listen()

    def listen(self):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(self.address)
        listener.listen(512)
        self.listener = listener
        threading.Thread(target=self.accept, args=(listener,), daemon=True).start()

    def refuse(self):
        """Connections are refused from now on, and those that are open are reset."""
        listener, self.listener = self.listener, None
        if listener:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        self.drop()

    def drop(self):
        with self.guard:
            connections, self.connections = self.connections, set()
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def stop(self):
        self.released.set()
        self.refuse()

    def release(self):
        """Lets all that hang go on with their answers."""
        self.released.set()
        self.released = threading.Event()

    def accept(self, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with self.guard:
            self.connections.add(connection)
        stream = None
        try:
            if self.context:
                plain, connection = connection, self.context.wrap_socket(
                    connection, server_side=True)
                with self.guard:
                    self.connections.discard(plain)
                    self.connections.add(connection)
            stream = connection.makefile("rb")
            while self.exchange(connection, stream):
                pass
        except (OSError, ValueError):
            pass
        finally:
            with self.guard:
                self.connections.discard(connection)
            if stream:
                stream.close()
            connection.close()

    def exchange(self, connection, stream):
        """Answers one request; False where the connection ends with it."""
        line = stream.readline()
        if not line:
            return False
        fields = list(iter(stream.readline, b"\r\n"))
        pairs = (field.decode().rstrip("\r\n").split(": ", 1) for field in fields)
        named = {name.lower(): value for name, value in pairs}
        body = stream.read(int(named.get("content-length", 0)))
        method, target, _ = line.decode().split(" ")
        if method == "GET":
            self.checks.append((target, named))
            mode = self.check if isinstance(self.check, (str, int)) else next(self.check)
        else:
            self.requests.append(body)
            mode = self.mode
        return self.answer(connection, mode, b'"stream":true' in body.replace(b" ", b""))

    def answer(self, connection, mode, is_stream):
        if mode == "hang":
            self.released.wait(120)
            mode = "ok"
        if mode == "close":
            return False
        if mode == "reset":
            reset(connection)
            return False
        if mode == "garbage":
            connection.sendall(b"SSH-2.0-nothing\r\n\r\n")
            return False
        if isinstance(mode, int):
            body = b'{"error":{"message":"as told"}}'
            connection.sendall(head(mode, len(body)) + body)
            return True
        if mode == "cut":
            piece = chunk(EVENT) if is_stream else ANSWER[:30]
            connection.sendall(head(200, None if is_stream else len(ANSWER)) + piece)
            self.released.wait(0.05)
            reset(connection)
            return False
        if is_stream:
            data = head(200, None) + chunk(EVENT) * 4 + chunk(b"")
        else:
            data = head(200, len(ANSWER)) + ANSWER
        if mode == "drip":
            for start in range(0, len(data), 7):
                connection.sendall(data[start:start + 7])
                self.released.wait(0.002)
        else:
            connection.sendall(data)
        return True


def head(status, size):
    """Of a JSON body with `size` bytes; None: of a stream in chunks."""
    if size is None:
        fields = "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked"
    else:
        fields = f"Content-Type: application/json\r\nContent-Length: {size}"
    return f"HTTP/1.1 {status} As Told\r\n{fields}\r\n\r\n".encode()


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


def reset(connection):
    """Has the connection end with a reset once it is closed."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def chat(gateway, model, stream=False, **options):
    body = {"model": model, "messages": [], "stream": stream}
    return gateway.call("POST", "/v1/chat/completions", json_body=body, **options)


def count(gateway, model, number):
    """How many of `number` requests each endpoint answers, by status and name."""
    counts = {}
    for _ in range(number):
        response = chat(gateway, model)
        key = (response.status, response["X-Olla-Endpoint"])
        counts[key] = counts.get(key, 0) + 1
    return counts
