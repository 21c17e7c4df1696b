casus report graphs/badia-2019 --since 2031
1
