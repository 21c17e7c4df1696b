/* What a scanner says of the bytes that it was given. */
#ifndef CAS_SCAN_H
#define CAS_SCAN_H

enum cas_scan {
    CAS_SCAN_OK,
    CAS_SCAN_MORE,  /* the bytes end too early, and the input does not */
    CAS_SCAN_END,   /* nothing is left */
    CAS_SCAN_FAULT, /* the scanner's own fields say what and where */
    CAS_SCAN_MEMORY
};

#endif
