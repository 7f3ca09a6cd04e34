"""A page's server for a test, and asking it."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess

from common import NIANBAO, SAMPLES, CommandTest

SAMPLE = os.path.join(SAMPLES, "district-statistics-bureau.json")


def read(path):
    with open(path, "rb") as file:
        return file.read()


class ServeTest(CommandTest):
    options = ()

    def setUp(self):
        super().setUp()
        os.mkdir(self.path("drafts"))
        self.start()
        self.addCleanup(self.stop)

    def start(self, environment=None, **more):
        options = [self.path("drafts") if word == "DRAFTS" else word for word in self.options]
        self.process = subprocess.Popen([NIANBAO, "serve", *options], stdout=subprocess.PIPE,
                                        env={**os.environ, **(environment or {})}, **more)
        line = self.process.stdout.readline().decode("utf-8")
        self.port = int(re.search(r"http://[^/]*:(\d+)/", line)[1])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.process.wait(60), 0)
        self.process.stdout.close()

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, names)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, data, answer.headers

    def expect_status(self, wanted, method, path, body=None, **headers):
        status, data, headers = self.ask(method, path, body, **headers)
        self.assertEqual(status, wanted, (method, path, data[:200]))
        return data, headers

    def expect_json(self, wanted, method, path, body=None, **headers):
        return json.loads(self.expect_status(wanted, method, path, body, **headers)[0])

    def send_raw(self, *parts):
        """What comes back first for bytes that are sent as they are."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            try:
                for part in parts:
                    connection.sendall(part)
            except OSError:
                pass
            return connection.recv(100)
