casus timeline graphs/shifting-by-hand --window quarter --top 4 --format html
0
