casus claims tests/fixtures/claims/disputed.json --format csv
0
