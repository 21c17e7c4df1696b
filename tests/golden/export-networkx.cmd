casus export graphs/badia-2019 --to networkx
0
