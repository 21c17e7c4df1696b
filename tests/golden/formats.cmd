casus formats
0
