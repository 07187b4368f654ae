"""``python -m baseline.lab FOLDER WORKER WORKERS``: the process behind ``baseline lab up``."""

import asyncio
import sys
from pathlib import Path

from baseline.lab.errors import LabError
from baseline.lab.folder import LabFolder
from baseline.lab.worker import serve

if __name__ == "__main__":
    try:
        asyncio.run(serve(LabFolder(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])))
    except LabError as error:
        sys.exit(str(error))
