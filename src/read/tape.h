/* A strict JSON scanner: one value becomes a flat tape of tokens over the text.
 *
 * RFC 8259, and stricter: no key twice in an object, no U+0000, whole surrogate pairs, nesting of
 * CAS_TAPE_DEPTH at most. Invariant of the tape: a value is followed by all that it holds, in the
 * order of the text; the members of an object are key, value, key, value; nodes[i].next is the
 * value after i and all in it. Positions are offsets into the text that was scanned, which the
 * tape borrows.
 *
 * What breaks the structure ends the scan (CAS_SCAN_FAULT). What does not (a bad character in a
 * string, a key twice) is a flaw: the tape is whole, and the flaws stand beside it in order.
 */
#ifndef CAS_READ_TAPE_H
#define CAS_READ_TAPE_H

#include "base/fault.h"
#include "base/text.h"
#include "read/scan.h"

enum { CAS_TAPE_DEPTH = 64, CAS_TAPE_BEHIND = 64 };

enum cas_tape_type {
    CAS_TAPE_NULL,
    CAS_TAPE_FALSE,
    CAS_TAPE_TRUE,
    CAS_TAPE_NUMBER,
    CAS_TAPE_STRING,
    CAS_TAPE_ARRAY,
    CAS_TAPE_OBJECT
};

struct cas_tape_node {
    uint32_t start, end; /* [start, end) in the text; the quotes of a string are part of it */
    uint32_t next;
    uint32_t count; /* elements or members; of a key: a mark that differs for most other keys */
    uint8_t type;   /* enum cas_tape_type */
    bool escaped;   /* a string that holds a backslash */
};

struct cas_tape_flaw {
    uint32_t at;
    enum cas_msg code;
};

/* A scanner, to be reused from value to value. */
struct cas_tape {
    size_t behind; /* bytes that may be read behind each text; CAS_TAPE_BEHIND makes it faster */
    const char *text;
    struct cas_tape_node *nodes;
    struct cas_tape_flaw *flaws;
    size_t count, room, flaw_count, flaw_room;
    size_t used; /* bytes up to the value's end */
    enum cas_msg code;
    size_t at;            /* of the fault */
    const char *expected; /* what a fault of CAS_MSG_SYNTAX missed */
};

void cas_tape_init(struct cas_tape *tape);
void cas_tape_done(struct cas_tape *tape);

/* Scan one value and the blanks before it. `depth` containers are open around it already; `n` is
 * below 4 GiB. A number that touches the end of the bytes is whole only if `at_end`.
 * @return CAS_SCAN_OK, _MORE, _FAULT, _MEMORY */
enum cas_scan cas_tape_scan(struct cas_tape *tape, const char *text, size_t n, bool at_end,
                            unsigned depth);

/* Bytes of blanks at the begin of the text. */
size_t cas_tape_blanks(const char *text, size_t n);
/* "a string", "a list", ... */
const char *cas_tape_type_name(uint8_t type);
/* Describe what stands at s: "'x'", "a line break", "the end". @return `out` */
const char *cas_tape_found(const char *s, const char *end, char out[40]);

/* The text of a string: borrowed from the scanned text, or from `arena` where it holds escapes.
 * `at` of it is the opening quote. Half a surrogate pair becomes U+FFFD. s is NULL without memory. */
static inline struct cas_text cas_tape_text(const struct cas_tape *tape, uint32_t node,
                                            struct cas_arena *arena);
struct cas_text cas_tape_decoded(const struct cas_tape *tape, uint32_t node,
                                 struct cas_arena *arena);
/* The value of a number's text. False where a double cannot hold it. */
bool cas_tape_number(const char *s, size_t n, double *out);
/* The value without blanks between its tokens, appended. */
void cas_tape_compact(const struct cas_tape *tape, uint32_t node, struct cas_buffer *out);
/* Add a text to `out` as a JSON string, quotes included. */
void cas_tape_quote(struct cas_text text, struct cas_buffer *out);

/* Used by the scanner: note each key of the closed object that repeats another. */
bool cas_tape_check_keys(struct cas_tape *tape, uint32_t object);
bool cas_tape_add_flaw(struct cas_tape *tape, size_t at, enum cas_msg code);

static inline struct cas_text
cas_tape_text(const struct cas_tape *tape, uint32_t node, struct cas_arena *arena)
{
    const struct cas_tape_node *string = &tape->nodes[node];
    const char *at = tape->text + string->start;
    return string->escaped ? cas_tape_decoded(tape, node, arena)
                           : (struct cas_text){at + 1, string->end - string->start - 2, at};
}

#endif
