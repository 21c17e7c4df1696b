/* The one border with igraph: arcs go in, doubles come out, its errors become ours.
 *
 * No other file includes igraph's headers; what differs between its releases stays in the .c.
 * Each call builds the igraph graph, asks one question and destroys it. igraph is not thread-safe
 * on Debian 12, so calls take turns; igraph's handlers are ours during a call and put back after.
 */
#ifndef CAS_IGRAPH_BORDER_H
#define CAS_IGRAPH_BORDER_H

#include <casus/error.h>

/* A directed graph as arrays of arcs. Every arc once, none to oneself; weight may be NULL. */
struct cas_arcs {
    uint32_t n;
    size_t count;
    const uint32_t *from, *to;
    const double *weight;
};

/* All of these write `n` numbers on success. CASUS_ENOMEM, CASUS_EENGINE (CAS-184),
 * CASUS_EINVAL (CAS-171: too many arcs). `n` is at least 1. */

/* 1 for vertices on the sink's side of the least cut between two vertices, else 0; of several least
 * cuts the nearest to the sink. Weights are capacities > 0 (NULL: 1 each). */
enum casus_status cas_igraph_sink_side(const struct cas_arcs *arcs, uint32_t source, uint32_t sink,
                                       double *out, struct casus_error *err);

/* Communities by the Leiden method: modularity at resolution 1, repeated until nothing moves or
 * LEIDEN_ROUNDS are over. `arcs`: each pair once, in one direction, which does not matter; weights > 0
 * (NULL: 1 each). At least one. The numbers are igraph's own. A seed means the same in one release
 * of igraph only. */
enum casus_status cas_igraph_leiden(const struct cas_arcs *arcs, uint64_t seed, double *out,
                                    struct casus_error *err);

/* All eigenvalues, ascending, and eigenvectors (column by column) of a dense symmetric matrix of
 * order `n`, by LAPACK. Either output may be NULL. */
enum casus_status cas_igraph_symmetric(uint32_t n, const double *matrix, double *out_values,
                                       double *out_vectors, struct casus_error *err);

#endif
