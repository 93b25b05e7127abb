"""Facts that rules ask for and an item does not carry: gathered here, stored with the item, judged elsewhere."""
