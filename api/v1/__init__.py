"""The JSON API, version 1: what the public pages say, and the officers' acts, for programs."""
