casus claims graphs/badia-2019
0
