casus report graphs/badia-2019 --threads 3 --top 3 --format csv
0
