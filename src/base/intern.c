/* Strings stored once.
 *
 * Invariant: slots is a power of two, at most half full; slots[h] holds a number + 1 or 0. Texts
 * lie in the arena, each with a NUL behind it.
 */
#include "base/text.h"

enum { FIRST_SLOTS = 64 };

static uint64_t
mix(uint64_t a, uint64_t b)
{
    __uint128_t product = (__uint128_t)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* What a hash takes in at its end: the last eight bytes, or all of fewer, in loads of one size. */
static uint64_t
last_bytes(const unsigned char *p, size_t n)
{
    uint64_t word = 0;
    uint32_t low, high;
    if (n >= 8) {
        memcpy(&word, p + n - 8, 8);
    } else if (n >= 4) {
        memcpy(&low, p, 4);
        memcpy(&high, p + n - 4, 4);
        word = (uint64_t)high << 32 | low;
    } else if (n) {
        word = (uint64_t)p[0] << 16 | (uint64_t)p[n / 2] << 8 | p[n - 1];
    }
    return word;
}

/* Every bit of the result hangs on every bit of `x`, and no two `x` have one result. */
static uint64_t
scramble(uint64_t x)
{
    x = (x ^ x >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    x = (x ^ x >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    return x ^ x >> 32;
}

/* Eight bytes a step through a 128-bit product; the last step may overlap the one before. Texts of
 * up to eight bytes and of one length never share a hash. */
uint64_t
cas_hash(const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    uint64_t h = n * UINT64_C(0x9E3779B97F4A7C15), word;
    for (size_t at = 0; at + 8 < n; at += 8) {
        memcpy(&word, p + at, 8);
        h = mix(h ^ word, UINT64_C(0xA0761D6478BD642F)) + word;
    }
    return scramble(h ^ last_bytes(p, n));
}

void
cas_intern_init(struct cas_intern *set)
{
    *set = (struct cas_intern){0};
}

void
cas_intern_done(struct cas_intern *set)
{
    cas_arena_done(&set->arena);
    cas_free(set->texts);
    cas_free(set->lengths);
    cas_free(set->hashes);
    cas_free(set->slots);
    cas_intern_init(set);
}

/* The slot that holds the text, or the free one where it belongs. */
static size_t
slot_of(const struct cas_intern *set, const char *s, size_t n, uint32_t hash)
{
    size_t mask = set->slot_count - 1;
    size_t slot = hash & mask;
    for (; set->slots[slot]; slot = (slot + 1) & mask) {
        uint32_t i = set->slots[slot] - 1;
        if (set->hashes[i] == hash && set->lengths[i] == n &&
            (n == 0 || memcmp(set->texts[i], s, n) == 0))
            break;
    }
    return slot;
}

static bool
rehash(struct cas_intern *set)
{
    size_t wanted = set->slot_count ? set->slot_count * 2 : FIRST_SLOTS;
    uint32_t *slots = cas_zalloc(wanted, sizeof *slots);
    if (!slots)
        return false;
    for (uint32_t i = 0; i < set->count; i++) {
        size_t slot = set->hashes[i] & (wanted - 1);
        while (slots[slot])
            slot = (slot + 1) & (wanted - 1);
        slots[slot] = i + 1;
    }
    cas_free(set->slots);
    set->slots = slots;
    set->slot_count = wanted;
    return true;
}

static bool
make_room(struct cas_intern *set)
{
    size_t a = set->room, b = set->room, c = set->room, need = (size_t)set->count + 1;
    bool grown = cas_grow(&set->texts, &a, need, sizeof *set->texts) &&
                 cas_grow(&set->lengths, &b, need, sizeof *set->lengths) &&
                 cas_grow(&set->hashes, &c, need, sizeof *set->hashes);
    if (grown)
        set->room = a;
    return grown && ((size_t)set->count * 2 < set->slot_count || rehash(set));
}

uint32_t
cas_intern_add(struct cas_intern *set, const char *s, size_t n)
{
    uint32_t hash = (uint32_t)cas_hash(s, n);
    uint32_t known = set->slot_count ? set->slots[slot_of(set, s, n, hash)] : 0;
    if (known)
        return known - 1;
    if (n > UINT32_MAX || set->count >= UINT32_MAX - 1 || !make_room(set))
        return UINT32_MAX;
    char *text = cas_arena_text(&set->arena, s, n);
    if (!text)
        return UINT32_MAX;
    uint32_t number = set->count++;
    set->texts[number] = text;
    set->lengths[number] = (uint32_t)n;
    set->hashes[number] = hash;
    set->slots[slot_of(set, s, n, hash)] = number + 1;
    return number;
}

uint32_t
cas_intern_find(const struct cas_intern *set, const char *s, size_t n)
{
    if (!set->slot_count)
        return UINT32_MAX;
    uint32_t known = set->slots[slot_of(set, s, n, (uint32_t)cas_hash(s, n))];
    return known ? known - 1 : UINT32_MAX;
}
