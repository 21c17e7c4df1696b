casus explain CAS-999
2
