"""Finding files whatever the letter case of their names, as Windows does, and through links, as Linux does."""

from baseline.collectors.image.reader.file_tree import MAXIMUM_LINKS, Entry, FileTree, ImageError


class AnyCase:
    """A tree of files in which the letter case of names does not matter. Implements FileTree."""

    def __init__(self, tree: FileTree) -> None:
        self._tree, self.kind = tree, tree.kind
        self._names: dict[str, dict[str, Entry]] = {}

    def entry(self, path: str) -> Entry | None:
        """See FileTree."""
        return self._find(path)[1]

    def entries(self, path: str) -> list[Entry]:
        """See FileTree."""
        return list(self._folder(self._find(path)[0]).values())

    def read(self, path: str, maximum_bytes: int) -> bytes:
        """See FileTree."""
        return self._tree.read(self._find(path)[0], maximum_bytes)

    def _find(self, path: str) -> tuple[str, Entry | None]:
        real: list[str] = []
        entry: Entry | None = Entry(name="", kind="folder")
        for part in path.split("/"):
            if part:
                entry = self._folder("/".join(real)).get(part.casefold()) if entry and entry.kind == "folder" else None
                real.append(entry.name if entry else part)
        return "/".join(real), entry

    def _folder(self, path: str) -> dict[str, Entry]:
        if path not in self._names:
            self._names[path] = {entry.name.casefold(): entry for entry in self._tree.entries(path)}
        return self._names[path]


def resolved(tree: FileTree, path: str) -> str:
    """The path with every link on it followed, within the image: ``/etc`` of a link is the image's own.

    Raises:
        ImageError: more than MAXIMUM_LINKS links.
    """
    done: list[str] = []
    left = [part for part in path.split("/") if part]
    links = 0
    while left:
        part = left.pop(0)
        if part in (".", ".."):
            done = done[:-1] if part == ".." else done
            continue
        entry = tree.entry("/".join([*done, part]))
        if entry is None or entry.kind != "link":
            done.append(part)
            continue
        links += 1
        if links > MAXIMUM_LINKS:
            raise ImageError(f"{path} leads through more than {MAXIMUM_LINKS} links")
        done = [] if entry.target.startswith("/") else done
        left = [*(piece for piece in entry.target.split("/") if piece), *left]
    return "/".join(done)
