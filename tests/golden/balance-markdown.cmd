casus balance graphs/backing-by-hand --ambivalent net --format markdown
0
