casus report graphs/badia-2019 --focus isiss
2
