/* Which actors a selection leaves in the graph. */
#include "graph/choose.h"

bool
cas_chooses_events(const struct casus_selection *selection)
{
    return selection && (selection->since || selection->until || selection->type_count ||
                         selection->place_count || selection->where || selection->min_grade ||
                         selection->believe_count || selection->doubt_count || selection->evidence);
}
