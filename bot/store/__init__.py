"""What is remembered, in a SQL database: the ledger, seen items, decisions with their evidence."""
