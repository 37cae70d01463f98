#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures CPython's ProcessPoolExecutor with the spawn context, and prints a line for each case.

The counterpart of ProcessContestant, which has the same cases and the same names for them.
"""

import concurrent.futures
import multiprocessing
import os
import statistics
import time

TASKS = 10_000
ITEMS = 1_000_000
MEGABYTE = 1 << 20
INTEGERS = 1_000
ECHOES = 300
COLD_STARTS = 5
WARM_UP_SECONDS = 1


def following(number):
    return number + 1


def echo(value):
    return value


def executor(workers):
    return concurrent.futures.ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def rate(parts, measured):
    """How often a second a case could be run, if it is made of so many parts; after a warm-up."""
    end = time.perf_counter() + WARM_UP_SECONDS
    while True:
        measured()
        if time.perf_counter() >= end:
            break
    begin = time.perf_counter()
    measured()
    return parts / (time.perf_counter() - begin)


def show(name, value):
    print(f"{name} {value:.3f}", flush=True)


def round_trips(pool):
    for i in range(TASKS):
        pool.submit(following, i).result()


def submit_all(pool):
    for future in [pool.submit(following, i) for i in range(TASKS)]:
        future.result()


def echoes(pool, value, times):
    for _ in range(times):
        pool.submit(echo, value).result()


def map_in_chunks(pool, items, size):
    if sum(pool.map(following, range(items), chunksize=size)) != items * (items + 1) // 2:
        raise AssertionError("a wrong sum")


def cold_start():
    begin = time.perf_counter()
    with executor(1) as pool:
        pool.submit(following, 1).result()
        return (time.perf_counter() - begin) * 1_000


def resident_megabytes(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1_024
    raise OSError(f"no VmRSS for {pid}")


def main():
    with executor(1) as one:
        show("ROUND_TRIPS", rate(TASKS, lambda: round_trips(one)))
        show("SUBMIT_ALL_1", rate(TASKS, lambda: submit_all(one)))
        data = bytes(MEGABYTE)
        show("ECHO_BYTES", rate(ECHOES, lambda: echoes(one, data, ECHOES)))
        numbers = list(range(INTEGERS))
        show("ECHO_LIST", rate(TASKS, lambda: echoes(one, numbers, TASKS)))
    with executor(2) as two:
        show("SUBMIT_ALL_2", rate(TASKS, lambda: submit_all(two)))
        show("MAP_1", rate(TASKS, lambda: map_in_chunks(two, TASKS, 1)))
        show("MAP_100", rate(ITEMS, lambda: map_in_chunks(two, ITEMS, 100)))
        show("MAP_1000", rate(ITEMS, lambda: map_in_chunks(two, ITEMS, 1_000)))
    show("COLD", statistics.median(cold_start() for _ in range(COLD_STARTS)))
    with executor(1) as idle:
        show("RSS", resident_megabytes(idle.submit(os.getpid).result()))


if __name__ == "__main__":
    main()
