"""Generate `casework_client/generated` from the document of the API.

It is made at build and not kept in the repository: some 3,000 files that only repeat
`docs/openapi.json`. Needs `openapi-python-client` beside this Python.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[1] / "docs" / "openapi.json"


def main() -> int:
    made = HERE / "casework_client" / "generated"
    command = [
        str(Path(sys.executable).parent / "openapi-python-client"),
        "generate",
        *("--path", sys.argv[1] if len(sys.argv) > 1 else str(DOCUMENT)),
        *("--config", str(HERE / "generator.yaml")),
        *("--meta", "none", "--overwrite", "--output-path", str(made)),
    ]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
