casus explain CAS-112 131
0
