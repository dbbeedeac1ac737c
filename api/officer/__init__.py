"""Pages for officers: what is to be done today, the files, and each act with its form."""
