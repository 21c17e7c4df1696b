casus claims tests/fixtures/claims/disputed.json --format json
0
