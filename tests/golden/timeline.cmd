casus timeline graphs/shifting-by-hand --window year
0
