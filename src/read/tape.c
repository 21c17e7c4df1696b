/* The scanner: a loop over tokens with a stack of open containers, each byte looked at once.
 *
 *   value  = object | array | string | number | "true" | "false" | "null"
 *   object = "{" [ string ":" value { "," string ":" value } ] "}"
 *   array  = "[" [ value { "," value } ] "]"
 *   number = [ "-" ] ( "0" | digit1-9 { digit } ) [ "." digit+ ] [ ( "e" | "E" ) [ "+" | "-" ] digit+ ]
 *
 * Plain bytes of strings are skipped eight or sixteen at a time. What is common is left to tape_run.c.
 */
#include "read/tape_scan.h"

#include <stdlib.h>

void
cas_tape_init(struct cas_tape *tape)
{
    *tape = (struct cas_tape){0};
}

void
cas_tape_done(struct cas_tape *tape)
{
    cas_free(tape->nodes);
    cas_free(tape->flaws);
    cas_tape_init(tape);
}

static inline bool
is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static inline bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

size_t
cas_tape_blanks(const char *text, size_t n)
{
    size_t i = 0;
    while (i < n && is_blank(text[i]))
        i++;
    return i;
}

static enum cas_scan
fault(struct cas_scanner *scan, enum cas_msg code, const char *at, const char *expected)
{
    scan->tape->code = code;
    scan->tape->at = (size_t)(at - scan->tape->text);
    scan->tape->expected = expected;
    return CAS_SCAN_FAULT;
}

/* A byte that fits nowhere: no JSON, or not even a character. */
static enum cas_scan
unexpected(struct cas_scanner *scan, const char *at, const char *expected)
{
    if (at == scan->end)
        return scan->at_end ? fault(scan, CAS_MSG_SYNTAX, at, expected) : CAS_SCAN_MORE;
    if (*at == '\0')
        return fault(scan, CAS_MSG_NUL, at, expected);
    if ((unsigned char)*at >= 0x80 && !cas_utf8_length(at, scan->end)) {
        if (scan->end - at < 4 && !scan->at_end)
            return CAS_SCAN_MORE;
        return fault(scan, CAS_MSG_UTF8, at, expected);
    }
    return fault(scan, CAS_MSG_SYNTAX, at, expected);
}

static inline struct cas_tape_node *
add_node(struct cas_scanner *scan, uint8_t type, const char *start)
{
    struct cas_tape *tape = scan->tape;
    if (tape->count == tape->room &&
        !cas_grow(&tape->nodes, &tape->room, tape->count + 1, sizeof *tape->nodes))
        return NULL;
    struct cas_tape_node *node = &tape->nodes[tape->count++];
    *node = (struct cas_tape_node){
        .start = (uint32_t)(start - tape->text), .next = (uint32_t)tape->count, .type = type};
    return node;
}

bool
cas_tape_add_flaw(struct cas_tape *tape, size_t at, enum cas_msg code)
{
    if (!cas_grow(&tape->flaws, &tape->flaw_room, tape->flaw_count + 1, sizeof *tape->flaws))
        return false;
    tape->flaws[tape->flaw_count++] = (struct cas_tape_flaw){(uint32_t)at, code};
    return true;
}

/* --- strings ------------------------------------------------------------------------------- */

static inline const char *
skip_plain(const char *p, const char *end)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    while ((size_t)(end - p) >= CAS_STEP) {
        unsigned plain = cas_plain_count(p);
        p += plain;
        if (plain < CAS_STEP)
            return p;
    }
#endif
    while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20 &&
           (unsigned char)*p < 0x80)
        p++;
    return p;
}

static bool
is_hex(char c)
{
    char low = (char)(c | 0x20);
    return is_digit(c) || (low >= 'a' && low <= 'f');
}

/* Four hexadecimal digits, or -1. */
static int
hex4(const char *s)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        if (!is_hex(s[i]))
            return -1;
        value = value * 16 + (is_digit(s[i]) ? s[i] - '0' : (s[i] | 0x20) - 'a' + 10);
    }
    return value;
}

struct string {
    const char *p;
    bool escaped, flawed; /* one flaw a string is enough */
};

static enum cas_scan
add_flaw(struct cas_scanner *scan, struct string *string, const char *at, enum cas_msg code)
{
    if (string->flawed)
        return CAS_SCAN_OK;
    string->flawed = true;
    return cas_tape_add_flaw(scan->tape, (size_t)(at - scan->tape->text), code) ? CAS_SCAN_OK
                                                                                : CAS_SCAN_MEMORY;
}

/* At \u. A high half needs its low half behind it. */
static enum cas_scan
skip_unicode(struct cas_scanner *scan, struct string *string)
{
    const char *at = string->p, *digits = at + 2;
    while (digits < scan->end && digits < at + 6 && is_hex(*digits))
        digits++;
    if (digits == scan->end && digits < at + 6)
        return unexpected(scan, digits, "four hexadecimal digits after \\u");
    if (digits < at + 6)
        return fault(scan, CAS_MSG_SYNTAX, at, "four hexadecimal digits after \\u");
    int unit = hex4(at + 2);
    string->p = at + 6;
    if (unit == 0)
        return add_flaw(scan, string, at, CAS_MSG_NUL);
    if (unit < 0xD800 || unit > 0xDFFF)
        return CAS_SCAN_OK;
    if (scan->end - at < 12 && !scan->at_end)
        return CAS_SCAN_MORE;
    bool paired = unit <= 0xDBFF && scan->end - at >= 12 && at[6] == '\\' && at[7] == 'u';
    int low = paired ? hex4(at + 8) : -1;
    if (low < 0xDC00 || low > 0xDFFF)
        return add_flaw(scan, string, at, CAS_MSG_SURROGATE);
    string->p = at + 12;
    return CAS_SCAN_OK;
}

static enum cas_scan
skip_escape(struct cas_scanner *scan, struct string *string)
{
    const char *at = string->p;
    string->escaped = true;
    if (scan->end - at < 2)
        return unexpected(scan, scan->end, "the rest of an escape");
    if (at[1] == 'u')
        return skip_unicode(scan, string);
    if (!at[1] || !strchr("\"\\/bfnrt", at[1]))
        return fault(scan, CAS_MSG_SYNTAX, at, "one of \" \\ / b f n r t u after a backslash");
    string->p = at + 2;
    return CAS_SCAN_OK;
}

static enum cas_scan
skip_character(struct cas_scanner *scan, struct string *string)
{
    const char *at = string->p;
    size_t length = cas_utf8_length(at, scan->end);
    if (length) {
        string->p += length;
        return CAS_SCAN_OK;
    }
    if (scan->end - at < 4 && !scan->at_end)
        return CAS_SCAN_MORE;
    string->p++;
    return add_flaw(scan, string, at, CAS_MSG_UTF8);
}

static enum cas_scan
skip_special(struct cas_scanner *scan, struct string *string)
{
    unsigned char c = (unsigned char)*string->p;
    if (c == '\\')
        return skip_escape(scan, string);
    if (c >= 0x80)
        return skip_character(scan, string);
    if (c == '\0')
        return add_flaw(scan, string, string->p++, CAS_MSG_NUL);
    return fault(scan, CAS_MSG_SYNTAX, string->p, "the rest of a string and its closing quote");
}

/* At the opening quote; leaves the scan behind the closing one. */
static enum cas_scan
scan_string(struct cas_scanner *scan)
{
    struct cas_tape_node *node = add_node(scan, CAS_TAPE_STRING, scan->p);
    if (!node)
        return CAS_SCAN_MEMORY;
    struct string string = {.p = scan->p + 1};
    for (;;) {
        string.p = skip_plain(string.p, scan->end);
        if (string.p == scan->end)
            return unexpected(scan, string.p, "the rest of a string and its closing quote");
        if (*string.p == '"')
            break;
        enum cas_scan found = skip_special(scan, &string);
        if (found != CAS_SCAN_OK)
            return found;
    }
    scan->p = string.p + 1;
    node->end = (uint32_t)(scan->p - scan->tape->text);
    node->escaped = string.escaped;
    return CAS_SCAN_OK;
}

/* --- numbers and words --------------------------------------------------------------------- */

static const char *
skip_digits(const char *p, const char *end)
{
    while (p < end && is_digit(*p))
        p++;
    return p;
}

/* Digits that must be there, at p. NULL: the scan is over, *out_found says how. */
static const char *
need_digits(struct cas_scanner *scan, const char *p, enum cas_scan *out_found)
{
    const char *after = skip_digits(p, scan->end);
    if (after > p)
        return after;
    *out_found = unexpected(scan, p, "a digit");
    return NULL;
}

static enum cas_scan
scan_number(struct cas_scanner *scan)
{
    enum cas_scan found = CAS_SCAN_OK;
    const char *start = scan->p, *end = scan->end;
    const char *whole = start + (*start == '-');
    const char *p = need_digits(scan, whole, &found);
    if (p && *whole == '0' && p > whole + 1)
        return fault(scan, CAS_MSG_SYNTAX, whole + 1, "no digit after a leading 0");
    if (p && p < end && *p == '.')
        p = need_digits(scan, p + 1, &found);
    if (p && p < end && (*p == 'e' || *p == 'E')) {
        p++;
        p = need_digits(scan, p + (p < end && (*p == '+' || *p == '-')), &found);
    }
    if (!p)
        return found;
    if (p == end && !scan->at_end)
        return CAS_SCAN_MORE;
    struct cas_tape_node *node = add_node(scan, CAS_TAPE_NUMBER, start);
    if (!node)
        return CAS_SCAN_MEMORY;
    node->end = (uint32_t)(p - scan->tape->text);
    scan->p = p;
    return CAS_SCAN_OK;
}

static enum cas_scan
scan_word(struct cas_scanner *scan, const char *word, uint8_t type)
{
    size_t n = strlen(word), left = (size_t)(scan->end - scan->p);
    if (memcmp(scan->p, word, left < n ? left : n) != 0)
        return unexpected(scan, scan->p, "a value");
    if (left < n)
        return unexpected(scan, scan->end, "the rest of true, false or null");
    struct cas_tape_node *node = add_node(scan, type, scan->p);
    if (!node)
        return CAS_SCAN_MEMORY;
    scan->p += n;
    node->end = (uint32_t)(scan->p - scan->tape->text);
    return CAS_SCAN_OK;
}

/* --- containers ---------------------------------------------------------------------------- */

static enum cas_scan
open_container(struct cas_scanner *scan, uint8_t type)
{
    if (scan->outer + scan->depth >= CAS_TAPE_DEPTH)
        return fault(scan, CAS_MSG_DEEP, scan->p, NULL);
    scan->open[scan->depth++] = (uint32_t)scan->tape->count;
    if (!add_node(scan, type, scan->p))
        return CAS_SCAN_MEMORY;
    scan->p++;
    scan->state = type == CAS_TAPE_ARRAY ? WANT_FIRST_ELEMENT : WANT_FIRST_KEY;
    return CAS_SCAN_OK;
}

static enum cas_scan
close_container(struct cas_scanner *scan)
{
    uint32_t index = scan->open[--scan->depth];
    struct cas_tape_node *node = &scan->tape->nodes[index];
    scan->p++;
    node->end = (uint32_t)(scan->p - scan->tape->text);
    node->next = (uint32_t)scan->tape->count;
    scan->state = scan->depth ? AFTER_VALUE : DONE;
    if (node->type == CAS_TAPE_OBJECT && node->count > 1 && !cas_tape_check_keys(scan->tape, index))
        return CAS_SCAN_MEMORY;
    return CAS_SCAN_OK;
}

static enum cas_scan
scan_value(struct cas_scanner *scan)
{
    if (scan->depth && scan->tape->nodes[scan->open[scan->depth - 1]].type == CAS_TAPE_ARRAY)
        scan->tape->nodes[scan->open[scan->depth - 1]].count++;
    char c = *scan->p;
    if (c == '{')
        return open_container(scan, CAS_TAPE_OBJECT);
    if (c == '[')
        return open_container(scan, CAS_TAPE_ARRAY);
    scan->state = scan->depth ? AFTER_VALUE : DONE;
    if (c == '"')
        return scan_string(scan);
    if (c == '-' || is_digit(c))
        return scan_number(scan);
    switch (c) {
    case 't': return scan_word(scan, "true", CAS_TAPE_TRUE);
    case 'f': return scan_word(scan, "false", CAS_TAPE_FALSE);
    case 'n': return scan_word(scan, "null", CAS_TAPE_NULL);
    default: return unexpected(scan, scan->p, "a value");
    }
}

static enum cas_scan
scan_key(struct cas_scanner *scan, const char *expected)
{
    if (*scan->p != '"')
        return unexpected(scan, scan->p, expected);
    const char *key = scan->p + 1;
    size_t index = scan->tape->count;
    scan->tape->nodes[scan->open[scan->depth - 1]].count++;
    scan->state = WANT_COLON;
    enum cas_scan found = scan_string(scan);
    if (found == CAS_SCAN_OK)
        scan->tape->nodes[index].count = cas_mark_of_key(key, (size_t)(scan->p - key) - 1);
    return found;
}

static enum cas_scan
scan_after_value(struct cas_scanner *scan)
{
    bool in_array = scan->tape->nodes[scan->open[scan->depth - 1]].type == CAS_TAPE_ARRAY;
    if (*scan->p == (in_array ? ']' : '}'))
        return close_container(scan);
    if (*scan->p != ',')
        return unexpected(scan, scan->p, in_array ? "',' or ']'" : "',' or '}'");
    scan->p++;
    scan->state = in_array ? WANT_VALUE : WANT_KEY;
    return CAS_SCAN_OK;
}

static const char *
expected_by(const struct cas_scanner *scan)
{
    switch (scan->state) {
    case WANT_FIRST_ELEMENT: return "a value or ']'";
    case WANT_FIRST_KEY: return "a key or '}'";
    case WANT_KEY: return "a key";
    case WANT_COLON: return "':'";
    case AFTER_VALUE:
        return scan->tape->nodes[scan->open[scan->depth - 1]].type == CAS_TAPE_ARRAY ? "',' or ']'"
                                                                                     : "',' or '}'";
    default: return "a value";
    }
}

static enum cas_scan
scan_token(struct cas_scanner *scan)
{
    switch (scan->state) {
    case WANT_FIRST_ELEMENT: return *scan->p == ']' ? close_container(scan) : scan_value(scan);
    case WANT_FIRST_KEY:
        return *scan->p == '}' ? close_container(scan) : scan_key(scan, "a key or '}'");
    case WANT_KEY: return scan_key(scan, "a key");
    case WANT_COLON:
        if (*scan->p != ':')
            return unexpected(scan, scan->p, "':'");
        scan->p++;
        scan->state = WANT_VALUE;
        return CAS_SCAN_OK;
    case AFTER_VALUE: return scan_after_value(scan);
    default: return scan_value(scan);
    }
}

static int
by_offset(const void *a, const void *b)
{
    const struct cas_tape_flaw *x = a, *y = b;
    return x->at != y->at ? (x->at < y->at ? -1 : 1) : (x->code > y->code) - (x->code < y->code);
}

enum cas_scan
cas_tape_scan(struct cas_tape *tape, const char *text, size_t n, bool at_end, unsigned depth)
{
    struct cas_scanner scan; /* its stack is not worth clearing for each value */
    scan.tape = tape;
    scan.p = text;
    scan.end = text + n;
    scan.at_end = at_end;
    scan.state = WANT_VALUE;
    scan.outer = depth;
    scan.depth = 0;
    tape->text = text;
    tape->count = tape->flaw_count = tape->used = 0;
    while (scan.state != DONE) {
        while (scan.p < scan.end && is_blank(*scan.p))
            scan.p++;
        enum cas_scan found =
            scan.p < scan.end ? scan_token(&scan) : unexpected(&scan, scan.p, expected_by(&scan));
        if (found == CAS_SCAN_OK)
            found = cas_scan_run(&scan);
        if (found != CAS_SCAN_OK)
            return found;
    }
    tape->used = (size_t)(scan.p - text);
    if (tape->flaw_count > 1)
        qsort(tape->flaws, tape->flaw_count, sizeof *tape->flaws, by_offset);
    return CAS_SCAN_OK;
}
