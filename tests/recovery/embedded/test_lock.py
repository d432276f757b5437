import os
import signal
import subprocess
import sys

from recovery.embedded.lock import Lock


def test_one_holds_it_and_says_who(tmp_path):
    first, second = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")

    assert first.take("the web server at http://127.0.0.1:8000")
    assert not second.take("another")
    assert second.note() == "the web server at http://127.0.0.1:8000"

    first.release()
    assert second.take("short")
    assert first.note() == "short"
    second.release()


def test_nobody_has_held_it_yet(tmp_path):
    assert Lock(tmp_path / "lock").note() == ""


def test_it_ends_with_its_holder_however_that_ends(tmp_path):
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]);"
        "from lock import Lock; print(Lock(Path(sys.argv[1])).take('it'), flush=True);"
        "sys.stdin.read()"
    )
    home = os.path.dirname(sys.modules[Lock.__module__].__file__)
    words = [sys.executable, "-c", code, str(tmp_path / "lock"), home]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(words, **pipes) as holder:
        assert holder.stdout.readline() == b"True\n"
        assert not Lock(tmp_path / "lock").take("us")
        holder.send_signal(signal.SIGKILL)

    lock = Lock(tmp_path / "lock")
    assert lock.take("us")
    lock.release()


def test_a_file_its_holder_removed_is_not_the_lock(tmp_path):
    """Two processes that each hold a file of that name would both think it theirs."""
    first, second = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")
    assert first.take("first")
    first.path.unlink()

    assert second.take("second")
    assert not Lock(tmp_path / "lock").take("third")
    first.release()
    second.release()


def test_a_folder_that_was_removed_has_no_lock_to_take(tmp_path):
    assert not Lock(tmp_path / "gone" / "lock").take("us")
