"""Files that come in (双公示 import) and go out."""
