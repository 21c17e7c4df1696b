/* Finding good camps, and bounds on how good camps can be, without a solver. */
#ifndef CAS_SEARCH_H
#define CAS_SEARCH_H

#include "analysis/balance/net.h"
#include "analysis/limits.h"

/* Simulated annealing from `camp`, then descent until no single change of camp pays. `camp` is
 * changed only where that costs less. Stops early at `enough` or past `deadline` (cas_clock()).
 * @param heat    > 0: how hot it begins, in units that fit the network; 1 is from scratch
 * @return false without memory. Cost: O(sweeps (n + changes times degree)). */
bool cas_anneal(const struct cas_net *net, struct cas_random *random, uint32_t sweeps, double heat,
                double deadline, int8_t *camp, int64_t *inout_cost);

/* Change camps one by one as long as that pays. `camp` is left at a local optimum.
 * @return false without memory */
bool cas_descend(const struct cas_net *net, int8_t *camp, int64_t *out_cost);

/* Edge lists of cycles, one behind the other. */
struct cas_cycles {
    uint32_t *begin; /* count + 1 */
    uint32_t *edge;
    uint32_t count;
    size_t begin_room, edge_room;
    bool failed;
};
void cas_cycles_init(struct cas_cycles *cycles);
void cas_cycles_done(struct cas_cycles *cycles);
void cas_cycles_clear(struct cas_cycles *cycles);
/* Append an edge to the cycle in the making; close it. */
void cas_cycles_edge(struct cas_cycles *cycles, uint32_t edge);
void cas_cycles_close(struct cas_cycles *cycles);

/* Pack cycles that no split can satisfy: each pays for one frustrated edge out of the weights of
 * its edges, so what they pay is a lower bound. Greedy, short cycles first, each through one edge
 * that is frustrated in `camp` and otherwise satisfied ones.
 * @param out     may be NULL: the cycles taken
 * @param out_sum the bound; INT64_MIN without memory */
void cas_pack(const struct cas_net *net, const int8_t *camp, double deadline,
              struct cas_cycles *out, int64_t *out_sum);

enum { CAS_EXHAUST_MAX = 16 };

/* All splits of up to CAS_EXHAUST_MAX actors. `together[v]` (may be NULL) gets the actors, as
 * bits, whose relation to v is the same in all best splits. */
int64_t cas_exhaust(const struct cas_net *net, int8_t *camp, uint32_t *together);

#endif
