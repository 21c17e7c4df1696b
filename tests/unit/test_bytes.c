/* Bytes of files, plain and compressed, and what is damaged or too many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>
#include <unistd.h>

#include "read/bytes.h"
#include "unit/recorder.h"

static char path[64];

static int
make_file(void **state)
{
    (void)state;
    strcpy(path, "/tmp/casus-bytes-XXXXXX");
    int fd = mkstemp(path);
    return fd < 0 ? -1 : close(fd);
}

static int
remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

enum { LINES = 9000 };

/* More than one block of it, and not the same throughout. */
static void
make_lines(struct cas_buffer *out)
{
    cas_buffer_init(out);
    for (int i = 0; i < LINES; i++)
        cas_buffer_printf(out, "{\"actor\": {\"id\": \"a%d\", \"note\": \"%d\"}}\n", i, i * 7919);
    assert_false(out->failed);
}

enum packing { GZIP, XZ, ZSTD, ZIP, TAR_GZIP, PACKINGS };

static struct archive *
new_archive(enum packing packing)
{
    struct archive *archive = archive_write_new();
    assert_non_null(archive);
    if (packing == GZIP || packing == TAR_GZIP)
        assert_int_equal(archive_write_add_filter_gzip(archive), ARCHIVE_OK);
    if (packing == XZ)
        assert_int_equal(archive_write_add_filter_xz(archive), ARCHIVE_OK);
    if (packing == ZSTD)
        assert_int_equal(archive_write_add_filter_zstd(archive), ARCHIVE_OK);
    if (packing == ZIP)
        assert_int_equal(archive_write_set_format_zip(archive), ARCHIVE_OK);
    else if (packing == TAR_GZIP)
        assert_int_equal(archive_write_set_format_ustar(archive), ARCHIVE_OK);
    else
        assert_int_equal(archive_write_set_format_raw(archive), ARCHIVE_OK);
    return archive;
}

/* Pack the text as each of `names`. */
static void
pack(enum packing packing, const struct cas_buffer *text, const char *const *names, size_t count)
{
    struct archive *archive = new_archive(packing);
    assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
    for (size_t i = 0; i < count; i++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, names[i]);
        archive_entry_set_size(entry, (la_int64_t)text->n);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
        assert_int_equal(archive_write_data(archive, text->s, text->n), text->n);
        archive_entry_free(entry);
    }
    assert_int_equal(archive_write_close(archive), ARCHIVE_OK);
    archive_write_free(archive);
}

static void
read_all(struct recorder *recorder, struct casus_problems **problems, struct casus_error *err,
         enum casus_status *status, const char *from, bool hash)
{
    struct casus_reading reading = {.hash = hash};
    recorder_init(recorder);
    *err = (struct casus_error){0};
    *problems = casus_problems_new(CASUS_STRICT);
    assert_non_null(*problems);
    *status = casus_read(from, &reading, &recorder->sink, *problems, err);
}

static void
expect(const char *from, enum casus_status wanted, unsigned code, uint64_t records)
{
    struct recorder recorder;
    struct casus_problems *problems;
    struct casus_error err;
    enum casus_status status;
    read_all(&recorder, &problems, &err, &status, from, true);
    if (status != wanted || err.code != code || (wanted == CASUS_OK && recorder.records != records))
        fail_msg("%s: status %d, CAS-%03u, %llu records: %s", from, status, err.code,
                 (unsigned long long)recorder.records, err.text);
    assert_int_equal(strlen(recorder.sha256), wanted == CASUS_OK ? 64 : 0);
    recorder_done(&recorder);
    casus_problems_free(problems);
}

static long
size_of_file(void)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    fclose(file);
    return size;
}

static void
compressed_input_is_read_like_plain_input(void **state)
{
    (void)state;
    static const char *const names[] = {"case.jsonl"};
    struct cas_buffer text;
    make_lines(&text);
    for (int packing = 0; packing < PACKINGS; packing++) {
        pack((enum packing)packing, &text, names, 1);
        expect(path, CASUS_OK, 0, LINES);
    }
    cas_buffer_done(&text);
}

static void
what_comes_but_once_is_read_too(void **state)
{
    (void)state;
    static const char *const names[] = {"case.jsonl"};
    struct cas_buffer text;
    make_lines(&text);
    for (int packing = 0; packing < PACKINGS; packing++) {
        pack((enum packing)packing, &text, names, 1);
        assert_non_null(freopen(path, "rb", stdin));
        expect("-", CASUS_OK, 0, LINES);
    }
    cas_buffer_done(&text);
}

static void
an_archive_of_many_files_is_refused(void **state)
{
    (void)state;
    static const char *const names[] = {"a.jsonl", "b.jsonl"};
    static const char *const from_a_mac[] = {"a.jsonl", "__MACOSX/._a.jsonl"};
    struct cas_buffer text;
    make_lines(&text);
    pack(ZIP, &text, names, 2);
    expect(path, CASUS_EINPUT, CAS_MSG_MANY_FILES, 0);
    assert_non_null(freopen(path, "rb", stdin));
    expect("-", CASUS_EINPUT, CAS_MSG_MANY_FILES, 0);
    pack(TAR_GZIP, &text, names, 2);
    expect(path, CASUS_EINPUT, CAS_MSG_MANY_FILES, 0);
    pack(ZIP, &text, from_a_mac, 2);
    expect(path, CASUS_OK, 0, LINES);
    cas_buffer_done(&text);
}

static void
an_archive_that_breaks_off_is_damaged(void **state)
{
    (void)state;
    static const char *const names[] = {"case.jsonl"};
    struct cas_buffer text;
    make_lines(&text);
    for (int packing = 0; packing < PACKINGS; packing++) {
        pack((enum packing)packing, &text, names, 1);
        assert_int_equal(truncate(path, size_of_file() / 2), 0);
        expect(path, CASUS_EINPUT, CAS_MSG_ARCHIVE, 0);
    }
    cas_buffer_done(&text);
}

/* A byte changed in the middle of the packed bytes. */
static void
an_archive_that_was_changed_is_damaged(void **state)
{
    (void)state;
    static const char *const names[] = {"case.jsonl"};
    struct cas_buffer text;
    make_lines(&text);
    for (int packing = 0; packing < PACKINGS; packing++) {
        struct recorder recorder;
        struct casus_problems *problems;
        struct casus_error err;
        enum casus_status status;
        pack((enum packing)packing, &text, names, 1);
        FILE *file = fopen(path, "r+b");
        assert_non_null(file);
        fseek(file, size_of_file() / 2, SEEK_SET);
        int byte = fgetc(file);
        fseek(file, -1, SEEK_CUR);
        fputc(byte ^ 0x10, file);
        fclose(file);
        read_all(&recorder, &problems, &err, &status, path, false);
        if (status != CASUS_EINPUT)
            fail_msg("packing %d: status %d", packing, status);
        recorder_done(&recorder);
        casus_problems_free(problems);
    }
    cas_buffer_done(&text);
}

/* A gzip that only stores: what was changed is good JSON, and the check sum alone tells. */
static void
a_changed_gzip_is_known_by_its_check_sum(void **state)
{
    (void)state;
    static const unsigned char gzip[] = "\x1F\x8B\x08\0\0\0\0\0\0\xFF" /* head */
                                        "\x01\x0F\0\xF0\xFF" /* one stored block of 15 bytes */
                                        "{\"casus\": 1} \n "
                                        "\335\055\005\321"
                                        "\x0F\0\0\0";
    unsigned char copy[sizeof gzip - 1];
    memcpy(copy, gzip, sizeof copy);
    for (int changed = 0; changed < 2; changed++) {
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        if (changed)
            copy[27] = '\n'; /* a blank of another kind */
        assert_int_equal(fwrite(copy, 1, sizeof copy, file), sizeof copy);
        fclose(file);
        expect(path, changed ? CASUS_EINPUT : CASUS_OK, changed ? CAS_MSG_ARCHIVE : 0, 0);
        assert_non_null(freopen(path, "rb", stdin));
        expect("-", changed ? CASUS_EINPUT : CASUS_OK, changed ? CAS_MSG_ARCHIVE : 0, 0);
    }
}

/* Opening alone, and all that is read. */
static void
a_gzip_is_read_whole_or_memory_is_told(void **state)
{
    (void)state;
    static const char *const names[] = {"case.jsonl"};
    struct cas_buffer text;
    make_lines(&text);
    pack(GZIP, &text, names, 1);
    bool whole = false;
    for (long n = 0; !whole; n++) {
        struct cas_bytes bytes;
        struct casus_error err = {0};
        cas_mem_fail_after(n);
        enum casus_status status = cas_bytes_open(&bytes, path, NULL, &err);
        while (status == CASUS_OK && !bytes.at_end)
            status = cas_bytes_more(&bytes, &err);
        cas_mem_fail_after(-1);
        whole = status == CASUS_OK;
        if (whole)
            assert_int_equal(bytes.n, text.n);
        else
            assert_int_equal(status, CASUS_ENOMEM);
        cas_bytes_close(&bytes);
        assert_true(n < 200);
    }
    cas_buffer_done(&text);
}

static void
the_window_widens_and_keeps_its_place(void **state)
{
    (void)state;
    struct cas_buffer text;
    struct cas_bytes bytes;
    struct casus_error err = {0};
    make_lines(&text);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs("\xEF\xBB\xBF\xEF\xBB\xBF", file);
    assert_int_equal(fwrite(text.s, 1, text.n, file), text.n);
    fclose(file);
    assert_int_equal(cas_bytes_open(&bytes, path, NULL, &err), CASUS_OK);
    size_t taken = 0;
    for (uint32_t line = 1; taken < text.n;) {
        const char *end = memchr(bytes.s, '\n', bytes.n);
        if (!end) {
            assert_false(bytes.at_end);
            assert_int_equal(cas_bytes_more(&bytes, &err), CASUS_OK);
            continue;
        }
        size_t n = (size_t)(end - bytes.s) + 1;
        assert_int_equal(bytes.mark.where.line, line++);
        assert_int_equal(bytes.mark.where.column, 1);
        assert_memory_equal(bytes.s, text.s + taken, n);
        cas_bytes_take(&bytes, n);
        taken += n;
    }
    assert_int_equal(bytes.n, 0);
    cas_bytes_close(&bytes);
    cas_buffer_done(&text);
}

static void
lines_and_columns_are_counted_in_characters(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t line, column;
    } cases[] = {
        {"", 1, 1},
        {"ab", 1, 3},
        {"a\n", 2, 1},
        {"a\nbc", 2, 3},
        {"a\r\nb", 2, 2},
        {"a\rb\r\rc", 4, 2},
        {"\xC3\xA9z", 1, 3},
        {"\n\xF0\x9F\xA6\x85", 2, 2},
        {"\xFF\xFE"
         "a",
         1, 4},
        {"\xE2\x82", 1, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text = cases[i].text, *end = text + strlen(text);
        struct cas_mark mark = {text, {1, 1}};
        cas_mark_move(&mark, end, end);
        if (mark.where.line != cases[i].line || mark.where.column != cases[i].column)
            fail_msg("case %zu: %u:%u", i, mark.where.line, mark.where.column);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(compressed_input_is_read_like_plain_input, make_file,
                                        remove_file),
        cmocka_unit_test_setup_teardown(what_comes_but_once_is_read_too, make_file, remove_file),
        cmocka_unit_test_setup_teardown(an_archive_of_many_files_is_refused, make_file,
                                        remove_file),
        cmocka_unit_test_setup_teardown(an_archive_that_breaks_off_is_damaged, make_file,
                                        remove_file),
        cmocka_unit_test_setup_teardown(an_archive_that_was_changed_is_damaged, make_file,
                                        remove_file),
        cmocka_unit_test_setup_teardown(a_changed_gzip_is_known_by_its_check_sum, make_file,
                                        remove_file),
        cmocka_unit_test_setup_teardown(a_gzip_is_read_whole_or_memory_is_told, make_file,
                                        remove_file),
        cmocka_unit_test_setup_teardown(the_window_widens_and_keeps_its_place, make_file,
                                        remove_file),
        cmocka_unit_test(lines_and_columns_are_counted_in_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
