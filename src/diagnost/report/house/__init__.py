"""House style: whose name a document bears, how long it is, what it has and how it is laid out."""
