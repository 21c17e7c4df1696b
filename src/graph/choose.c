/* Which actors a selection leaves in the graph, and the words where it leaves nothing. */
#include "graph/choose.h"

#include <inttypes.h>

#include "base/fault.h"
#include "base/text.h"

bool
cas_chooses_events(const struct casus_selection *selection)
{
    return selection && (selection->since || selection->until || selection->type_count ||
                         selection->place_count || selection->where || selection->min_grade ||
                         selection->believe_count || selection->doubt_count || selection->evidence);
}

static void
say_removed(struct cas_buffer *out, const char *what, uint64_t count)
{
    if (count)
        cas_buffer_printf(out, "%s%s %" PRIu64, out->n ? ", " : " (removed by ", what, count);
}

enum casus_status
cas_fail_empty(const struct casus_removed *removed, uint64_t events, struct casus_error *err)
{
    struct cas_buffer why;
    cas_buffer_init(&why);
    say_removed(&why, "dates", removed->dates);
    say_removed(&why, "dates, being undated,", removed->undated);
    say_removed(&why, "types", removed->types);
    say_removed(&why, "places", removed->places);
    say_removed(&why, "--where", removed->where);
    say_removed(&why, "evidence", removed->evidence);
    say_removed(&why, "grade", removed->grade);
    say_removed(&why, "relations", removed->relations);
    say_removed(&why, "belief", removed->belief);
    enum casus_status status =
        cas_fail(err, CASUS_EEMPTY, CAS_MSG_NOTHING_LEFT,
                 "the selection leaves none of %" PRIu64 " events%s%s", events,
                 why.n && !why.failed ? why.s : "", why.n && !why.failed ? ")" : "");
    cas_buffer_done(&why);
    return status;
}
