"""A name server on loopback, and what listens at the addresses that it gives."""

import getpass
import json
import os
import signal
import socket
import subprocess
import tempfile
import threading

import configurations
import processes

DNSMASQ = "/usr/sbin/dnsmasq"


def addresses(start, count=1):
    """Addresses of this machine that nothing else uses: 127.71.START.1 and on."""
    prefix = ".".join(configurations.ADDRESS.split(".")[:2])
    return [f"{prefix}.{start}.{number}" for number in range(1, count + 1)]


class NameServer:
    """A running dnsmasq that knows `ingot.test` and refuses the rest."""

    ALIASES = ["chain.ingot.test,link.ingot.test", "link.ingot.test,moving.ingot.test"]

    def __init__(self, host=configurations.ADDRESS, port=configurations.NAMES_PORT, known=()):
        self.folder = tempfile.TemporaryDirectory()
        os.chmod(self.folder.name, 0o755)
        self.hosts = f"{self.folder.name}/hosts"
        self.log = tempfile.TemporaryFile()
        self.write(dict(known))
        self.process = subprocess.Popen(
            [
                *(DNSMASQ, "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file="),
                *(f"--user={getpass.getuser()}", f"--port={port}", f"--listen-address={host}"),
                *("--bind-interfaces", "--no-resolv", "--no-hosts", "--no-poll"),
                *(f"--addn-hosts={self.hosts}", "--local=/ingot.test/", "--local-ttl=1"),
                *("--log-queries=extra", "--log-facility=-"),
                *(f"--cname={alias}" for alias in self.ALIASES),
            ],
            stderr=self.log,
        )
        processes.wait_until(lambda: "read " in self.text())

    def text(self):
        assert self.process.poll() is None, "the name server has ended; is another run going on?"
        return os.pread(self.log.fileno(), os.fstat(self.log.fileno()).st_size, 0).decode()

    def write(self, known):
        with open(self.hosts, "w") as file:
            for name, places in known.items():
                file.writelines(f"{place} {name}\n" for place in places)

    def know(self, **known):
        """From now on knows these names below `ingot.test`, and no other."""
        before = self.text().count("read ")
        self.write({f"{name.replace('_', '.')}.ingot.test": known[name] for name in known})
        self.process.send_signal(signal.SIGHUP)
        processes.wait_until(lambda: self.text().count("read ") > before)

    def question_count(self, name):
        return self.text().count(f"query[A] {name} from")

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()


class Place:
    """Answers every request at an address with that address; counts its connections."""

    def __init__(self, host, port=configurations.NAMED_PORT, keeps_alive=True, context=None):
        self.socket = socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        )
        self.keeps_alive = keeps_alive
        self.context = context
        self.open_count = 0
        self.fault_count = 0
        """Clients that ended the TLS handshake."""
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.open_count += 1
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        if self.context:
            try:
                connection = self.context.wrap_socket(connection, server_side=True)
            except OSError:
                self.fault_count += 1
                return
        with connection, connection.makefile("rb") as lines:
            while line := lines.readline():
                length = 0
                while line.strip():
                    name, _, value = line.partition(b":")
                    length = int(value) if name.lower() == b"content-length" else length
                    line = lines.readline()
                lines.read(length)
                body = json.dumps({"at": connection.getsockname()[0]}).encode()
                kept = "keep-alive" if self.keeps_alive else "close"
                head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: {kept}\r\n"
                connection.sendall(f"{head}Content-Type: application/json\r\n\r\n".encode() + body)
                if not self.keeps_alive:
                    break
        self.open_count -= 1

    def stop(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


class SilentPlace:
    """Listens, and lets no connection come about: its queue is full."""

    def __init__(self, host, port=configurations.NAMED_PORT):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.sockets = [socket.create_server((host, port), family=family, backlog=0)]
        while True:
            filler = socket.socket(family)
            filler.settimeout(0.3)
            self.sockets.append(filler)
            try:
                filler.connect((host, port))
            except TimeoutError:
                return

    def stop(self):
        for each in self.sockets:
            each.close()
