casus report graphs/badia-2019 --level 0 --top 3
0
