casus report graphs/badia-2019 --where '(kind = militia or side = government) and date >= 2019-04 and not type = clash' --format markdown --top 4
0
