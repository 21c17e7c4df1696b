casus balance graphs/badia-2019 --time-limit soon
2
