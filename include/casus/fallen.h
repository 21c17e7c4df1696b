/** What a filter of belief took away: the events that fell, and the ranks that moved for it. */
#ifndef CASUS_FALLEN_H
#define CASUS_FALLEN_H

#include <casus/diff.h>

/** Immutable. Borrows the dossier, and the graph and scores that it was compared with. */
struct casus_fallen;

/**
 * Compare a selection with the same one without believe, doubt, evidence and min_grade.
 *
 * @param side      what is left: the graph of `selection`, and its scores by `scoring`
 * @param verdicts  may be NULL; needed for weight evidence
 * @param folding   of the graph; may be NULL
 * @param scoring   may be NULL
 * @param out       owned; NULL where the selection has none of the four; written on success
 * @return as casus_selection_apply(), casus_graph_build() and casus_scores_new()
 * Cost: that of the graph and its scores once more.
 */
CASUS_API enum casus_status
casus_fallen_new(const struct casus_diff_side *side, const struct casus_selection *selection,
                 const struct casus_verdicts *verdicts, const struct casus_folding *folding,
                 const struct casus_scoring *scoring, struct casus_fallen **out,
                 struct casus_error *err);
CASUS_API void casus_fallen_free(struct casus_fallen *fallen);
/** Events of the dossier, by number, in order of reading. */
CASUS_API uint32_t casus_fallen_event_count(const struct casus_fallen *fallen);
CASUS_API uint32_t casus_fallen_event_at(const struct casus_fallen *fallen, uint32_t index);
/** OLD is without the filter, NEW with it. Events and actors are the same in both: read its ties
 * and ranks. */
CASUS_API const struct casus_diff *casus_fallen_diff(const struct casus_fallen *fallen);

#endif
