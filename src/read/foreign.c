/* Kinds of files by their first bytes: a row a kind. A workbook is a zip and must be known before
 * it is taken for a compressed text; the others can be none. */
#include "read/foreign.h"

#include <string.h>

#define SHEET   "a spreadsheet", "save its sheet as CSV (UTF-8)"
#define PICTURE "a picture", "casus reads tables and dossiers"
#define PACKAGE "data of a statistics package", "export them as CSV (UTF-8)"

struct foreign {
    const char *magic;
    size_t at, n;
    const char *what, *advice;
};

#define MAGIC(at, bytes) bytes, at, sizeof(bytes) - 1

static const struct foreign kinds[] = {
    {MAGIC(30, "[Content_Types].xml"), SHEET},
    {MAGIC(30, "_rels/.rels"), SHEET},
    {MAGIC(30, "xl/"), SHEET},
    {MAGIC(30, "mimetypeapplication/vnd.oasis"), SHEET},
    {MAGIC(0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), SHEET},
    {MAGIC(0, "\x89PNG\r\n\x1A\n"), PICTURE},
    {MAGIC(0, "\xFF\xD8\xFF"), PICTURE},
    {MAGIC(0, "GIF8"), PICTURE},
    {MAGIC(0, "%PDF-"), "a PDF", "casus reads tables and dossiers"},
    {MAGIC(0, "RDX2\n"), PACKAGE},
    {MAGIC(0, "RDX3\n"), PACKAGE},
    {MAGIC(0, "RDA2\n"), PACKAGE},
    {MAGIC(0, "X\n\0\0\0"), PACKAGE}, /* R, one object */
    {MAGIC(0, "<stata_dta>"), PACKAGE},
    {MAGIC(0, "$FL2@(#)"), PACKAGE}, /* SPSS */
    {MAGIC(0, "PAR1"), "a Parquet file", "export it as CSV (UTF-8)"},
    {MAGIC(0, "SQLite format 3"), "a database", "export its table as CSV (UTF-8)"},
    {MAGIC(0, "\x7F"
              "ELF"),
     "a program", "casus reads tables and dossiers"},
    {MAGIC(0, "BZh"), "a bzip2 file", "compress it with gzip, xz or zstd, or unpack it"},
    {MAGIC(0, "7z\xBC\xAF\x27\x1C"), "a 7z archive", "unpack it, or compress the file as zip"},
    {MAGIC(0, "Rar!\x1A\x07"), "a rar archive", "unpack it, or compress the file as zip"},
};

static const struct foreign *
find_kind(const char *head, size_t n)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct foreign *kind = &kinds[i];
        bool zip = n >= 4 && memcmp(head, "PK\x03\x04", 4) == 0;
        if (n >= kind->at + kind->n && (zip || !kind->at) &&
            memcmp(head + kind->at, kind->magic, kind->n) == 0)
            return kind;
    }
    return NULL;
}

/* Text of the Latin script in UTF-16 has a zero for every other byte, with or without a mark. */
static bool
is_wide(const char *head, size_t n)
{
    enum { LOOKED_AT = 64, LEAST = 8 };
    size_t zeros[2] = {0};
    if (n >= 2 && (memcmp(head, "\xFF\xFE", 2) == 0 || memcmp(head, "\xFE\xFF", 2) == 0))
        return true;
    n = n < LOOKED_AT ? n & ~(size_t)1 : LOOKED_AT;
    for (size_t i = 0; i < n; i++)
        zeros[i % 2] += head[i] == '\0';
    return n >= LEAST && ((zeros[0] == n / 2 && !zeros[1]) || (zeros[1] == n / 2 && !zeros[0]));
}

enum casus_status
cas_foreign_refuse(const char *name, const char *head, size_t n, struct casus_error *err)
{
    const struct foreign *kind = find_kind(head, n);
    if (kind)
        return cas_fail(err, CASUS_EINPUT, CAS_MSG_FOREIGN, "%s: expected text, found %s; %s", name,
                        kind->what, kind->advice);
    if (is_wide(head, n))
        return cas_fail(err, CASUS_EINPUT, CAS_MSG_WIDE,
                        "%s: expected UTF-8, found UTF-16; save it as UTF-8", name);
    return CASUS_OK;
}
