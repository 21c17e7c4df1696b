casus balance graphs/shifting-by-hand --window year --format markdown
0
