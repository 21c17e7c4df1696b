casus export tests/fixtures/ucdp-ged/events.csv tests/fixtures/ucdp-actor/actors.csv --to csv
0
