"""Makes the models anew from the pinned botocore: they must be, byte for byte, the committed ones.

Usage: models_are_current.py FOLDER_OF_THE_MODELS
"""

import pathlib
import subprocess
import sys
import tempfile


def main():
    models = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, models / "trim.py", folder], check=True)
        made = {path.name: path.read_bytes() for path in pathlib.Path(folder).glob("*.json")}
    kept = {path.name: path.read_bytes() for path in models.glob("*.json")}
    differing = sorted(name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name))
    if differing:
        raise SystemExit(f"run trim.py again: {differing} are not what it makes")
    print(f"{len(kept)} models are what trim.py makes")


if __name__ == "__main__":
    main()
