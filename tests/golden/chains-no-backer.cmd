casus chains graphs/backing-by-hand --backer Empir
2
