casus claims tests/fixtures/odd/no-actor.json --lenient --quiet --format json
0
