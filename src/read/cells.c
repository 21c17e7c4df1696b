/* Rows into cells: plain bytes are skipped eight at a time, quoted ones by memchr. */
#include "read/cells.h"

void
cas_cells_init(struct cas_cells *cells, char separator, bool quotes)
{
    *cells = (struct cas_cells){.separator = separator, .quotes = quotes};
}

void
cas_cells_done(struct cas_cells *cells)
{
    cas_free(cells->cells);
    cas_cells_init(cells, ',', true);
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Set in the first zero byte; bytes behind it may be set falsely. */
static inline uint64_t
zero_bytes(uint64_t x)
{
    return (x - EACH(1)) & ~x & EACH(0x80);
}

/* The separator or the end of the row, or `end`. */
static const char *
skip_plain(const char *p, const char *end, char separator)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    const uint64_t each = EACH((unsigned char)separator);
    for (; (size_t)(end - p) >= 8; p += 8) {
        uint64_t eight;
        memcpy(&eight, p, 8);
        uint64_t found = zero_bytes(eight ^ each) | zero_bytes(eight ^ EACH('\n')) |
                         zero_bytes(eight ^ EACH('\r'));
        if (found)
            return p + (__builtin_ctzll(found) >> 3);
    }
#endif
    while (p < end && *p != separator && *p != '\n' && *p != '\r')
        p++;
    return p;
}

struct scan {
    struct cas_cells *cells;
    const char *text, *p, *end;
    bool at_end;
};

static enum cas_scan
fault(const struct scan *scan, enum cas_msg code, const char *at)
{
    scan->cells->code = code;
    scan->cells->at = (size_t)(at - scan->text);
    return CAS_SCAN_FAULT;
}

/* At the opening quote; leaves the scan behind the closing one. */
static enum cas_scan
scan_quoted(struct scan *scan, struct cas_cell *cell)
{
    const char *p = scan->p + 1;
    cell->s = p;
    for (;;) {
        const char *quote = memchr(p, '"', (size_t)(scan->end - p));
        if ((size_t)((quote ? quote : scan->end) - cell->s) > CAS_CELL)
            return fault(scan, CAS_MSG_LARGE, cell->at);
        if (!quote)
            return scan->at_end ? fault(scan, CAS_MSG_QUOTE, cell->at) : CAS_SCAN_MORE;
        if (quote + 1 == scan->end && !scan->at_end)
            return CAS_SCAN_MORE;
        if (quote + 1 == scan->end || quote[1] != '"') {
            cell->n = (size_t)(quote - cell->s);
            scan->p = quote + 1;
            return CAS_SCAN_OK;
        }
        cell->form = CAS_CELL_DOUBLED;
        p = quote + 2;
    }
}

static enum cas_scan
scan_cell(struct scan *scan, struct cas_cell *cell)
{
    *cell = (struct cas_cell){.at = scan->p, .s = scan->p};
    bool quoted = scan->cells->quotes && scan->p < scan->end && *scan->p == '"';
    enum cas_scan found = quoted ? scan_quoted(scan, cell) : CAS_SCAN_OK;
    if (found != CAS_SCAN_OK)
        return found;
    const char *closed = scan->p;
    scan->p = skip_plain(scan->p, scan->end, scan->cells->separator);
    if ((size_t)(scan->p - cell->at) > CAS_CELL + 2)
        return fault(scan, CAS_MSG_LARGE, cell->at);
    if (!quoted)
        cell->n = (size_t)(scan->p - cell->s);
    else if (scan->p > closed)
        *cell = (struct cas_cell){cell->at, cell->at, (size_t)(scan->p - cell->at), CAS_CELL_ODD};
    return scan->p == scan->end && !scan->at_end ? CAS_SCAN_MORE : CAS_SCAN_OK;
}

static enum cas_scan
end_row(struct scan *scan)
{
    if (scan->p < scan->end && *scan->p == '\r') {
        if (scan->p + 1 == scan->end && !scan->at_end)
            return CAS_SCAN_MORE;
        scan->p++;
        if (scan->p < scan->end && *scan->p == '\n')
            scan->p++;
    } else if (scan->p < scan->end) {
        scan->p++;
    }
    scan->cells->used = (size_t)(scan->p - scan->text);
    return CAS_SCAN_OK;
}

enum cas_scan
cas_cells_scan(struct cas_cells *cells, const char *text, size_t n, bool at_end)
{
    struct scan scan = {cells, text, text, text + n, at_end};
    cells->count = cells->used = 0;
    if (!n)
        return at_end ? CAS_SCAN_END : CAS_SCAN_MORE;
    for (;;) {
        if (cells->count == CAS_CELLS)
            return fault(&scan, CAS_MSG_LARGE, scan.p);
        if (!cas_grow(&cells->cells, &cells->room, cells->count + 1, sizeof *cells->cells))
            return CAS_SCAN_MEMORY;
        enum cas_scan found = scan_cell(&scan, &cells->cells[cells->count]);
        if (found != CAS_SCAN_OK)
            return found;
        cells->count++;
        if (scan.p == scan.end || *scan.p != cells->separator)
            return end_row(&scan);
        scan.p++;
    }
}

bool
cas_cells_blank(const struct cas_cells *cells)
{
    return cells->count == 1 && cells->cells[0].n == 0 && cells->cells[0].s == cells->cells[0].at;
}

/* "" is a quote; a lone one, in a cell with text behind its end, opens or closes. */
static size_t
unquote(const struct cas_cell *cell, char *out)
{
    bool inside = cell->form == CAS_CELL_DOUBLED;
    char *to = out;
    for (const char *s = cell->s, *end = s + cell->n; s < end; s++) {
        if (*s != '"') {
            *to++ = *s;
        } else if (inside && s + 1 < end && s[1] == '"') {
            *to++ = *s++;
        } else {
            inside = !inside;
        }
    }
    return (size_t)(to - out);
}

struct cas_text
cas_cell_text(const struct cas_cell *cell, struct cas_arena *arena)
{
    if (cell->form == CAS_CELL_PLAIN)
        return (struct cas_text){cell->s, cell->n, cell->at};
    char *out = cas_arena_alloc(arena, cell->n);
    return (struct cas_text){out, out ? unquote(cell, out) : 0, cell->at};
}

char
cas_cells_separator(const char *text, size_t n)
{
    static const char candidates[] = {',', ';', '\t', '\x01'};
    size_t counts[sizeof candidates] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < n && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
        if (text[i] == '"')
            quoted = !quoted;
        for (size_t c = 0; c < sizeof candidates && !quoted; c++)
            counts[c] += text[i] == candidates[c];
    }
    for (size_t c = 1; c < sizeof candidates; c++)
        best = counts[c] > counts[best] ? c : best;
    return candidates[best];
}
