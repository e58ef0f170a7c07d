"""Steady requests to one model while 1000 connections dribble, and others send oversized headers, gzip bombs and deep JSON."""

import gzip
import selectors
import socket
import threading
import time

from . import client
from .goals import Goal, median
from .subject import Subject

PER_SECOND = 300
BUDGET_MS = 50
CONNECTIONS = 1000
BYTE_SECONDS = 1.0
ATTACK_SECONDS = 30  # No connection may be slow for longer than 15: so each is dropped, and comes again.
DEPTH = 100_000
HEAD = b"POST /v1/predict HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"


def run(bench):
    rounds = [one_round(bench, number) for number in bench.numbers]
    figures = {"requestsPerSecond": PER_SECOND, "budgetMillis": BUDGET_MS, "connections": CONNECTIONS,
               **{key: median(rounds, key) for key in rounds[0]}, "rounds": rounds}
    return figures, [
        Goal("p99 of normal requests during the attack, as a part of the budget", figures["p99During"] / BUDGET_MS, at_most=1),
        Goal("normal requests that were not answered within the budget, of all", figures["notServed"], at_most=0.001, digits=4),
        Goal("what attackers were answered other than 4xx", figures["wrongAnswers"], at_most=0, digits=0),
    ]


def one_round(bench, number):
    with Subject(bench, "slow") as subject:
        options = {"warmup": (PER_SECOND, bench.warmup or 1), "deadline_ms": BUDGET_MS, "connections": 64}
        before = client.open_loop(subject, steps=[(PER_SECOND, bench.short_seconds)], **options)["steps"][0]
        attack = Attack(subject.port)
        attack.start()
        during = client.open_loop(subject, steps=[(PER_SECOND, ATTACK_SECONDS)], **{**options, "warmup": (PER_SECOND, 2)})
        attack.end.set()
        attack.join()
    step = during["steps"][0]
    one = {"p99Before": client.latency(before, 200, "p99"), "p99During": client.latency(step, 200, "p99"),
           "notServed": round(1 - client.count(step, 200) / step["due"], 5), "dropped": attack.dropped,
           "bombs": attack.bombs, "wrongAnswers": attack.wrong}
    bench.say(f"round {number}  p99 {one['p99Before']} ms before, {one['p99During']} ms during; {one['notServed']:.3%} not served; "
              f"{one['dropped']} dribbling connections dropped, {one['bombs']} bombs refused", during)
    return one


class Attack(threading.Thread):
    """Keeps its connections open for as long as it can, a byte a second, and sends a bomb of each kind in between."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port = port
        self.end = threading.Event()
        self.dropped = self.bombs = self.wrong = 0
        self.bomb_bodies = [
            HEAD + b"Content-Encoding: gzip\r\n" + body(gzip.compress(bytes(8 << 20))),
            HEAD + body(b'{"instance":' + b"[" * DEPTH + b"]" * DEPTH + b"}"),
            HEAD + b"X-Large: " + b"a" * 100_000 + b"\r\n\r\n",
        ]

    def run(self):
        lines = [self.connect(number) for number in range(CONNECTIONS)]
        while not self.end.is_set():
            begun = time.monotonic()
            lines = [self.dribble(line, number) for number, line in enumerate(lines)]
            for bomb in self.bomb_bodies:
                self.send(bomb)
            self.end.wait(max(0.0, BYTE_SECONDS - (time.monotonic() - begun)))
        for line in lines:
            line.close()

    def connect(self, number):
        line = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        line.sendall(HEAD + b"Content-Length: 100000\r\n\r\n{" if number % 2 else b"POST /v1/predict HTTP/1.1\r\nX: ")
        line.setblocking(False)
        return line

    def dribble(self, line, number):
        try:
            line.send(b" ")
            if line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b"":
                raise ConnectionError
        except BlockingIOError:
            return line
        except OSError:
            self.dropped += 1
            line.close()
            return self.connect(number)
        return line

    def send(self, bomb):
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            try:
                line.sendall(bomb)
            except OSError:
                pass  # Refused before it was sent to its end.
            with selectors.DefaultSelector() as selector:
                selector.register(line, selectors.EVENT_READ)
                answer = b""
                try:
                    answer = line.recv(12) if selector.select(10) else b""
                except OSError:
                    pass  # Closed on it.
        self.bombs += 1
        self.wrong += not (answer == b"" or answer.startswith(b"HTTP/1.1 4"))


def body(content):
    return b"Content-Length: " + str(len(content)).encode() + b"\r\n\r\n" + content
