"""The credit file (信用档案): the chapters of one subject, each read top-down; `file` joins them."""
