/* Betweenness by hops of all actors, exact: work cut into chunks that run side by side.
 *
 * The chunks and what each of them adds up are the same for any number of threads, and so is the
 * order in which their sums are added: so is the result, to the last bit.
 */
#ifndef CAS_BETWEEN_H
#define CAS_BETWEEN_H

#include "analysis/centrality/compact.h"

struct cas_between;

/* @param graph   borrowed until cas_between_free()
 * @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_between_new(const struct cas_compact *graph, struct cas_between **out,
                                  struct casus_error *err);
void cas_between_free(struct cas_between *between);
/* How many searches there are, and into how many chunks they are cut: 0 where nothing is to do. */
uint32_t cas_between_searches(const struct cas_between *between);
uint32_t cas_between_chunks(const struct cas_between *between);

/* Called now and then with searches done since the last call; false ends the chunk early, and its
 * sums mean nothing. From any thread. */
typedef bool cas_between_tell(void *context, uint32_t searches);

/* Work out one chunk; different ones on any threads at once. @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_between_run(struct cas_between *between, uint32_t chunk,
                                  cas_between_tell *tell, void *context, struct casus_error *err);
/* After all chunks. `out`: n, by actor. False, and `out` means nothing, where an actor has more
 * shortest paths to another than a double counts. */
bool cas_between_sum(const struct cas_between *between, double *out);

#endif
