casus report graphs/badia-2019 --approximate 0.05 --distance reciprocal
2
