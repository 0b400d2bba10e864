"""An endpoint whose model list a test decides, answer by answer."""

import http.server
import json
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        endpoint = self.server.endpoint
        with endpoint.changed:
            endpoint.asked.append((self.path, dict(self.headers.items())))
            endpoint.changed.notify_all()
        endpoint.gate.wait()
        status, body = endpoint.answer
        self.reply(status, body)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.reply(200, b'{"id": "answered"}')

    def reply(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_):
        pass


class ListEndpoint:
    """Answers every GET with its list and every POST with 200."""

    def __init__(self, address, names=()):
        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            endpoint = self

        self.asked = []
        self.changed = threading.Condition()
        self.gate = threading.Event()
        self.gate.set()
        self.set(*names)
        self.server = Server(address, Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def set(self, *names):
        data = [{"id": name, "object": "model"} for name in names]
        self.set_answer(200, json.dumps({"object": "list", "data": data}).encode())

    def set_answer(self, status, body):
        self.answer = status, body

    def wait_for_questions(self, count, seconds=15):
        """Returns when the gateway has asked that often from now on."""
        with self.changed:
            goal = len(self.asked) + count
            assert self.changed.wait_for(lambda: len(self.asked) >= goal, seconds)

    def stop(self):
        self.gate.set()
        self.server.shutdown()
        self.server.server_close()
