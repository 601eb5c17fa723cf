"""Models from whatever they are stored as."""

from pathlib import Path

from .errors import AlignError, Exit
from .folder import load_folder
from .gguf_file import load_gguf
from .model import Model


def load(path: Path) -> Model:
    """A GGUF file, or a folder as transformers saves it."""
    import transformers

    transformers.logging.set_verbosity_error()  # its advice is for others
    if path.is_dir():
        return load_folder(path)
    if not path.is_file():
        raise AlignError(Exit.MODEL_NOT_FOUND, f"{path}: no such file or folder; `make models` gets the models")
    try:
        return load_gguf(path)
    except (ValueError, KeyError, IndexError) as error:
        raise AlignError(Exit.MODEL_INVALID, f"{path}: not a GGUF file that can be read: {error}") from error
