casus balance graphs/shifting-by-hand --window 2y --format json
0
