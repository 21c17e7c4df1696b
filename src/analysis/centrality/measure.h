/* Measures of a contact graph, one function a question.
 *
 * Each writes n numbers per output; NaN where it is not defined, and then `out_why` names the one
 * reason (a constant; untouched where all are defined). n may be 0. Failures: CASUS_ENOMEM, and
 * CASUS_EENGINE from igraph. Weighted measures want a graph without arcs of weight 0.
 */
#ifndef CAS_MEASURE_H
#define CAS_MEASURE_H

#include <casus/measures.h>

#include "analysis/centrality/contact.h"

void cas_degrees(const struct cas_contact *contact, double *out_in, double *out_out);
void cas_strengths(const struct cas_contact *contact, double *out_in, double *out_out);

enum casus_status cas_pagerank(const struct cas_contact *weighted, double damping, double *out,
                               struct casus_error *err);
enum casus_status cas_hits(const struct cas_contact *weighted, double *out_hub,
                           double *out_authority, const char **out_why, struct casus_error *err);
enum casus_status cas_eigenvector(const struct cas_contact *weighted, double *out,
                                  const char **out_why, struct casus_error *err);

enum casus_status cas_coreness(const struct cas_contact *contact, double *out,
                               struct casus_error *err);
enum casus_status cas_constraint(const struct cas_contact *weighted, double *out,
                                 const char **out_why, struct casus_error *err);

/* --- signs -------------------------------------------------------------------------------- */

/* A pair of actors with at least one attack or support tie, a < b. */
struct cas_dyad {
    uint32_t a, b;
    bool attack, support;
    double negative, positive; /* weights; an undirected tie counts once */
};

/* Dyads in order of (a, b). @param out owned (cas_free) */
enum casus_status cas_dyads(uint32_t n, const struct cas_contact_tie *ties, size_t count,
                            struct cas_dyad **out, size_t *out_count, struct casus_error *err);
/* −1, 0 (left out) or +1. */
int cas_dyad_sign(const struct cas_dyad *dyad, enum casus_ambivalent ambivalent);
void cas_signed_degree(uint32_t n, const struct cas_dyad *dyads, size_t count,
                       enum casus_ambivalent ambivalent, double *out);
enum casus_status cas_pn(uint32_t n, const struct cas_dyad *dyads, size_t count,
                         enum casus_ambivalent ambivalent, double *out, const char **out_why,
                         struct casus_error *err);
/* The eigenvector of the eigenvalue that is the largest in size, of dyads by sign; its entry of the
 * largest size (of equals the first) is 1. NaN where there is no such eigenvalue, or two. */
enum casus_status cas_signed_eigenvector(uint32_t n, const struct cas_dyad *dyads, size_t count,
                                         enum casus_ambivalent ambivalent, double *out,
                                         const char **out_why, struct casus_error *err);

/* --- the leading eigenvector -------------------------------------------------------------- */

/* A symmetric matrix of weights > 0 by rows; a column may stand twice in a row, which adds. The
 * diagonal is empty. */
struct cas_symmetric {
    uint32_t n;
    size_t *begin; /* n + 1 */
    uint32_t *to;
    double *weight;
};

enum cas_leading { CAS_LEADING_NONE, CAS_LEADING_TIED, CAS_LEADING_UNSETTLED, CAS_LEADING_SIMPLE };

/* The eigenvector of the largest eigenvalue, >= 0, not scaled; 0 outside its connected part.
 * CAS_LEADING_NONE: no arcs. CAS_LEADING_TIED: two parts share the value within 1e-9 relative (a
 * connected part alone has a simple one, by Perron and Frobenius). CAS_LEADING_UNSETTLED: the next
 * value is so near that the iteration did not end. In these cases `out` means nothing. */
enum casus_status cas_leading_vector(const struct cas_symmetric *matrix, double *out,
                                     enum cas_leading *out_case, struct casus_error *err);

/* The same of the eigenvalue that is the largest in size, weights being of any sign: of −x and x
 * either may be meant. CAS_LEADING_TIED: another one, of either sign, is as large within 1e-9. */
enum casus_status cas_dominant_vector(const struct cas_symmetric *matrix, double *out,
                                      enum cas_leading *out_case, struct casus_error *err);

/* --- ranks -------------------------------------------------------------------------------- */

/* From 1, 0 for NaN. Scores within 1e-9 relative of the first of a group share its rank: 1, 2, 2, 4. */
enum casus_status cas_ranks(const double *scores, uint32_t n, bool low_is_first, uint32_t *out,
                            struct casus_error *err);

/* --- scores of a contact graph, without a casus_graph ------------------------------------- */

enum casus_status cas_scores_of_ties(uint32_t n, const struct cas_contact_tie *ties, size_t count,
                                     const bool *generic, const struct casus_scoring *scoring,
                                     struct casus_scores **out, struct casus_error *err);

#endif
