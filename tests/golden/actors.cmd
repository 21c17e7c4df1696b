casus actors graphs/badia-2019
0
