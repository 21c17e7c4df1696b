/* What the data sets of the Uppsala Conflict Data Program have in common: numbers of actors, which
 * mean the same in all of them, and names of governments. */
#ifndef CAS_READ_UCDP_H
#define CAS_READ_UCDP_H

#include "read/rows.h"

#define CAS_UCDP "ucdp:" /* before an actor's number */

struct casus_registry;

/* "Government of Norland". */
bool cas_ucdp_is_government(struct cas_text name);
/* A number of UCDP's, or a problem: they are digits. */
struct cas_text cas_ucdp_number(struct cas_rows *rows, int column, struct cas_text text);
/* Declare the actor of a number; a government is a state, others are of `otherwise` (-1: who
 * knows). A name may be absent. @return its id, absent where there is no number */
struct cas_text cas_ucdp_actor(struct cas_rows *rows, struct cas_text number, struct cas_text name,
                               int otherwise);

/* Whether a table is the UCDP Actor Dataset, and its rows as those of a registry. */
bool cas_ucdp_actor_is(const char *head, size_t n);
enum casus_status cas_ucdp_actor_registry(struct cas_input *input, struct casus_registry *registry,
                                          struct casus_error *err);

#endif
