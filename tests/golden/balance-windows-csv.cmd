casus balance graphs/shifting-by-hand --window year --format csv
0
