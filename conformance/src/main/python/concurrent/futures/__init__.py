# SPDX-License-Identifier: Apache-2.0
"""Python's concurrent.futures, as wrappers of the classes of the Java package of the same name, which do the work. The
README of this module says what is done here."""

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
