"""From a person's words to an article: articles, index, search, decision."""
