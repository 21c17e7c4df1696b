casus report graphs/badia-2091
4
