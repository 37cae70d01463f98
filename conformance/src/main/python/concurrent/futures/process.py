# SPDX-License-Identifier: Apache-2.0
"""The names that CPython's tests import. There is no executor on processes; its tests are excluded."""

from concurrent.futures._base import BrokenExecutor, Executor


class BrokenProcessPool(BrokenExecutor):
    pass


class ProcessPoolExecutor(Executor):
    pass


def _check_system_limits():
    pass
