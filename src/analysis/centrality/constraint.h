/* Burt's constraint: two kernels for one question, which cas_constraint() chooses between. Tests
 * hold the one to the other. An actor without contacts gets 0. */
#ifndef CAS_CONSTRAINT_H
#define CAS_CONSTRAINT_H

#include "analysis/centrality/contact.h"

enum casus_status cas_sparse_constraint(const struct cas_contact *weighted, double *out,
                                        struct casus_error *err);
enum casus_status cas_dense_constraint(const struct cas_contact *weighted, double *out,
                                       struct casus_error *err);

#endif
