/* One input while it is read, and the table of formats.
 *
 * A format is a row of the table in reader.c and one file behind it. Its read() takes bytes from
 * `bytes` and gives records to `sink`; problems go through cas_record (record.h), which knows the
 * policy. What read() returns ends the reading: CASUS_OK at the input's end, or where the policy
 * lets a problem pass behind which nothing can be read.
 */
#ifndef CAS_READ_READER_H
#define CAS_READ_READER_H

#include "event/sink.h"
#include "read/bytes.h"

struct cas_input {
    const char *path; /* as the user named it, or the dossier.json in that folder */
    const struct casus_reading *reading;
    struct casus_sink *sink;
    struct casus_problems *problems;
    struct casus_input seen; /* counts of records and events */
    struct cas_bytes bytes;
    const struct cas_mark *mark; /* before the record, in its memory: the window's as a rule */
    struct cas_locator locator;
    struct cas_arena scratch; /* for one record */
    struct cas_arena kept;    /* as long as the input is read */
    struct cas_sha256 sha;
    const char *record; /* its begin, in the window */
    /* Records are made ahead of their turn (ahead.h): the first problem ends it untold, places are
     * not known, and scratch memory lasts longer than one record. */
    bool ahead;
};

struct cas_rows_format;

/* Either `table` (rows.h), or `read` and, for a file, `sniff`. Without both it is a folder. */
struct cas_reader {
    struct casus_format format;
    /* How sure the format is of a file that begins so: 0 not at all, 100 quite;
     * below 0 without memory. */
    int (*sniff)(const char *path, const char *head, size_t n);
    enum casus_status (*read)(struct cas_input *input, struct casus_error *err);
    const struct cas_rows_format *table;
};

#define F(name) extern const struct cas_reader cas_reader_##name;
#include "read/formats.def"
#undef F

/* The input's own citation or licence, as a dossier's head gives it; several are joined by "; ".
 * `term` is a field of input->seen. */
enum casus_status cas_input_term(struct cas_input *input, const char **term, struct cas_text text,
                                 struct casus_error *err);

/* Whether a folder holds one of the files of a CSV set. */
bool cas_csv_set_is(const char *folder);

#endif
