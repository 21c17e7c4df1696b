casus chains graphs/backing-by-hand --format csv --fighter guards
0
