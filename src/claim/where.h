/* --where: a condition that events are asked. Its grammar: the header of where.c. */
#ifndef CAS_WHERE_H
#define CAS_WHERE_H

#include <casus/evidence.h>

struct cas_where;

/* Read a condition. The dossier, which is finished and outlives it, says which actors, sides,
 * sources and types there are. @return CASUS_OK, CASUS_EINVAL (CAS-161, with the column in the
 * text), CASUS_ENOMEM */
enum casus_status cas_where_new(const char *text, const struct casus_dossier *dossier,
                                struct cas_where **out, struct casus_error *err);
void cas_where_free(struct cas_where *where);

/* True where it asks for evidence: cas_where_judge() before the first event then. */
bool cas_where_needs_verdicts(const struct cas_where *where);
/* The verdicts outlive the condition. */
void cas_where_judge(struct cas_where *where, const struct casus_verdicts *verdicts);

/* @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_where_holds(struct cas_where *where, uint32_t event, bool *out_holds);

#endif
