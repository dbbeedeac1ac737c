"""Pages for auditors: any past answer with the event or the rule behind it; nothing is written here."""
