/* The table of formats, and reading an input with the row that fits it. */
#include "read/reader.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/text.h"
#include "read/rows.h"

static const struct cas_reader *const readers[] = {
#define F(name) &cas_reader_##name,
#include "read/formats.def"
#undef F
};
enum { READERS = sizeof readers / sizeof *readers };

size_t
casus_format_count(void)
{
    return READERS;
}

const struct casus_format *
casus_format_at(size_t index)
{
    return &readers[index]->format;
}

static const struct cas_reader *
find_reader(const char *name, struct casus_error *err)
{
    const char *names[READERS];
    for (size_t i = 0; i < READERS; i++) {
        names[i] = readers[i]->format.name;
        if (strcmp(names[i], name) == 0)
            return readers[i];
    }
    const char *nearest = cas_text_nearest(name, strlen(name), names, READERS);
    cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION, "no format '%.60s'%s%s%s", name,
             nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
    return NULL;
}

/* A format of files, not of folders. */
static bool
reads_files(const struct cas_reader *reader)
{
    return reader->sniff || reader->table;
}

static void
locate(void *context, const char *at, struct casus_error *fault)
{
    const struct cas_input *input = context;
    cas_bytes_locate(&input->bytes, at ? at : input->record, fault);
}

/* --- which format ----------------------------------------------------------------------------- */

/* A table of the set by itself: say what to name instead. */
static bool
looks_like_csv_set(const struct cas_bytes *bytes)
{
    static const char *const begins[] = {"id,", "id;", "id\t", "about,", "about;", "about\t"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        size_t n = strlen(begins[i]);
        if (bytes->n >= n && memcmp(bytes->s, begins[i], n) == 0)
            return true;
    }
    return false;
}

static void
swap(struct cas_buffer *a, struct cas_buffer *b)
{
    struct cas_buffer held = *a;
    *a = *b;
    *b = held;
}

/* The data set whose columns the table has most of, if it has half of those that are needed. */
static const struct cas_reader *
nearest_table(const struct cas_bytes *bytes, struct cas_buffer *missing, struct cas_buffer *found)
{
    const struct cas_reader *nearest = NULL;
    size_t most = 1;
    for (size_t i = 0; i < READERS; i++) {
        struct cas_buffer lacks, has;
        if (!readers[i]->table)
            continue;
        cas_buffer_init(&lacks);
        cas_buffer_init(&has);
        size_t needed = cas_rows_nearness(readers[i]->table, bytes->s, bytes->n, &lacks, &has);
        if (needed > most) {
            most = needed;
            nearest = readers[i];
            swap(missing, &lacks);
            swap(found, &has);
        }
        cas_buffer_done(&lacks);
        cas_buffer_done(&has);
    }
    return nearest;
}

static enum casus_status
not_recognised(const struct cas_input *input, struct casus_error *err)
{
    struct cas_buffer missing, found;
    cas_buffer_init(&missing);
    cas_buffer_init(&found);
    const struct cas_reader *nearest = nearest_table(&input->bytes, &missing, &found);
    enum casus_status status;
    if (nearest && !missing.failed && !found.failed)
        status = cas_fail(
            err, CASUS_EINPUT, CAS_MSG_COLUMN,
            "%.50s: nearest to %s, but lacks its columns %.60s%s%s; found %.50s", input->path,
            nearest->format.name, missing.n ? missing.s : "", nearest->table->advice ? ": " : "",
            nearest->table->advice ? nearest->table->advice : "", found.n ? found.s : "");
    else if (looks_like_csv_set(&input->bytes))
        status = cas_fail(err, CASUS_EINPUT, CAS_MSG_FORMAT,
                          "%s: a CSV set is read as a folder: name the folder", input->path);
    else
        status =
            cas_fail(err, CASUS_EINPUT, CAS_MSG_FORMAT,
                     "%s: the content is none of the formats; name one with --from", input->path);
    cas_buffer_done(&missing);
    cas_buffer_done(&found);
    return status;
}

static int
sniff(const struct cas_reader *reader, const struct cas_input *input)
{
    const struct cas_bytes *bytes = &input->bytes;
    if (reader->sniff)
        return reader->sniff(input->path, bytes->s, bytes->n);
    return reader->table ? cas_rows_sniff(reader->table, bytes->s, bytes->n) : 0;
}

/* The surest of those that read a file. */
static enum casus_status
choose_for_file(const struct cas_input *input, const struct cas_reader **out,
                struct casus_error *err)
{
    int best = 0;
    if (*out)
        return CASUS_OK;
    for (size_t i = 0; i < READERS; i++) {
        int sure = sniff(readers[i], input);
        if (sure < 0)
            return cas_fail_memory(err);
        if (sure <= best)
            continue;
        best = sure;
        *out = readers[i];
    }
    return *out ? CASUS_OK : not_recognised(input, err);
}

enum casus_status
cas_input_term(struct cas_input *input, const char **term, struct cas_text text,
               struct casus_error *err)
{
    if (!text.n)
        return CASUS_OK;
    struct cas_buffer joined;
    cas_buffer_init(&joined);
    if (*term)
        cas_buffer_printf(&joined, "%s; ", *term);
    cas_buffer_add(&joined, text.s, text.n);
    const char *kept = joined.failed ? NULL : cas_arena_text(&input->kept, joined.s, joined.n);
    cas_buffer_done(&joined);
    if (!kept)
        return cas_fail_memory(err);
    *term = kept;
    return CASUS_OK;
}

/* --- files and folders ------------------------------------------------------------------------ */

static bool
is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool
is_file(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

/* What of a folder is read: all of it, as a CSV set, or the dossier.json in it. */
static enum casus_status
open_folder(struct cas_input *input, const struct cas_reader **out, struct casus_error *err)
{
    const char *folder = input->path;
    size_t n = strlen(folder) + sizeof "/dossier.json";
    char *path = cas_arena_alloc(&input->kept, n);
    if (!path)
        return cas_fail_memory(err);
    bool slash = *folder && folder[strlen(folder) - 1] == '/';
    snprintf(path, n, "%s%sdossier.json", folder, slash ? "" : "/");
    bool set = cas_csv_set_is(folder), dossier = is_file(path);
    if (set == dossier)
        return cas_fail(err, CASUS_EINPUT, CAS_MSG_FOLDER,
                        "%s: expected a CSV set or a dossier.json, found %s", folder,
                        set ? "both" : "neither");
    if (set) {
        *out = &cas_reader_csv_set;
        return CASUS_OK;
    }
    input->path = path;
    return CASUS_OK;
}

static enum casus_status
open_input(struct cas_input *input, const struct cas_reader **out, struct casus_error *err)
{
    enum casus_status status = CASUS_OK;
    if (strcmp(input->path, "-") != 0 && is_folder(input->path))
        status = open_folder(input, out, err);
    if (status != CASUS_OK || (*out && !reads_files(*out)))
        return status;
    status = cas_bytes_open(&input->bytes, input->path, input->reading, err);
    return status == CASUS_OK ? choose_for_file(input, out, err) : status;
}

/* --- reading ---------------------------------------------------------------------------------- */

static enum casus_status
begin(struct cas_input *input, const struct cas_reader *reader, struct casus_error *err)
{
    input->seen.name = input->path; /* of a folder, the dossier in it */
    input->seen.format = reader->format.name;
    input->seen.citation = reader->format.citation;
    input->seen.licence = reader->format.licence;
    input->seen.dossier = reader->format.dossier;
    return input->sink->begin(input->sink, &input->seen, &input->locator.input, err);
}

static enum casus_status
end(struct cas_input *input, const struct cas_reader *reader, struct casus_error *err)
{
    enum casus_status status = CASUS_OK;
    bool hash = input->reading && input->reading->hash;
    if (hash && reads_files(reader))
        status = cas_bytes_hash(&input->bytes, input->path, &input->sha, err);
    if (status == CASUS_OK && hash)
        cas_sha256_text(&input->sha, input->seen.sha256);
    if (status == CASUS_OK)
        status = input->sink->end(input->sink, &input->seen, err);
    return status;
}

/* A damaged archive is a problem of the content: what stood before the damage has been read. */
static enum casus_status
pass_damage(struct cas_input *input, enum casus_status status, struct casus_error *err)
{
    if (status != CASUS_EINPUT || input->bytes.damage.status == CASUS_OK)
        return status;
    return cas_problem(input->problems, &input->bytes.damage, err);
}

static enum casus_status
read_with(struct cas_input *input, const struct cas_reader *reader, struct casus_error *err)
{
    return reader->table ? cas_rows_read(input, reader->table, err) : reader->read(input, err);
}

static enum casus_status
read_input(struct cas_input *input, const struct cas_reader *reader, struct casus_error *err)
{
    enum casus_status status = open_input(input, &reader, err);
    if (status != CASUS_OK)
        return pass_damage(input, status, err);
    /* of what folds without a second reading no more is kept than is cheap */
    input->bytes.keeps = input->sink->forgets && !(reader->table && reader->table->bulk);
    status = begin(input, reader, err);
    if (status == CASUS_OK)
        status = pass_damage(input, read_with(input, reader, err), err);
    return status == CASUS_OK ? end(input, reader, err) : status;
}

enum casus_status
casus_read(const char *path, const struct casus_reading *reading, struct casus_sink *sink,
           struct casus_problems *problems, struct casus_error *err)
{
    const struct cas_reader *reader = NULL;
    if (reading && reading->format && !(reader = find_reader(reading->format, err)))
        return CASUS_EINVAL;
    struct cas_input input = {.path = path,
                              .reading = reading,
                              .sink = sink,
                              .problems = problems,
                              .seen = {.name = path},
                              .bytes = {.fd = -1},
                              .mark = &input.bytes.mark,
                              .locator = {.context = &input, .locate = locate}};
    cas_arena_init(&input.scratch);
    cas_arena_init(&input.kept);
    cas_sha256_init(&input.sha);
    sink->problems = problems;
    enum casus_status status = read_input(&input, reader, err);
    cas_bytes_close(&input.bytes);
    cas_arena_done(&input.scratch);
    cas_arena_done(&input.kept);
    return status;
}
