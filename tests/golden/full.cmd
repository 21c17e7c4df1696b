casus report graphs/badia-2019 -o /dev/full
4
