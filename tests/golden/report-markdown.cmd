casus report graphs/badia-2019 --format markdown --relation attack --top 3
0
