casus report graphs/badia-2019 --sinc 2019
2
