# SPDX-License-Identifier: Apache-2.0
"""Python's concurrent.futures, as names for the classes of the Java package of the same name.

This package translates names, arguments and exceptions. What they do is done in Java.
"""

from concurrent.futures._base import (
    ALL_COMPLETED,
    FIRST_COMPLETED,
    FIRST_EXCEPTION,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    InvalidStateError,
    TimeoutError,
    as_completed,
    wait,
)
from concurrent.futures.process import ProcessPoolExecutor
from concurrent.futures.thread import ThreadPoolExecutor
