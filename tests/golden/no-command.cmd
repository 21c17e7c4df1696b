casus reprot graphs/badia-2019
2
