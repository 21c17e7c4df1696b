casus balance graphs/badia-2019
0
