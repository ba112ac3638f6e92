"""Runs one function in this process and prints the seconds it returns."""

from __future__ import annotations

import importlib
import json
import sys

if __name__ == "__main__":
    module, _, name = sys.argv[1].partition(":")
    print(getattr(importlib.import_module(module), name)(**json.loads(sys.argv[2])))
