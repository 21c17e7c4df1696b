/* What is judged of each event, while it is being judged and after. */
#ifndef CAS_VERDICTS_H
#define CAS_VERDICTS_H

#include <casus/evidence.h>

#include "base/text.h"
#include "claim/sides.h"
#include "claim/voice.h"

/* A reason. Those of an event's evidence stand in the order in which they were given, before those
 * of its figures, which stand in the order of their texts: no row's place shows in it. */
struct cas_reason {
    const char *text;
    uint32_t event, order; /* CAS_REASON_OF_FIGURES: by text */
};
#define CAS_REASON_OF_FIGURES UINT32_MAX

/* A contradiction and its event. */
struct cas_dispute {
    uint32_t event;
    struct casus_contradiction is;
};
#define CAS_DISPUTES_MAX 1000u /* an event */

/* Who tells an event or denies it, all of its claims together. */
struct cas_telling {
    struct casus_voice voice;
    uint32_t side; /* or CASUS_NONE */
    bool tells, denies;
    bool admits; /* a loss of its own side, or its own side's attack on civilians */
};

struct casus_verdicts {
    const struct casus_dossier *dossier;
    struct cas_arena arena; /* of the reasons' texts */
    uint8_t *evidence, *figures;
    uint32_t *first, *counts; /* by event: its reasons */
    struct cas_reason *reasons;
    size_t reason_count, reason_room;
    struct cas_dispute *disputes; /* in order of event once all is judged */
    size_t dispute_count, dispute_room;
    uint32_t *dispute_first, *dispute_counts; /* by event */
    struct cas_telling *tellings;             /* in order of event, then teller */
    size_t telling_count, telling_room;
    size_t *telling_ends;       /* by event */
    struct cas_buffer sentence; /* the one being written */
};

/* Note a contradiction, unless the event has CAS_DISPUTES_MAX. False without memory. */
bool cas_verdicts_contradict(struct casus_verdicts *verdicts, uint32_t event,
                             const struct casus_contradiction *contradiction);
/* Bring the contradictions in order, once all events are judged. */
void cas_disputes_lay_out(struct casus_verdicts *verdicts);
/* Who tells an event or denies it. */
const struct cas_telling *cas_verdicts_tellings(const struct casus_verdicts *verdicts,
                                                uint32_t event, size_t *out_count);

/* Keep the sentence as a reason of an event's figures; the buffer is then empty. False without
 * memory. */
bool cas_verdicts_figures_reason(struct casus_verdicts *verdicts, uint32_t event);

/* Judge the figures of all events (figures.c). */
enum casus_status cas_figures_judge(struct casus_verdicts *verdicts, struct casus_error *err);

/* "20 killed", "at least 12 killed or missing", "3 to 5 wounded", "at most 4 captured". `most` -1:
 * no bound. */
void cas_say_figure(struct cas_buffer *out, int64_t least, int64_t most, uint8_t what);

#endif
