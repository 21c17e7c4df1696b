/* What is counted of an input beside its records, by reason. */
#include <string.h>

#include "event/sink.h"

/* The last row of a full list is for the others. */
static void
count(struct casus_skip *list, size_t room, const char *reason, const char *others, uint64_t more)
{
    struct casus_skip *last = list + room - 1;
    while (list < last && list->count && strcmp(list->reason, reason) != 0)
        list++;
    if (list == last && list->count && strcmp(list->reason, reason) != 0)
        reason = others;
    list->reason = reason;
    list->count += more;
}

void
cas_input_skip(struct casus_input *seen, const char *reason, uint64_t more)
{
    if (more)
        count(seen->skipped, CASUS_SKIPS, reason, "for other reasons", more);
    seen->no_event += more;
}

void
cas_input_remark(struct casus_input *seen, const char *what, uint64_t more)
{
    if (more)
        count(seen->remarks, CASUS_REMARKS, what, "other remarks", more);
}
