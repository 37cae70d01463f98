#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""CPython's part in benchmarks/processes: its ProcessPoolExecutor, with processes that are spawned as Java's are.

Reads the names of disciplines from standard input, and for each prints a line of what it has measured. With the argument
"busy", keeps its workers busy until it is killed.
"""

import concurrent.futures
import multiprocessing
import os
import random
import re
import sys
import time

TURN_SECONDS = 0.5
BURST = 10_000
ECHOES = 50
STARTS = 3
MEGABYTE = 1 << 20
INTS = 1000
REST_SECONDS = 0.5
BUSY_SECONDS = 0.3


def one():
    return 1


def increment(number):
    return number + 1


def echo(value):
    return value


def spin():
    while True:
        pass


def open_pool(workers):
    context = multiprocessing.get_context("spawn")
    return concurrent.futures.ProcessPoolExecutor(workers, mp_context=context)


pools = {}


def pool(workers):
    if workers not in pools:
        pools[workers] = open_pool(workers)
    return pools[workers]


def again(once):
    """How many tasks, or items, are done in a second."""
    done = 0
    begin = now = time.perf_counter()
    while now - begin < TURN_SECONDS:
        done += once()
        now = time.perf_counter()
    return [done / (now - begin)]


def round_trips(executor, *call):
    def once():
        executor.submit(*call).result()
        return 1

    return again(once)


def bursts(executor):
    def once():
        futures = [executor.submit(increment, number) for number in range(BURST)]
        for future in futures:
            future.result()
        return BURST

    return again(once)


def maps(executor, chunk):
    items = BURST if chunk == 1 else chunk * BURST // 10
    numbers = list(range(items))

    def once():
        if sum(executor.map(increment, numbers, chunksize=chunk)) != items * (items + 1) // 2:
            raise AssertionError("the sum is another one")
        return items

    return again(once)


def echoes(executor, value):
    """How many milliseconds each takes."""
    times = []
    for _ in range(ECHOES):
        begin = time.perf_counter()
        if len(executor.submit(echo, value).result()) != len(value):
            raise AssertionError("another echo")
        times.append((time.perf_counter() - begin) * 1000)
    return times


def first_results():
    times = []
    for _ in range(STARTS):
        begin = time.perf_counter()
        with open_pool(1) as executor:
            executor.submit(one).result()
            times.append((time.perf_counter() - begin) * 1000)
    return times


def memory():
    with open_pool(1) as executor:
        pid = executor.submit(os.getpid).result()
        time.sleep(REST_SECONDS)
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            kilobytes = re.search(r"VmRSS:\s*(\d+) kB", status.read()).group(1)
        return [int(kilobytes) / 1024]


def measured(discipline):
    workers = 2 if discipline.endswith("2 workers") else 1
    what = re.sub(r", \d workers?$", "", discipline)
    what = what.removesuffix(", start-up cache")  # which is Java's
    if what == "round trip, stateless function":
        return round_trips(pool(workers), one)
    if what == "round trip, function of an int":
        return round_trips(pool(workers), increment, BURST)
    if what == "submit 10,000 and ask":
        return bursts(pool(workers))
    if what.startswith("map, chunks of "):
        return maps(pool(workers), int(what.removeprefix("map, chunks of ")))
    if what == "echo of 1 MB of bytes":
        return echoes(pool(1), random.Random(1).randbytes(MEGABYTE))
    if what == "echo of a list of 1000 ints":
        return echoes(pool(1), list(range(INTS)))
    if what == "first result of a cold worker":
        return first_results()
    if what == "memory of an idle worker":
        return memory()
    raise ValueError(discipline)


def keep_busy():
    executor = open_pool(2)
    for future in [executor.submit(time.sleep, BUSY_SECONDS) for _ in range(2)]:
        future.result()
    for _ in range(2):
        executor.submit(spin)
    time.sleep(BUSY_SECONDS)
    print("busy", flush=True)
    sys.stdin.read()


def main():
    if sys.argv[1:] == ["busy"]:
        keep_busy()
        return
    for line in sys.stdin:
        print(*measured(line.rstrip("\n")), flush=True)
    for executor in pools.values():
        executor.shutdown()


if __name__ == "__main__":
    main()
