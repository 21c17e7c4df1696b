casus claims tests/fixtures/claims/disputed.json --doubt north south --format markdown
0
