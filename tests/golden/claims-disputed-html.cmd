casus claims tests/fixtures/claims/disputed.json --format html
0
