import asyncio
import time
import tracemalloc

import pytest

from baseline.collectors.ssh.connection import connect
from baseline.collectors.ssh.execution import execute

pytestmark = pytest.mark.sshd


def run(server, command, **arguments):
    async def scenario():
        async with connect(server.target(), server.settings()) as connection:
            return await execute(
                connection, command, **({"timeout_seconds": 10, "maximum_output_bytes": 1_000_000} | arguments)
            )

    return asyncio.run(scenario())


def test_outputs_and_exit_status_come_back_apart(openssh):
    result = run(openssh, "echo out; echo err >&2; exit 3")
    assert (result.stdout, result.stderr, result.exit_status, result.signal) == (b"out\n", b"err\n", 3, "")


def test_input_is_fed_and_ended(openssh):
    assert run(openssh, "sh -s", input=b"printf '%s' one; cat /dev/null").stdout == b"one"
    assert run(openssh, "wc -c", input=b"x" * 3_000_000).stdout.strip() == b"3000000"
    assert run(openssh, "cat").stdout == b""


def test_any_bytes_pass_unchanged(openssh):
    data = bytes(range(256)) * 100
    assert run(openssh, "cat", input=data).stdout == data


def test_a_signal_is_named(openssh):
    result = run(openssh, "kill -TERM $$")
    assert (result.exit_status, result.signal) == (None, "TERM")


def test_a_command_that_does_not_end_is_stopped(openssh, failure):
    started = time.monotonic()
    error = failure(asyncio.to_thread(run, openssh, "sleep 60", timeout_seconds=0.5))
    assert error.code == "timeout"
    assert "'sleep 60'" in error.message
    assert time.monotonic() - started < 5


def test_a_long_command_is_shortened_in_messages(openssh, failure):
    error = failure(asyncio.to_thread(run, openssh, "sleep 60 # " + "x" * 500, timeout_seconds=0.2))
    assert len(error.message) < 200


def test_output_is_bounded_over_both_streams(openssh, failure):
    assert len(run(openssh, "head -c 600 /dev/zero", maximum_output_bytes=600).stdout) == 600
    error = failure(
        asyncio.to_thread(
            run, openssh, "head -c 400 /dev/zero; head -c 400 /dev/zero >&2; sleep 9", maximum_output_bytes=600
        )
    )
    assert error.code == "too_much_output"


def test_a_flood_costs_no_more_memory_than_the_bound(openssh, failure):
    bound = 2_000_000
    tracemalloc.start()
    try:
        started = time.monotonic()
        error = failure(asyncio.to_thread(run, openssh, "yes", maximum_output_bytes=bound))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert error.code == "too_much_output"
    assert peak < 5 * bound
    assert time.monotonic() - started < 10


def test_a_connection_that_is_lost_names_the_command(openssh, failure):
    error = failure(asyncio.to_thread(run, openssh, "echo started; kill -KILL $PPID; sleep 9"))
    assert error.code == "disconnected"
    assert "echo started" in error.message


def test_several_commands_run_over_one_connection_at_once(openssh):
    async def scenario():
        async with connect(openssh.target(), openssh.settings()) as connection:
            bounds = {"timeout_seconds": 10, "maximum_output_bytes": 100}
            results = await asyncio.gather(*(execute(connection, f"echo {n}", **bounds) for n in range(5)))
            return [result.stdout for result in results]

    assert asyncio.run(scenario()) == [b"0\n", b"1\n", b"2\n", b"3\n", b"4\n"]
