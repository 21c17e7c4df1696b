casus claims tests/fixtures/odd/no-actor.json --lenient
0
