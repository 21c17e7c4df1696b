casus balance graphs/badia-2019 --relation claim
0
