/* Any bytes as a dossier: no crash, no leak, and what must hold of every reading.
 *
 * With clang -fsanitize=fuzzer this is a libFuzzer target. Without (FUZZ_REPLAY), its main()
 * replays the files and folders that it is given.
 *
 *   - a check finds a problem if and only if a strict reading ends with one
 *   - each problem names a message, and a place where it is one of the text
 *   - a record that is not bad has its id; one event is one call
 *   - a table has the same cells in one window as in many
 */
#undef NDEBUG
#include <assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "read/cells.h"
#include "unit/recorder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum casus_status
read_bytes(const char *path, enum casus_policy policy, struct recorder *recorder,
           struct casus_problems *problems, struct casus_error *err)
{
    (void)policy;
    recorder_init(recorder);
    *err = (struct casus_error){0};
    return casus_read(path, NULL, &recorder->sink, problems, err);
}

static void
check_places(const struct casus_problems *problems)
{
    for (size_t i = 0; i < casus_problems_count(problems); i++) {
        const struct casus_error *problem = casus_problems_at(problems, i);
        assert(casus_message_find(problem->code));
        assert(problem->text[0] && problem->file[0]);
        assert((problem->where.line && problem->where.column) || problem->code == CAS_MSG_ARCHIVE);
    }
}

static size_t
count_lines_that_begin(const char *text, const char *word)
{
    size_t count = 0, n = strlen(word);
    for (const char *line = text; line && *line; line = strchr(line, '\n')) {
        line += *line == '\n';
        count += strncmp(line, word, n) == 0;
    }
    return count;
}

static void
read_as_dossier(const char *path)
{
    struct recorder check, strict;
    struct casus_error err;
    struct casus_problems *problems = casus_problems_new(CASUS_CHECK);
    assert(problems);
    enum casus_status status = read_bytes(path, CASUS_CHECK, &check, problems, &err);
    check_places(problems);
    uint64_t total = casus_problems_total(problems);
    bool damaged = casus_problems_of(problems, CAS_MSG_ARCHIVE) > 0;
    casus_problems_free(problems);
    problems = casus_problems_new(CASUS_STRICT);
    assert(problems);
    enum casus_status ended = read_bytes(path, CASUS_STRICT, &strict, problems, &err);
    casus_problems_free(problems);
    if (status == CASUS_OK) {
        assert((ended == CASUS_EINPUT) == (total > 0));
        assert(check.ended == 1 || damaged);
    } else {
        assert(ended == status || total > 0);
    }
    /* a strict reading gives bad records to nobody; names may hold line breaks, so never more */
    if (strict.out.s && total == 0)
        assert(count_lines_that_begin(strict.out.s, "event id=") >= strict.events);
    recorder_done(&check);
    recorder_done(&strict);
}

static void
dump_rows(const char *text, size_t size, size_t step, struct cas_buffer *out)
{
    struct cas_cells cells;
    size_t begin = 0, n = step < size ? step : size;
    cas_cells_init(&cells, ',', true);
    for (;;) {
        enum cas_scan found = cas_cells_scan(&cells, text + begin, n, begin + n == size);
        if (found == CAS_SCAN_MORE) {
            assert(begin + n < size);
            n = begin + n + step < size ? n + step : size - begin;
            continue;
        }
        if (found != CAS_SCAN_OK) {
            cas_buffer_printf(out, "%d", found == CAS_SCAN_FAULT ? (int)cells.code : 0);
            break;
        }
        for (size_t i = 0; i < cells.count; i++) {
            struct cas_arena arena;
            cas_arena_init(&arena);
            struct cas_text cell = cas_cell_text(&cells.cells[i], &arena);
            cas_buffer_printf(out, "%zu:", cell.n);
            cas_buffer_add(out, cell.s, cell.n);
            cas_arena_done(&arena);
        }
        cas_buffer_char(out, '\n');
        assert(cells.used > 0 && cells.used <= n);
        begin += cells.used;
        n -= cells.used;
    }
    cas_cells_done(&cells);
}

static void
read_as_table(const char *text, size_t size)
{
    struct cas_buffer whole, pieces;
    if (size > 4096) /* windows of one byte are quadratic */
        return;
    cas_buffer_init(&whole);
    cas_buffer_init(&pieces);
    dump_rows(text, size, size ? size : 1, &whole);
    dump_rows(text, size, 1, &pieces);
    assert(!whole.failed && !pieces.failed);
    assert(whole.n == pieces.n && memcmp(whole.s, pieces.s, whole.n) == 0);
    cas_buffer_done(&whole);
    cas_buffer_done(&pieces);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    int fd = memfd_create("dossier.json", 0);
    assert(fd >= 0);
    assert(write(fd, data, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    read_as_dossier(path);
    close(fd);
    read_as_table((const char *)data, size);
    return 0;
}

#ifdef FUZZ_REPLAY
static size_t
replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert(file && fseek(file, 0, SEEK_END) == 0);
    long size = ftell(file);
    rewind(file);
    uint8_t *data = malloc(size > 0 ? (size_t)size : 1);
    assert(data && size >= 0 && fread(data, 1, (size_t)size, file) == (size_t)size);
    fclose(file);
    LLVMFuzzerTestOneInput(data, (size_t)size);
    free(data);
    return 1;
}

static size_t
replay(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    size_t count = 0;
    if (!folder)
        return replay_file(path);
    while ((entry = readdir(folder))) {
        char inner[4096];
        if (entry->d_name[0] == '.')
            continue;
        assert(snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name) < (int)sizeof inner);
        count += replay(inner);
    }
    closedir(folder);
    return count;
}

int
main(int argc, char **argv)
{
    size_t count = 0;
    for (int i = 1; i < argc; i++)
        count += replay(argv[i]);
    printf("%zu seeds replayed\n", count);
    return count ? 0 : 1;
}
#endif
