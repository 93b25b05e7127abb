"""Preparing text: Markdown to regions and links, Unicode folding, URLs as browsers read them."""
