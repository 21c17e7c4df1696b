casus report graphs/badia-2019 --doubt isis --format markdown --top 3
0
