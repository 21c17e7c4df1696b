casus report graphs/badia-2019
0
