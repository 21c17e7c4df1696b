casus chains graphs/backing-by-hand --format json
0
