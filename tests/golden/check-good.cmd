casus check graphs/badia-2019
0
