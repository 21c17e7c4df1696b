casus chains graphs/backing-by-hand
0
