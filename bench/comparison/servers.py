"""The servers that are compared: how each is built or installed, started, asked and stopped."""

import hashlib
import json
import math
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

from . import machine
from .load import post
from .paths import MODEL, OUT, PEERS, ROOT, BenchFailure

START_SECONDS = 90
STOP_SECONDS = 20
GOLDEN = json.loads((MODEL / "golden.jsonl").read_text().partition("\n")[0])

# What Netty answers when Evenkeel takes no part in the run.
SAMPLE_ANSWER = json.dumps(
    {
        "id": "d6402813-a5e3-4c8b-b2c1-86c3b416dc18",
        "model": "breast-cancer",
        "version": "1",
        "contract": "979297adecbd",
        "prediction": GOLDEN["prediction"],
        "degraded": False,
        "warnings": [],
    },
    separators=(",", ":"),
).encode()


class Server:
    """One server of the comparison. It listens on 127.0.0.1 only, on free ports, in a process group of its own."""

    name = ""
    title = ""
    path = "/v1/predict"
    working_folder = OUT
    # Where the kernel shares processors out between sessions, as autogroup does, a load in another session interrupts the server
    # with each answer, as no caller from elsewhere would. In one session, threads are equals.
    own_session = False

    def __init__(self):
        self.process = None
        self.folder = OUT / "run" / self.name
        self.body_file = self.folder / "body.json"

    def prepare(self):
        """Builds or installs what the server needs, if that is not done yet."""

    def command(self):
        raise NotImplementedError

    def environment(self):
        return {"MODEL_FOLDER": str(MODEL), "PORT": str(self.port)}

    def body(self):
        return {"instance": GOLDEN["instance"]}

    def probabilities(self, answer):
        return list(answer["prediction"]["probabilities"].values())

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}{self.path}"

    def start(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.body_file.write_text(json.dumps(self.body()))
        self.port = free_port()
        command = self.command()
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.working_folder,
                env={**os.environ, **self.environment()},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=self.own_session,
                process_group=None if self.own_session else 0,
            )
        self.check()

    def await_answer(self):
        """An answer's bytes. A server that has just started, on a machine that is full, may refuse a request or two."""
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                return post(self.url, self.body_file.read_bytes())
            except OSError as failure:
                if self.process.poll() is not None:
                    raise BenchFailure(f"{self.title} ended at once:\n{self.log_tail()}") from failure
                if time.monotonic() > end:
                    raise BenchFailure(f"{self.title} does not answer ({failure}):\n{self.log_tail()}") from failure
            time.sleep(0.2)

    def check(self):
        """Compares one answer with the training library's own. Returns the answer's bytes."""
        answer = self.await_answer()
        expected = list(GOLDEN["prediction"]["probabilities"].values())
        got = self.probabilities(json.loads(answer))
        if not all(math.isclose(e, g, abs_tol=GOLDEN["tolerance"]) for e, g in zip(expected, got, strict=True)):
            raise BenchFailure(f"{self.title} predicts {got}, not {expected}")
        return answer

    def compiler_seconds(self):
        """CPU time of the JVM's compilers, of those that are there. Nothing without a JVM."""
        return machine.thread_ticks(self.process.pid, ("C1 Compiler", "C2 Compiler")) / machine.TICKS

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            # The group is this server's alone, so it holds nothing but the server and its workers.
            os.killpg(self.process.pid, 9)
            self.process.wait(STOP_SECONDS)

    def log_tail(self):
        lines = (self.folder / "log").read_text(errors="replace").splitlines()
        return "\n".join(lines[-30:])


class Evenkeel(Server):
    name = "evenkeel"
    title = "Evenkeel"
    # Where a user starts it: there it finds models/ and config/.
    working_folder = ROOT
    jvm_arguments = ()
    settings = ()

    def __init__(self, jar):
        super().__init__()
        self.jar = jar
        self.management_port = None
        self.state = None

    def prepare(self):
        if self.jar is None:
            run("build of Evenkeel", [*maven("pom.xml"), "-DskipTests", "package"], ROOT)
            jars = [jar for jar in (ROOT / "target").glob("evenkeel-*.jar") if not jar.stem.endswith(("sources", "javadoc"))]
            if len(jars) != 1:
                raise BenchFailure(f"Expected one target/evenkeel-*.jar, found {len(jars)}. Try mvn clean first.")
            self.jar = jars[0]

    def command(self):
        self.management_port = free_port()
        self.state = tempfile.TemporaryDirectory(prefix="evenkeel-bench-")
        return [
            *java(),
            *self.jvm_arguments,
            "-jar",
            str(self.jar.resolve()),
            f"--server.port={self.port}",
            f"--management.server.port={self.management_port}",
            "--server.address=127.0.0.1",
            "--management.server.address=127.0.0.1",
            # A file as everywhere, but several servers start in the same folder, and none has anything to remember.
            f"--evenkeel.state.url=jdbc:h2:file:{self.state.name}/evenkeel",
            *self.settings,
        ]

    def check(self):
        answer = super().check()
        served = json.loads(answer)
        if (served["model"], served["version"]) != (MODEL.parent.name, MODEL.name):
            raise BenchFailure(f"/v1/predict answers with {served['model']} {served['version']}; the peers run "
                               f"{MODEL.parent.name} {MODEL.name}")
        return answer


class NettyConstant(Server):
    name = "netty"
    title = "Netty, constant answer"

    answer = SAMPLE_ANSWER

    def prepare(self):
        if machine.boot_version("bench/pom.xml") != machine.boot_version("pom.xml"):
            raise BenchFailure("bench/pom.xml has another Spring Boot than pom.xml, so another Netty. Make them equal.")
        build_java()

    def command(self):
        body = self.folder / "answer.json"
        body.write_bytes(self.answer)
        return [*bench_java("NettyConstant"), str(self.port), str(body)]


class Fastify(Server):
    name = "fastify"
    title = "Fastify + onnxruntime-node, 2 workers"
    home = PEERS / "fastify"

    def prepare(self):
        once(
            "npm ci for Fastify",
            [self.home / "package-lock.json"],
            self.home / "node_modules",
            # The packages' install scripts would download; what is needed is in the packages.
            lambda: run("npm ci", ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], self.home),
        )

    def command(self):
        return ["node", str(self.home / "server.js")]


class PythonPeer(Server):
    @property
    def home(self):
        return PEERS / self.name

    @property
    def venv(self):
        return OUT / "venv" / self.name

    def prepare(self):
        once(f"Python packages of {self.name}", [self.home / "requirements.txt"], self.venv, self.install)

    def install(self):
        make_venv(self.venv, self.home / "requirements.txt")


class FastApi(PythonPeer):
    name = "fastapi"
    title = "FastAPI + onnxruntime, 2 workers"

    def command(self):
        return [
            str(self.venv / "bin" / "uvicorn"),
            *("--app-dir", str(self.home), "server:app", "--host", "127.0.0.1", "--port", str(self.port)),
            *("--workers", "2", "--loop", "uvloop", "--http", "httptools"),
            *("--no-access-log", "--log-level", "warning"),
        ]


class MlServer(PythonPeer):
    name = "mlserver"
    title = "MLServer + onnxruntime"
    path = "/v2/models/breast-cancer/infer"

    def command(self):
        return [str(self.venv / "bin" / "mlserver"), "start", str(self.home)]

    def environment(self):
        return {
            **super().environment(),
            "MLSERVER_HTTP_PORT": str(self.port),
            "MLSERVER_GRPC_PORT": str(free_port()),
            "MLSERVER_METRICS_PORT": str(free_port()),
        }

    def body(self):
        row = list(GOLDEN["instance"].values())
        return {"inputs": [{"name": "X", "shape": [1, len(row)], "datatype": "FP32", "data": row}]}

    def probabilities(self, answer):
        return answer["outputs"][0]["data"]


def all_servers(jar):
    """In the order of a round. Evenkeel comes first, because Netty's answer is as long as Evenkeel's."""
    return [Evenkeel(jar), NettyConstant(), Fastify(), FastApi(), MlServer()]


def java():
    return [str(machine.jdk() / "bin" / "java"), *machine.pom_property("evenkeel.jvm.arguments").split()]


def build_java():
    run("build of the Java benchmarks", [*maven("bench/pom.xml"), "-DskipTests", "package"], ROOT)


def bench_java(program):
    """How a program of the Java benchmarks is started."""
    return [*java(), "-cp", f"{OUT / 'java' / 'classes'}:{OUT / 'java' / 'lib'}/*", f"io.evenkeel.bench.{program}"]


def make_venv(folder, requirements):
    shutil.rmtree(folder, ignore_errors=True)
    run("venv", [sys.executable, "-m", "venv", str(folder)], ROOT)
    run("pip install", [str(folder / "bin" / "pip"), "install", "--quiet", "--no-deps", "-r", str(requirements)], ROOT)


def maven(pom):
    return ["mvn", "-q", "-B", "-ntp", "-Dspotless.check.skip", "-f", str(ROOT / pom)]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def once(what, sources, result, make):
    """Makes a folder unless it was made before from the same sources."""
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    stamp = result / ".made-from"
    if stamp.exists() and stamp.read_text() == digest:
        return
    print(f"{what} …", flush=True)
    make()
    stamp.write_text(digest)


def run(what, command, folder):
    try:
        ended = subprocess.run(command, cwd=folder, env={**os.environ, "JAVA_HOME": str(machine.jdk())},
                               stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600)
    except FileNotFoundError:
        raise BenchFailure(f"{what}: there is no program {command[0]} on this machine") from None
    if ended.returncode != 0:
        raise BenchFailure(f"{what} failed:\n{(ended.stdout + ended.stderr)[-3000:]}")
