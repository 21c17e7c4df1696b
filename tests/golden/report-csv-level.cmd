casus report graphs/badia-2019 --level 0 --format csv
0
