"""Two kernels of one server, and what each of them cannot do."""

import contextlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from forkgrade.forkserver.client import ForkServer
from forkgrade.forkserver.kernel import Exit
from forkgrade.forkserver.messages import Closed, NotPlain
from forkgrade.sandbox import bubblewrap, kernel_process, limits
from tests.forkgrade.conftest import copy_packages
from tests.forkgrade.kernels import echo, eventually, needs_bubblewrap, processes

pytestmark = needs_bubblewrap

COMM = "import ctypes; ctypes.CDLL(None).prctl(15, b'{}', 0, 0, 0)\n"  # a name for this process


def test_neither_reads_what_the_other_wrote(server):
    with server.kernel() as one, server.kernel() as two:
        for place in (".", "/tmp", "/dev/shm"):
            assert echo(one, f"open('{place}/mine', 'w').write('secret')") == "6"
            assert "FileNotFoundError" in echo(two, f"open('{place}/mine').read()")


def test_neither_sees_signals_or_traces_the_other(server):
    with server.kernel() as one, server.kernel() as two:
        echo(one, COMM.format("victim"))
        (outside,) = processes("victim")
        seen = echo(two, "import os\nprint(sorted(filter(str.isdigit, os.listdir('/proc'))))")
        assert len(eval(seen)) == 1 and str(outside) not in seen, "only itself"
        for number in (*range(2, 12), outside):
            assert "ProcessLookupError" in echo(two, f"os.kill({number}, 9)")
        attached = echo(two, f"import ctypes\nprint(ctypes.CDLL(None).ptrace(16, {outside}, 0, 0))")
        assert attached.strip() == "-1"
        echo(two, "os.kill(-1, 9)")  # everybody it can reach
        with contextlib.suppress(Closed):
            echo(two, "os.kill(0, 9)")  # its process group
        assert echo(one, "1 + 1") == "2"
        with server.kernel() as three:
            assert echo(three, "1 + 1") == "2"


def test_neither_fills_the_disk_of_the_other(server):
    limits = {"scratch": 4 * 2**20}
    with server.kernel(limits=limits) as one, server.kernel(limits=limits) as two:
        for place in (".", "/tmp", "/dev/shm"):
            assert "OSError" in echo(one, f"with open('{place}/full', 'wb') as file:\n"
                                          "    for _ in range(8): file.write(bytes(2**20))")
        assert echo(two, "open('full', 'wb').write(bytes(2**20))") == "1048576"


@pytest.mark.parametrize("code", [
    *(f"import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nif libc.{call} < 0:\n"
      "    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))" for call in (
          "shmget(4711, 4096, 0o1666)", "msgget(4711, 0o1666)", "semget(4711, 1, 0o1666)",
          "vmsplice(1, None, 0, 0)", "syscall(250, 0, -3)")),
    "os.memfd_create('x')", "import mmap\nmmap.mmap(-1, 4096)"])
def test_memory_of_no_process_is_refused(kernel, code):
    assert "Function not implemented" in kernel.ask(
        {"do": "execute", "code": "import os\n" + code})["outputs"][0]["evalue"]


def test_private_memory_and_shared_files_are_not_refused(kernel):
    code = ("import mmap\nmmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)\n"
            "with open('x', 'w+b') as file:\n    file.write(bytes(4096))\n    file.flush()\n"
            "    shared = mmap.mmap(file.fileno(), 4096)\nshared[0] = 7\nopen('x', 'rb').read()[0]")
    assert echo(kernel, code) == "7"


def test_a_device_gives_no_memory_of_no_process(kernel):
    assert echo(kernel, "import mmap, os\nfile = os.open('/dev/zero', os.O_RDWR)\n"
                        "try:\n    mmap.mmap(file, 4096)\nexcept OSError as error:\n"
                        "    print('refused')").strip() == "refused"


def test_there_is_no_second_user_namespace_with_all_rights(kernel):
    code = "import ctypes\nctypes.CDLL(None).unshare({})"
    for flags in ("0x10000000", "0x10020000"):
        assert echo(kernel, code.format(flags)) == "-1"


def test_terminals_are_apart(server):
    with server.kernel() as one, server.kernel() as two:
        assert echo(one, "import os\nos.ttyname(os.openpty()[1])") == "'/dev/pts/0'"
        assert echo(two, "import os\nos.listdir('/dev/pts')") == "['ptmx']"


def test_what_all_kernels_see_none_can_write_even_as_the_same_user(server):
    ours = str(Path(bubblewrap.__file__).parent)
    places = ["/", "/dev", *bubblewrap.SYSTEM, ours]
    with server.kernel() as kernel:
        mounts = echo(kernel, "print(open('/proc/self/mounts').read())")
    options = {line.split()[1]: line.split()[3] for line in mounts.splitlines() if line}
    assert all("ro" in options[place].split(",") for place in places if place in options)
    assert {"/", "/dev", ours} < set(options)


@pytest.mark.parametrize("family, works", [(1, True), (2, True), (10, True), (16, True),
                                           (17, False), (38, False), (40, False), (44, False)])
def test_sockets_are_of_families_that_namespaces_hold(kernel, family, works):
    code = f"import ctypes\nctypes.CDLL(None).socket({family}, 2, 0) >= 0"
    assert echo(kernel, code) == str(works)


def test_nobody_takes_all_terminals(kernel):
    assert echo(kernel, "import os\nfor number in range(100):\n    os.openpty()") == "OSError"


def test_too_many_sockets_end_a_kernel(server):
    with server.kernel(limits={"sockets": 50}) as kernel:
        assert echo(kernel, "import socket\n"
                            "kept = [socket.socketpair() for _ in range(20)]\n1") == "1"
        with pytest.raises(Closed):
            echo(kernel, "kept += [socket.socketpair() for _ in range(20)]\n"
                         "import time\ntime.sleep(5)")
        assert kernel.exit_reason() == Exit("sockets")


def test_without_a_sandbox_the_sockets_of_the_machine_are_not_the_kernels():
    with contextlib.ExitStack() as stack:
        for _ in range(30):
            for end in socket.socketpair():
                stack.enter_context(end)
        server = stack.enter_context(ForkServer(sandbox=False))
        with server.kernel(limits={"sockets": 40}) as kernel:
            assert echo(kernel, "import time\ntime.sleep(0.5)\n1") == "1"


def test_a_reply_that_comes_byte_by_byte_is_not_waited_for(server):
    drip = ("import os, struct, time\nfd = next(int(f) for f in os.listdir('/proc/self/fd')\n"
            "    if os.path.exists('/proc/self/fd/' + f)\n"
            "    and 'socket:' in os.readlink('/proc/self/fd/' + f))\n"
            "os.write(fd, struct.pack('!I', 2**20))\nwhile True:\n    time.sleep(0.2)\n"
            "    os.write(fd, b' ')")
    with server.kernel() as kernel, pytest.raises(NotPlain, match="only a part"):
        echo(kernel, drip, timeout=2)


def test_shared_memory_in_files_works_and_is_bounded(server):
    fill = ("from multiprocessing.shared_memory import SharedMemory\n"
            "for number in range({}):\n    made = SharedMemory(create=True, size=2**20)\n"
            "    made.buf[:] = bytes(2**20)\nnumber")
    with server.kernel(limits={"scratch": 4 * 2**20}) as kernel:
        assert echo(kernel, fill.format(2)) == "1"
        with pytest.raises(Closed):
            echo(kernel, fill.format(9))
        assert kernel.exit_reason() == Exit("signal", signal="SIGBUS")


def test_there_is_no_network_and_no_way_to_the_host(kernel):
    with socket.socket() as listener, socket.socket(socket.AF_UNIX) as abstract:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        abstract.bind("\0plain-sight-test")
        abstract.listen()
        port = listener.getsockname()[1]
        connect = "import socket\nsocket.create_connection(('127.0.0.1', {}), 2)"
        assert "Error" in echo(kernel, connect.format(port))
        assert "Error" in echo(kernel, "socket.socket(socket.AF_UNIX)"
                                       ".connect('\\0plain-sight-test')")
        assert "Error" in echo(kernel, "socket.create_connection(('192.0.2.1', 80), 2)")


def test_a_notebooks_own_server_answers_on_loopback_and_nobody_elses(server):
    serve = ("import socket, threading\nlistener = socket.create_server(('127.0.0.1', 8000))\n"
             "def answer():\n    connection, _ = listener.accept()\n"
             "    connection.sendall(connection.recv(9))\n"
             "threading.Thread(target=answer, daemon=True).start()")
    ask = ("import socket\nwith socket.create_connection(('localhost', 8000), 2) as one:\n"
           "    one.sendall(b'hello')\n    print(one.recv(9))")
    with server.kernel() as one, server.kernel() as two:
        echo(one, serve)
        assert echo(two, ask) == "ConnectionRefusedError"
        assert echo(one, ask) == "b'hello'\n"
        assert echo(one, "socket.gethostbyname(socket.gethostname())") == "'127.0.0.1'"
        assert echo(one, "socket.gethostbyname('example.com')") == "gaierror"
        assert echo(one, "socket.create_server(('::1', 0), family=socket.AF_INET6).close()") == ""


def test_buffers_on_loopback_are_small(kernel):
    code = ("import socket\nlistener = socket.create_server(('127.0.0.1', 0))\n"
            "one = socket.create_connection(listener.getsockname())\nother, _ = listener.accept()\n"
            "one.setblocking(False)\nsent = 0\ntry:\n    while True: sent += one.send(bytes(65536))"
            "\nexcept BlockingIOError: print(sent < 2**20)")
    assert echo(kernel, code) == "True\n"


def test_connections_that_nobody_accepts_count_as_sockets(server):
    with server.kernel(limits={"sockets": 50}) as kernel:
        with pytest.raises(Closed):
            echo(kernel, "import socket, time\n"
                         "listener = socket.create_server(('127.0.0.1', 0), backlog=200)\n"
                         "for _ in range(60):\n"
                         "    one = socket.create_connection(listener.getsockname())\n"
                         "    one.sendall(bytes(9999))\n    one.close()\ntime.sleep(5)")
        assert kernel.exit_reason() == Exit("sockets")


def test_where_a_machine_covers_its_processes_each_kernel_sees_itself_alone(monkeypatch):
    whole = bubblewrap.command
    covered = ["--ro-bind", "/dev/null", f"{bubblewrap.PROC}/cpuinfo", "--remount-ro"]

    def command(words, private, suites):
        found = whole(words, private, suites)
        place = len(found) - 1 - found[::-1].index("--remount-ro")
        return [*found[:place], *covered, *found[place + 1:]]

    monkeypatch.setattr(bubblewrap, "command", command)
    with ForkServer() as short, short.kernel() as one, short.kernel() as two:
        for kernel in (one, two):
            seen = echo(kernel, "import os\nprint([int(name) for name in os.listdir('/proc') if "
                                "name.isdigit()], os.listdir('/proc/self/task'))")
            assert len(eval(seen.partition("]")[0] + "]")) == 1 and "[1]" not in seen
            assert "Error" in echo(kernel, f"os.listdir('{bubblewrap.PROC}')")


def test_it_reads_nothing_of_the_host(kernel, tmp_path):
    (tmp_path / "gradebook.db").write_text("marks")
    home = os.path.expanduser("~/.profile")
    for path in (tmp_path / "gradebook.db", home, "/etc/shadow", "/proc-outside/1/environ"):
        assert "Error" in echo(kernel, f"open({str(path)!r}).read()")
    assert "ModuleNotFoundError" in echo(kernel, "import forkgrade.judge")
    lab = echo(kernel, "from course_utils.checks import lab01\nprint(open(lab01.__file__).read())")
    assert "stand_in" in lab and "Check(" not in lab, "no expected answers"


def test_what_looks_at_its_own_processes_works(kernel):
    look = ("import multiprocessing, os, psutil\nprint(psutil.Process().memory_info().rss > 0)\n"
            "def number(_):\n    return psutil.Process().pid == os.getpid() != 1\n"
            "print(multiprocessing.get_context('fork').Pool(2).map(number, [0, 1]), "
            "len(psutil.pids()) < 9)")
    seen = echo(kernel, look)
    if not echo(kernel, "print(os.path.exists('/proc/1/ns'))") == "True\n":
        pytest.skip("this machine covers parts of its /proc")
    assert seen.split() == ["True", "[True,", "True]", "True"], seen


def test_it_writes_nowhere_else(kernel):
    tried = echo(kernel, """
import os, sys
wrote = []
for place, folders, files in os.walk('/'):
    if place.startswith(('/proc', '/sys', '/job', '/tmp', '/dev')) or place.count('/') > 4:
        folders[:] = []
        continue
    try:
        open(place + '/x', 'w').close()
        wrote.append(place)
    except OSError:
        pass
print(wrote, os.access(sys.executable, os.W_OK))""")
    assert tried.strip() == "[] False"


def test_it_has_no_rights_to_win_back(kernel):
    assert echo(kernel, "import os\nos.getuid() != 0") == "True"
    assert "Error" in echo(kernel, "os.setuid(0)")
    libc = "import ctypes\nlibc = ctypes.CDLL(None)\n"
    assert echo(kernel, libc + "libc.mount(b'x', b'/tmp', b'tmpfs', 0, None)") == "-1"
    status = echo(kernel, "print(open('/proc/self/status').read())")
    assert "CapEff:\t0000000000000000" in status and "NoNewPrivs:\t1" in status


def test_a_fork_bomb_ends_at_its_limit_and_harms_nobody(server):
    with server.kernel() as neighbour, server.kernel(limits={"processes": 20}) as bomb:
        echo(neighbour, "x = 1")
        try:
            echo(bomb, "import os\nwhile True: os.fork()", timeout=30)
            bomb.close()
        except (Closed, TimeoutError):
            pass
        assert echo(neighbour, "import os\nos.fork() and x") == "1"


needs_own_count = pytest.mark.skipif(not limits.counts_processes_apart(),
                                     reason="this Linux does not count processes for each kernel")


@needs_own_count
@pytest.mark.parametrize("code, error", [
    ("from multiprocessing import Pool\npool = Pool(40)", "BlockingIOError"),
    ("import threading, time\nfor _ in range(40): "
     "threading.Thread(target=time.sleep, args=(1,), daemon=True).start()", "RuntimeError"),
    ("import subprocess\nkept = [subprocess.Popen(['sleep', '1']) for _ in range(40)]",
     "BlockingIOError"),
    ("import os\ntry:\n    while os.fork(): pass\n    os._exit(0)\n"
     "except OSError as error: raise ValueError from error", "ValueError"),
    ("import os\nfor _ in range(99): os.system('true &')\n"
     "import subprocess\nkept = [subprocess.Popen(['sleep', '1']) for _ in range(2)]",
     "BlockingIOError"),
])
def test_one_process_too_many_costs_its_cell_and_the_limit_is_named(server, code, error):
    with server.kernel(limits={"processes": 20}) as kernel:
        said = echo(kernel, code)
        assert error in said and "20 processes and threads" in said and "--processes" in said
        assert echo(kernel, "1 + 1") == "2"


@needs_own_count
def test_many_threads_leave_memory_for_the_cells_that_follow(kernel):
    said = echo(kernel, "import threading\nstop = threading.Event()\nfor _ in range(300): "
                        "threading.Thread(target=stop.wait, daemon=True).start()")
    assert "RuntimeError" in said and "256 processes and threads" in said
    assert echo(kernel, "stop.set()\nx = bytearray(500 * 2**20)\nlen(x) > 5") == "True"


@needs_own_count
def test_a_pool_for_each_of_many_cores_works(kernel):
    assert echo(kernel, "from multiprocessing import Pool\n"
                        "with Pool(64) as pool: print(sum(pool.map(abs, range(9))))") == "36\n"


@needs_own_count
def test_the_processes_of_one_kernel_do_not_count_for_another(server):
    with server.kernel(limits={"processes": 20}) as one, server.kernel() as two:
        assert "BlockingIOError" in echo(one, "from multiprocessing import Pool\npool = Pool(40)")
        with server.kernel(limits={"processes": 20}) as three:
            for kernel in (two, three):
                assert echo(kernel, "with __import__('multiprocessing').Pool(9) as pool: "
                                    "print(pool.map(abs, [1]))") == "[1]\n"


def test_where_linux_does_not_refuse_it_the_monitor_ends_a_kernel_with_too_many_processes():
    with ForkServer(sandbox=False) as server, server.kernel(limits={"processes": 5}) as kernel:
        with pytest.raises(Closed):
            echo(kernel, "import os, time\nfor _ in range(40):\n    if not os.fork():\n"
                         "        time.sleep(30)\ntime.sleep(30)")
        assert kernel.exit_reason() == Exit("processes")


@pytest.mark.parametrize("release, apart", [("6.18.44-fc", True), ("5.14.0-1.el9", True),
                                            ("5.4.0-generic", False), ("4.18.0-553.el8", False)])
def test_which_linux_counts_processes_for_each_kernel(release, apart):
    assert limits.counts_processes_apart(release) is apart


@pytest.mark.parametrize("code", [
    "x = bytearray(10 * 2**30)",
    "import numpy as np\nx = np.ones(10 * 2**27)",
])
def test_ten_gigabytes_are_refused(kernel, code):
    assert "MemoryError" in echo(kernel, code)


def test_memory_is_limited_for_all_its_processes_together(server):
    hog = "import os, time\nfor _ in range(6):\n    if not os.fork():\n" \
          "        x = bytearray(os.urandom(1)) * (60 * 2**20)\n        time.sleep(30)\n" \
          "time.sleep(30)"
    with server.kernel(limits={"memory": 200 * 2**20}) as kernel:
        with pytest.raises(Closed):
            echo(kernel, hog)
        assert kernel.exit_reason() == Exit("memory")


def test_memory_that_its_processes_share_counts_once(server):
    share = "import os, time\nx = bytearray(os.urandom(1)) * (60 * 2**20)\nfor _ in range(6):\n" \
            "    if not os.fork():\n        time.sleep(1)\n        os._exit(0)\n" \
            "for _ in range(6):\n    os.wait()\n1"
    with server.kernel(limits={"memory": 200 * 2**20}) as kernel:
        assert echo(kernel, share) == "1"


HIDE = ("import ctypes\nname = b'{}'\nctypes.CDLL(None).prctl(15, name, 0, 0, 0)\n"
        "try:\n    open('/proc/self/comm', 'wb').write(name)\nexcept OSError:\n    pass\n")


@pytest.mark.parametrize("name", [r"\xff", r"\xc2\xb2", ") R 1 1 1", r"a\nRssAnon:\t0 kB"])
def test_no_name_of_a_process_hides_it_or_harms_those_who_watch(server, name):
    limits = {"memory": 200 * 2**20}
    hog = HIDE.format(name) + (
        "import os, time\nfor _ in range(6):\n    if not os.fork():\n        exec(hide)\n"
        "        x = bytearray(os.urandom(1)) * (60 * 2**20)\n        time.sleep(30)\n"
        "time.sleep(30)")
    with server.kernel() as neighbour, server.kernel(limits=limits) as kernel:
        echo(neighbour, "x = 1")
        echo(kernel, f"hide = {HIDE.format(name)!r}")
        with pytest.raises(Closed):
            echo(kernel, hog)
        assert kernel.exit_reason() == Exit("memory")
        assert echo(neighbour, "x") == "1"


@pytest.mark.parametrize("code, end", [
    ("import os; os.abort()", Exit("signal", signal="SIGABRT")),
    ("import ctypes; ctypes.CDLL(None).abort()", Exit("signal", signal="SIGABRT")),
    ("import ctypes; ctypes.string_at(0)", Exit("signal", signal="SIGSEGV")),
    ("import os; os._exit(1)", Exit("exit", code=1)),
])
def test_the_reason_of_its_end_is_the_true_one(kernel, code, end):
    with pytest.raises(Closed):
        echo(kernel, code)
    assert kernel.exit_reason() == end


@pytest.mark.parametrize("sandbox", [True, False])
def test_a_failure_of_the_runner_is_told_as_one(sandbox):
    with ForkServer(sandbox=sandbox) as server, server.kernel() as kernel:
        with pytest.raises(Closed):
            echo(kernel, "from forkgrade.forkserver.requests import Requests\n"
                         "def fail(*_): raise KeyError('oh')\nRequests._run_loop = fail\n"
                         "import asyncio\nasyncio.get_event_loop().stop()")
            echo(kernel, "1")
        assert (kernel.exit_reason().end, kernel.exit_reason().code) == ("fault", 1)
        assert kernel.exit_reason().fault.startswith("KeyError in ")


def test_a_signal_without_a_name_has_a_number():
    assert kernel_process.exit_reason(40) == {"end": "signal", "signal": "signal 40"}


def test_computing_time_is_limited_for_all_its_processes_together(server):
    spin = "import os\nos.fork(); os.fork()\nwhile True: pass"
    with server.kernel(limits={"cpu": 1}) as kernel:
        with pytest.raises(Closed):
            echo(kernel, spin)
        assert kernel.exit_reason() == Exit("cpu")


def test_no_process_outlives_its_kernel(server):
    leave = ("import os, time, signal\nif not os.fork():\n    os.setsid()\n"
             "    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
             "    if not os.fork():\n        " + COMM.format("survivor").strip() +
             "\n        time.sleep(100)\n    os._exit(0)\ntime.sleep(0.2)")
    with server.kernel() as kernel:
        echo(kernel, leave)
        assert processes("survivor")
    assert eventually(lambda: not processes("survivor"))


def test_the_servers_end_is_the_end_of_all(server):
    with ForkServer() as short:
        kernel = short.kernel()
        echo(kernel, COMM.format("orphan"))
        assert processes("orphan")
        short.process.kill()
        assert eventually(lambda: not processes("orphan"))
        kernel.close()


def test_a_course_in_the_folder_for_temporary_files_works_too(tmp_path):
    folder = tmp_path / "a café"
    copy_packages(folder, ("weights", "results", "__pycache__"))
    code = ("from forkgrade.forkserver.client import ForkServer\n"
            "with ForkServer() as server, server.kernel() as kernel:\n"
            "    code = 'from course_utils.data import arguments; print(arguments.__file__)'\n"
            "    print(kernel.ask({'do': 'execute', 'code': code}, timeout=60)['outputs'])\n")
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, text=True,
                          capture_output=True, env={**os.environ, "PYTHONPATH": str(folder)})
    assert str(folder / "course_utils" / "data") in done.stdout, done.stdout + done.stderr


# joins a session keyring with a ticket in it, as a login does, and asks two kernels for it
KEYRING = """\
import ctypes
from forkgrade.forkserver.client import ForkServer
from tests.forkgrade.kernels import echo
libc = ctypes.CDLL(None)
joined = libc.syscall({keyctl}, 1, b"teacher") >= 0
added = libc.syscall({add_key}, b"user", b"ticket", b"of-the-teacher", 14, -3) >= 0
look = '''import ctypes
libc, found = ctypes.CDLL(None), ctypes.create_string_buffer(99)
key = libc.syscall({keyctl}, 10, -3, b"user", b"ticket", 0)
libc.syscall({keyctl}, 11, key, found, 99)
print(found.value)
made = libc.syscall({add_key}, b"user", b"ticket", b"of-the-first", 12, -3)'''
with ForkServer() as server, server.kernel() as one, server.kernel() as two:
    print(joined and added, echo(one, look), echo(two, look))
"""


@pytest.mark.skipif(os.uname().machine not in ("x86_64", "aarch64"), reason="other call numbers")
def test_no_kernel_reaches_the_teachers_keyring_nor_a_neighbours():
    keyctl, add_key = (250, 248) if os.uname().machine == "x86_64" else (219, 217)
    done = subprocess.run([sys.executable, "-c", KEYRING.format(keyctl=keyctl, add_key=add_key)],
                          capture_output=True, text=True, cwd=Path(__file__).parents[3])
    able, *seen = done.stdout.split() or [done.stderr]
    if able != "True":
        pytest.skip("this machine gives nobody a keyring")
    assert seen == ["b''", "b''"]
