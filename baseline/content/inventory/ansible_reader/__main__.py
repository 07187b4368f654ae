"""Starts the reader; exit code 3 says that this interpreter has no (new enough) ansible-core."""

import importlib
import sys
from pathlib import Path

NO_ANSIBLE = 3

sys.path.append(str(Path(__file__).resolve().parent.parent))
try:
    importlib.import_module("ansible_reader.configuration")
    serve = importlib.import_module("ansible_reader.serve")
except ImportError as missing:
    sys.stderr.write(f"{missing}\n")
    sys.exit(NO_ANSIBLE)
serve.main()
