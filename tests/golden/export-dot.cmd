casus export graphs/badia-2019 --to dot --relation attack
0
