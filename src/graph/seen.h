/* Ids of events that were met, to find those given twice.
 *
 * Most ids end in a number ("ged:48528", "e17"), and most numbers of one beginning stand near each
 * other: these are bits of pages, exact and small. Of others, and where pages would be too many, 64
 * bits of a hash are remembered, of as many as CAS_SEEN_LIMIT: memory does not grow with events
 * beyond that.
 */
#ifndef CAS_SEEN_H
#define CAS_SEEN_H

#include "base/text.h"

enum { CAS_SEEN_LIMIT = 1 << 20 };

struct cas_seen_page {
    uint64_t key; /* space and number but for the last nine bits */
    uint64_t bits[8];
};

struct cas_seen {
    struct cas_intern spaces; /* beginnings of ids */
    struct cas_seen_page *pages;
    uint32_t *page_slots; /* index + 1, or 0: open addressing, at most half full */
    uint64_t *slots;      /* hashes, 0 being none: the same */
    size_t page_count, page_room, page_slot_count, count, slot_count;
    uint32_t last; /* page; ids often come in order */
};

void cas_seen_init(struct cas_seen *seen);
void cas_seen_done(struct cas_seen *seen);
/* Note an id. *out_new false: it was met before. False without memory. */
bool cas_seen_text(struct cas_seen *seen, struct cas_text id, bool *out_new);
/* The same of an id that is `beginning` and then `number` in decimal. The space is that of
 * cas_seen_space(), which is UINT32_MAX without memory. */
uint32_t cas_seen_space(struct cas_seen *seen, const char *beginning);
bool cas_seen_number(struct cas_seen *seen, uint32_t space, uint64_t number, bool *out_new);

#endif
