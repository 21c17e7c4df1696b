casus check tests/fixtures/dossier/bad/111-form-for-from.json
3
