/* Branch and cut: 0-1 programs whose rows are found as they are needed. */
#ifndef CAS_BRANCH_H
#define CAS_BRANCH_H

#include "analysis/balance/lp.h"

/* Minimise cost·x over x in {0, 1} that violate none of the rows that `separate` can find. */
struct cas_branch {
    uint32_t columns;
    const double *cost;
    /* Values of solutions lie on offset + grain × whole numbers; grain 0: anywhere. */
    double offset, grain;
    double upper;        /* of a solution known, or the least value that is of no interest */
    double deadline;     /* by cas_clock() */
    uint32_t node_limit; /* 0: none */
    void *self;
    const struct cas_rows *first; /* rows to begin with; may be NULL */
    int keep;                     /* of these so many are never forgotten */
    /* Add rows that x violates, the more the better. */
    void (*separate)(void *self, const double *x, struct cas_rows *out);
    /* fixed[j]: −1 free, else 0 or 1. Fix what follows. False: no solution fits. */
    bool (*imply)(void *self, int8_t *fixed);
    /* Make a solution near x and keep it if it is the best. @return the best value known */
    double (*round)(void *self, const double *x);
    void (*report)(void *self, double lower); /* the bound has risen; may be NULL */
    /* Not NULL: only the root is looked at, and `root[j]` gets the value that column j has in all
     * solutions below `upper`, or −1 where that is not known. */
    int8_t *root;
};

enum cas_branch_answer { CAS_BRANCH_DONE, CAS_BRANCH_STOPPED, CAS_BRANCH_NO_MEMORY };

/* @param out_lower the bound that is proved; `upper` or more where the answer is CAS_BRANCH_DONE */
enum cas_branch_answer cas_branch_run(struct cas_branch *problem, double *out_lower);

#endif
