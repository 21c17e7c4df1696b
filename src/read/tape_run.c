/* The common case of the scanner: strings of plain ASCII, numbers of few digits without an
 * exponent, no blank before a colon or a comma, room on the tape.
 *
 * One pass of the loop is a member or an element: its key, its value, the closing brackets and the
 * comma behind it. Nothing is told here: at whatever is not as expected the run stops before the
 * token, and tape.c takes it from there. Bytes may be read up to CAS_TAPE_BEHIND behind `stop`,
 * but none from `end` on is ever taken for a part of the text.
 */
#include "read/tape_scan.h"

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

enum { MOST_DIGITS = 15 };

struct run {
    const char *p, *stop, *end;
    const char *text;
    struct cas_tape_node *nodes, *node, *last; /* all, the next one, the one never filled here */
    struct cas_tape_node *parent;
    enum cas_scan_state state;
    bool in_array; /* what the parent is */
};

static inline void
put(struct run *run, uint8_t type, const char *begin, const char *end, uint32_t count)
{
    *run->node = (struct cas_tape_node){.start = (uint32_t)(begin - run->text),
                                        .end = (uint32_t)(end - run->text),
                                        .next = (uint32_t)(run->node - run->nodes) + 1,
                                        .count = count,
                                        .type = type};
    run->node++;
}

static inline void
skip_blanks(struct run *run)
{
    while (run->p < run->end && (unsigned char)*run->p <= ' ' &&
           (*run->p == ' ' || *run->p == '\n' || *run->p == '\r' || *run->p == '\t'))
        run->p++;
}

/* From behind the opening quote to the closing one; NULL where anything else comes first. */
static inline const char *
find_quote(const struct run *run, const char *p)
{
    while (p < run->stop) {
        unsigned plain = cas_plain_count(p);
        p += plain;
        if (plain < CAS_STEP)
            return p < run->end && *p == '"' ? p : NULL;
    }
    return NULL;
}

static inline const char *
skip_digits(const char *p)
{
    const char *most = p + MOST_DIGITS;
    while (p < most && *p >= '0' && *p <= '9')
        p++;
    return p;
}

/* Behind the number at p; NULL where it is not a common one. */
static inline const char *
find_number_end(const struct run *run, const char *p)
{
    const char *whole = p + (*p == '-'), *behind = skip_digits(whole);
    if (behind == whole || (*whole == '0' && behind > whole + 1))
        return NULL;
    if (*behind == '.') {
        const char *part = behind + 1;
        behind = skip_digits(part);
        if (behind == part)
            return NULL;
    }
    bool ends = *behind == ',' || *behind == '}' || *behind == ']';
    return ends && behind < run->end ? behind : NULL;
}

static inline bool
run_key(struct run *run)
{
    const char *quote = *run->p == '"' ? find_quote(run, run->p + 1) : NULL;
    if (!quote || quote + 1 >= run->end || quote[1] != ':')
        return false;
    put(run, CAS_TAPE_STRING, run->p, quote + 1,
        cas_mark_of_key(run->p + 1, (size_t)(quote - run->p) - 1));
    run->parent->count++;
    run->p = quote + 2;
    run->state = WANT_VALUE;
    return true;
}

static inline bool
run_leaf(struct run *run)
{
    bool string = *run->p == '"';
    const char *behind = string ? find_quote(run, run->p + 1) : find_number_end(run, run->p);
    if (!behind)
        return false;
    behind += string;
    put(run, string ? CAS_TAPE_STRING : CAS_TAPE_NUMBER, run->p, behind, 0);
    run->parent->count += run->in_array;
    run->p = behind;
    run->state = AFTER_VALUE;
    return true;
}

static inline void
enter(struct run *run, const struct cas_scanner *scan)
{
    run->parent = run->nodes + scan->open[scan->depth - 1];
    run->in_array = run->parent->type == CAS_TAPE_ARRAY;
}

static inline bool
run_open(struct run *run, struct cas_scanner *scan)
{
    if (scan->outer + scan->depth >= CAS_TAPE_DEPTH)
        return false;
    run->parent->count += run->in_array;
    scan->open[scan->depth++] = (uint32_t)(run->node - run->nodes);
    run->in_array = *run->p == '[';
    run->parent = run->node;
    put(run, run->in_array ? CAS_TAPE_ARRAY : CAS_TAPE_OBJECT, run->p, run->p, 0);
    run->p++;
    run->state = run->in_array ? WANT_FIRST_ELEMENT : WANT_FIRST_KEY;
    return true;
}

static inline bool
run_close(struct run *run, struct cas_scanner *scan)
{
    struct cas_tape_node *closed = run->parent;
    run->p++;
    closed->end = (uint32_t)(run->p - run->text);
    closed->next = (uint32_t)(run->node - run->nodes);
    run->state = AFTER_VALUE;
    scan->depth--;
    if (scan->depth)
        enter(run, scan);
    else
        run->state = DONE;
    return closed->type == CAS_TAPE_ARRAY || closed->count < 2 ||
           cas_tape_check_keys(scan->tape, (uint32_t)(closed - run->nodes));
}

/* At a key, or at a value. @return whether it was a common one */
static inline bool
run_member(struct run *run, struct cas_scanner *scan)
{
    bool key = run->state == WANT_KEY || run->state == WANT_FIRST_KEY;
    skip_blanks(run);
    if (key && !run_key(run))
        return false;
    if (key)
        skip_blanks(run);
    if (*run->p == '{' || *run->p == '[')
        return run_open(run, scan);
    return run_leaf(run);
}

/* Behind a value, or at the begin of a container. @return CAS_SCAN_END where something is met that
 * is not common, or nothing is left to close */
static inline enum cas_scan
run_ends(struct run *run, struct cas_scanner *scan)
{
    skip_blanks(run);
    while (run->p < run->end && *run->p == (run->in_array ? ']' : '}')) {
        if (!run_close(run, scan))
            return CAS_SCAN_MEMORY;
        if (run->state == DONE)
            return CAS_SCAN_END;
        skip_blanks(run);
    }
    if (run->state != AFTER_VALUE)
        return CAS_SCAN_OK;
    if (run->p >= run->end || *run->p != ',')
        return CAS_SCAN_END;
    run->p++;
    run->state = run->in_array ? WANT_VALUE : WANT_KEY;
    return CAS_SCAN_OK;
}

static inline enum cas_scan
run_on(struct run *run, struct cas_scanner *scan)
{
    enum cas_scan found = CAS_SCAN_OK;
    while (found == CAS_SCAN_OK && run->p < run->stop && run->node < run->last) {
        if (!run_member(run, scan))
            break;
        found = run_ends(run, scan);
    }
    return found;
}

enum cas_scan
cas_scan_run(struct cas_scanner *scan)
{
    struct cas_tape *tape = scan->tape;
    size_t left = (size_t)(scan->end - scan->p);
    bool far = tape->behind < CAS_TAPE_BEHIND; /* from where it may read beyond the end */
    bool between = scan->state == WANT_COLON || scan->state == AFTER_VALUE;
    if (!scan->depth || between || tape->room - tape->count < 4 || (far && left < CAS_TAPE_BEHIND))
        return CAS_SCAN_OK;
    struct run run = {.p = scan->p,
                      .stop = far ? scan->end - CAS_TAPE_BEHIND : scan->end,
                      .end = scan->end,
                      .text = tape->text,
                      .nodes = tape->nodes,
                      .node = tape->nodes + tape->count,
                      .last = tape->nodes + tape->room - 2,
                      .state = scan->state};
    enter(&run, scan);
    enum cas_scan found = run_on(&run, scan);
    scan->p = run.p;
    scan->state = run.state;
    tape->count = (size_t)(run.node - run.nodes);
    return found == CAS_SCAN_MEMORY ? found : CAS_SCAN_OK;
}

#else

/* A mask of bytes does not say there which one is the first. */
enum cas_scan
cas_scan_run(struct cas_scanner *scan)
{
    (void)scan;
    return CAS_SCAN_OK;
}

#endif
