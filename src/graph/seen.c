/* Pages of bits, and hashes for what has none. */
#include "graph/seen.h"

#include <stdio.h>

enum { MOST_PAGES = 1 << 18, MOST_SPACES = 1 << 12, LONGEST_SPACE = 24, MOST_DIGITS = 12 };
enum { PAGE_BITS = 9, NUMBER_BITS = 40 };

void
cas_seen_init(struct cas_seen *seen)
{
    *seen = (struct cas_seen){0};
    cas_intern_init(&seen->spaces);
}

void
cas_seen_done(struct cas_seen *seen)
{
    cas_intern_done(&seen->spaces);
    cas_free(seen->pages);
    cas_free(seen->page_slots);
    cas_free(seen->slots);
}

/* --- hashes ----------------------------------------------------------------------------------- */

static uint64_t *
slot_of(uint64_t *slots, size_t count, uint64_t hash)
{
    size_t at = (hash >> 8) & (count - 1);
    while (slots[at] && slots[at] != hash)
        at = (at + 1) & (count - 1);
    return &slots[at];
}

static bool
widen(struct cas_seen *seen)
{
    size_t wanted = seen->slot_count ? seen->slot_count * 4 : 1024;
    uint64_t *slots = cas_zalloc(wanted, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < seen->slot_count; i++)
        if (seen->slots[i])
            *slot_of(slots, wanted, seen->slots[i]) = seen->slots[i];
    cas_free(seen->slots);
    seen->slots = slots;
    seen->slot_count = wanted;
    return true;
}

static bool
note_hash(struct cas_seen *seen, struct cas_text id, bool *out_new)
{
    uint64_t hash = cas_hash(id.s, id.n) | 1;
    *out_new = true;
    if (seen->count >= CAS_SEEN_LIMIT)
        return true;
    if (seen->count >= seen->slot_count / 2 && !widen(seen))
        return false;
    uint64_t *slot = slot_of(seen->slots, seen->slot_count, hash);
    *out_new = !*slot;
    seen->count += !*slot;
    *slot = hash;
    return true;
}

/* --- pages ------------------------------------------------------------------------------------ */

static uint32_t *
page_slot_of(const struct cas_seen *seen, uint32_t *slots, size_t count, uint64_t key)
{
    size_t at = key * UINT64_C(0x9E3779B97F4A7C15) >> 20 & (count - 1);
    while (slots[at] && seen->pages[slots[at] - 1].key != key)
        at = (at + 1) & (count - 1);
    return &slots[at];
}

static bool
widen_pages(struct cas_seen *seen)
{
    size_t wanted = seen->page_slot_count ? seen->page_slot_count * 4 : 64;
    uint32_t *slots = cas_zalloc(wanted, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < seen->page_count; i++)
        *page_slot_of(seen, slots, wanted, seen->pages[i].key) = (uint32_t)i + 1;
    cas_free(seen->page_slots);
    seen->page_slots = slots;
    seen->page_slot_count = wanted;
    return true;
}

/* The page of that key, made where there was none and one more may be; *out NULL: there is none.
 * False without memory. */
static bool
find_page(struct cas_seen *seen, uint64_t key, struct cas_seen_page **out)
{
    if (seen->last < seen->page_count && seen->pages[seen->last].key == key) {
        *out = &seen->pages[seen->last];
        return true;
    }
    *out = NULL;
    if (seen->page_count >= seen->page_slot_count / 2 && !widen_pages(seen))
        return false;
    uint32_t *slot = page_slot_of(seen, seen->page_slots, seen->page_slot_count, key);
    if (!*slot) {
        if (seen->page_count >= MOST_PAGES)
            return true;
        if (!cas_grow(&seen->pages, &seen->page_room, seen->page_count + 1, sizeof *seen->pages))
            return false;
        seen->pages[seen->page_count] = (struct cas_seen_page){.key = key};
        *slot = (uint32_t)++seen->page_count;
    }
    seen->last = *slot - 1;
    *out = &seen->pages[seen->last];
    return true;
}

static bool
note_bit(struct cas_seen_page *page, uint64_t number)
{
    uint64_t *word = &page->bits[number >> 6 & 7], bit = UINT64_C(1) << (number & 63);
    bool is_new = !(*word & bit);
    *word |= bit;
    return is_new;
}

/* --- ids -------------------------------------------------------------------------------------- */

/* Where the number begins that ends the id; its length where there is none. */
static size_t
number_begin(struct cas_text id)
{
    size_t at = id.n;
    while (at && id.n - at < MOST_DIGITS && id.s[at - 1] >= '0' && id.s[at - 1] <= '9')
        at--;
    while (at + 1 < id.n && id.s[at] == '0')
        at++;
    return at <= LONGEST_SPACE ? at : id.n;
}

static uint32_t
space_of(struct cas_seen *seen, const char *s, size_t n, bool *out_memory)
{
    uint32_t space = cas_intern_find(&seen->spaces, s, n);
    if (space != UINT32_MAX || seen->spaces.count >= MOST_SPACES)
        return space;
    space = cas_intern_add(&seen->spaces, s, n);
    *out_memory = space != UINT32_MAX;
    return space;
}

uint32_t
cas_seen_space(struct cas_seen *seen, const char *beginning)
{
    return cas_intern_add(&seen->spaces, beginning, strlen(beginning));
}

/* *out_known false: it has no page, and a hash of its text is to be noted. */
static bool
note_number(struct cas_seen *seen, uint32_t space, uint64_t number, bool *out_known, bool *out_new)
{
    struct cas_seen_page *page = NULL;
    uint64_t key = (uint64_t)space << (NUMBER_BITS - PAGE_BITS) | number >> PAGE_BITS;
    *out_known = false;
    if (number >> NUMBER_BITS)
        return true;
    if (!find_page(seen, key, &page))
        return false;
    *out_known = page;
    *out_new = page && note_bit(page, number);
    return true;
}

bool
cas_seen_text(struct cas_seen *seen, struct cas_text id, bool *out_new)
{
    size_t begin = number_begin(id);
    uint64_t number = 0;
    bool memory = true, known = false;
    uint32_t space = begin < id.n ? space_of(seen, id.s, begin, &memory) : UINT32_MAX;
    if (!memory)
        return false;
    for (size_t i = begin; i < id.n; i++)
        number = number * 10 + (uint64_t)(id.s[i] - '0');
    if (space != UINT32_MAX && !note_number(seen, space, number, &known, out_new))
        return false;
    return known || note_hash(seen, id, out_new);
}

bool
cas_seen_number(struct cas_seen *seen, uint32_t space, uint64_t number, bool *out_new)
{
    bool known;
    if (!note_number(seen, space, number, &known, out_new))
        return false;
    if (known)
        return true;
    char text[64];
    int n = snprintf(text, sizeof text, "%.*s%llu", LONGEST_SPACE, seen->spaces.texts[space],
                     (unsigned long long)number);
    return note_hash(seen, (struct cas_text){text, (size_t)n, NULL}, out_new);
}
