#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures CPython's ThreadPoolExecutor in the cases Submit and RoundTrip, in the form of JMH's results.

Prints a list of JSON objects of which each has what a reader of JMH's JSON looks at: benchmark, mode, params,
primaryMetric. With --lines, prints one object a line instead.
"""

import argparse
import concurrent.futures
import json
import platform
import statistics
import sys
import time

CONTESTANT = "CPython"
PACKAGE = "concurrent.futures.benchmarks."
TASKS = 100_000
WORKERS = 2
IDLE_SECONDS = 0.001
BUSY_SECONDS = 0.000_2


def nothing():
    return 1


def submit(executor):
    """Nanoseconds for one task, as in Submit with one submitter."""
    begin = time.perf_counter_ns()
    futures = [executor.submit(nothing) for _ in range(TASKS)]
    for future in futures:
        if future.result() != 1:
            raise AssertionError("a task returned something else")
    return (time.perf_counter_ns() - begin) / TASKS


def round_trip(executor):
    """Microseconds from a submit to its result."""
    begin = time.perf_counter_ns()
    executor.submit(nothing).result()
    return (time.perf_counter_ns() - begin) / 1_000


def idle():
    time.sleep(IDLE_SECONDS)


def busy():
    end = time.perf_counter() + BUSY_SECONDS
    while time.perf_counter() < end:
        pass


GAPS = {"none": lambda: None, "idle 1 ms": idle, "busy 200 us": busy}


def measure(once, gap, seconds):
    """What `once` returns, again and again for so many seconds."""
    scores = []
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as executor:
        end = time.monotonic() + seconds
        while not scores or time.monotonic() < end:
            gap()
            scores.append(once(executor))
    return scores


def entry(name, mode, params, unit, iterations):
    """The result of one benchmark: a score for each iteration, and all times where single ones are of interest."""
    means = [statistics.fmean(scores) for scores in iterations]
    everything = sorted(score for scores in iterations for score in scores)
    metric = {
        "score": statistics.fmean(means),
        "scoreError": "NaN",
        "scoreUnit": unit,
        "scorePercentiles": {
            f"{share:.1f}": everything[min(len(everything) - 1, int(share / 100 * len(everything)))]
            for share in (0.0, 50.0, 90.0, 99.0, 100.0)
        },
        "rawData": [means],
    }
    return {
        "benchmark": PACKAGE + name,
        "mode": mode,
        "threads": 1,
        "forks": 1,
        "vmName": platform.python_implementation(),
        "vmVersion": platform.python_version(),
        "params": {"contestant": CONTESTANT, **params},
        "primaryMetric": metric,
    }


def results(arguments):
    def run(once, gap):
        for _ in range(arguments.warmups):
            measure(once, gap, arguments.seconds)
        return [measure(once, gap, arguments.seconds) for _ in range(arguments.iterations)]

    params = {"submitters": "1", "workers": str(WORKERS)}
    yield entry("Submit.submitAndAsk", "avgt", params, "ns/op", run(submit, GAPS["none"]))
    for name, gap in GAPS.items():
        params = {"gap": name, "workers": str(WORKERS)}
        yield entry("RoundTrip.submitAndAsk", "sample", params, "us/op", run(round_trip, gap))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--warmups", type=int, default=1, help="iterations that do not count (%(default)s)")
    parser.add_argument("--iterations", type=int, default=5, help="iterations that count (%(default)s)")
    parser.add_argument("--seconds", type=float, default=2, help="time of an iteration (%(default)s)")
    parser.add_argument("--lines", action="store_true", help="print one object a line")
    arguments = parser.parse_args()
    if arguments.lines:
        for result in results(arguments):
            print(json.dumps(result), flush=True)
    else:
        json.dump(list(results(arguments)), sys.stdout, indent=4)
        print()


if __name__ == "__main__":
    main()
