casus claims tests/fixtures/claims/disputed.json
0
