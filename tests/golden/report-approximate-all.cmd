casus report graphs/badia-2019 --approximate 1
2
