"""What the law and the bureau's acts mean: facts, decisions and rules, free of database and web."""
