casus report graphs/badia-2019 --where 'kidn = army'
2
