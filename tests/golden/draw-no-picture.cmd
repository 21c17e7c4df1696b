casus draw graphs/badia-2019 -o case.tiff
2
