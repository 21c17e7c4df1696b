/* Reading JSON ahead of its turn does not show: with any number of threads the sink sees
 * the same records at the same places, and the same problems are told.
 *
 * usage: test_ahead [SEED]       prints the seed; SEED repeats a run
 */
#include <limits.h>

#include "base/mem.h"
#include "unit/inline.h"
#include "unit/recorder.h"

static uint64_t seed = 1, random_state;

static unsigned
draw(unsigned below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)(random_state >> 33) % below;
}

/* --- texts ------------------------------------------------------------------------------------ */

static void
put_event(struct cas_buffer *out, unsigned i)
{
    static const char *const extras[] = {
        "",
        ",\"note\":\"caf\xC3\xA9 \\u00e9 \\\"quoted\\\"\"",
        ",\"x-own\":{\"a\":[1,2,{}]}",
        ",\"place\":{\"name\":\"Dry Wells\",\"lat\":34.9,\"lon\":-39.125}",
        ",\"losses\":[{\"actor\":\"a1\",\"killed\":{\"low\":3,\"high\":5},\"wounded\":true}]",
        ",\"claims\":[{\"by\":\"a2\",\"stance\":\"report\",\"losses\":[{\"actor\":null,\"what\":"
        "[\"killed\",\"missing\"],\"low\":12}]},{\"stance\":\"deny\",\"source\":\"s\"}]",
    };
    cas_buffer_printf(out,
                      "{\"id\":\"e%u\",\"type\":\"raid\",\"date\":\"20%02u-05\",\"from\":[\"a%u\"],"
                      "\"to\":[\"a%u\",\"b\"]%s}",
                      i, draw(30), draw(99), draw(99),
                      extras[draw(sizeof extras / sizeof *extras)]);
}

static void
put_good(struct cas_buffer *out, unsigned i)
{
    switch (draw(12)) {
    case 0: cas_buffer_printf(out, "{\"actor\":{\"id\":\"a%u\",\"kind\":\"army\"}}", i); return;
    case 1:
        cas_buffer_printf(out, "{\"source\":{\"id\":\"s%u\",\"reliability\":\"B\"}}", i);
        return;
    case 2:
        cas_buffer_printf(out, "{\"claim\":{\"about\":[\"e%u\"],\"stance\":\"deny\"}}", i);
        return;
    case 3: cas_buffer_text(out, draw(2) ? "" : " \t\r"); return;
    default:
        cas_buffer_printf(out, "%s{\"event\":%s", draw(9) ? "" : "  ", draw(9) ? "" : " ");
        put_event(out, i);
        cas_buffer_printf(out, "}%s", draw(9) ? "" : " \r");
    }
}

static void
put_odd(struct cas_buffer *out)
{
    static const char *const lines[] = {
        "{\"event\":{\"id\":\"x\",\"type\":\"raid\"}}",
        "{\"event\":{\"id\":\"x\",\"type\":\"riad\",\"from\":[\"a\"],\"to\":[\"b\"]}}",
        "{\"event\":{\"id\":\"x\",\"id\":\"y\",\"type\":\"raid\",\"from\":[\"a\"],\"to\":[]}}",
        "{\"event\":{\"id\":\"x\",\"type\":\"raid\",\"form\":[\"a\"],\"date\":\"2020-13\"}}",
        "{\"event\":{\"id\":\"\\u0000\",\"type\":\"raid\",\"from\":[\"a\"],\"to\":[]}}",
        "{\"event\":{\"id\":\"\xFF\",\"type\":\"raid\",\"from\":[\"a\"],\"to\":[]}}",
        "{\"casus\":1,\"title\":\"A title\",\"x-mine\":7}",
        "{\"casus\":2}",
        "{\"actor\":{\"name\":\"nobody\"}}",
        "{\"event\":{\"id\":\"x\"",
        "{\"event\":01}",
        "[1,2]",
        "null",
        "{\"actor\":{\"id\":\"z\"}} tail",
        "{\"actor\":{\"id\":\"z\"},\"event\":{}}",
        "{}",
    };
    cas_buffer_text(out, lines[draw(sizeof lines / sizeof *lines)]);
}

static void
put_long(struct cas_buffer *out)
{
    cas_buffer_text(out, "{\"source\":{\"id\":\"long\",\"note\":\"");
    for (unsigned n = 10000 + draw(300000); n; n--)
        cas_buffer_char(out, (char)('a' + n % 26));
    cas_buffer_text(out, "\"}}");
}

/* About one line in `odd` is an odd one; 0: none. */
static void
draw_lines(struct cas_buffer *out, size_t size, unsigned odd)
{
    cas_buffer_clear(out);
    for (unsigned i = 0; out->n < size; i++) {
        if (odd && draw(odd) == 0)
            put_odd(out);
        else if (draw(3000) == 0)
            put_long(out);
        else
            put_good(out, i);
        if (out->n < size || draw(2))
            cas_buffer_char(out, '\n');
    }
}

/* Mostly a comma and a line break; now and then what else may stand there, or what may not. */
static void
put_comma(struct cas_buffer *out, bool odd)
{
    static const char *const commas[] = {",", " ,", ", ", "\r\n,\r\n", ",\t ", ",,", " ", ",]"};
    if (draw(9))
        cas_buffer_text(out, ",\n");
    else
        cas_buffer_text(out, commas[draw(odd && draw(2000) == 0 ? 8 : 5)]);
}

/* An array of what lines hold. */
static void
draw_array(struct cas_buffer *out, size_t size, unsigned odd)
{
    struct cas_buffer one;
    cas_buffer_init(&one);
    cas_buffer_clear(out);
    cas_buffer_text(out, draw(2) ? "[" : " [ ");
    for (unsigned i = 0; out->n < size; i++) {
        cas_buffer_clear(&one);
        if (odd && draw(odd) == 0)
            put_odd(&one);
        else if (draw(3000) == 0)
            put_long(&one);
        else
            put_good(&one, i);
        if (!strchr(one.s, '{') && one.s[0] != '[') /* a blank line */
            continue;
        cas_buffer_add(out, one.s, one.n);
        put_comma(out, odd);
    }
    cas_buffer_text(out, draw(4) ? "{\"source\":{\"id\":\"last\"}}]" : "]");
    cas_buffer_done(&one);
}

/* Lists of an object, of which some hold what looks as an element of the other. */
static void
put_elements(struct cas_buffer *out, const char *name, size_t size, unsigned odd)
{
    bool actors = *name == 'a';
    cas_buffer_printf(out, ",\"%s\":[", name);
    for (unsigned i = 0; i == 0 || out->n < size; i++) {
        if (i)
            put_comma(out, odd);
        if (odd && draw(odd) == 0)
            cas_buffer_text(out,
                            draw(2) ? "{\"id\":\"e0\",\"form\":[1]}" : "{\"note\":\"\\ud800\"}");
        else if (actors)
            cas_buffer_printf(out, "{\"id\":\"a%u\",\"parent\":[{\"id\":\"p\"},{\"id\":\"q\"}]}",
                              i);
        else if (draw(50) == 0)
            cas_buffer_printf(out,
                              "{ \"type\":\"raid\",\"id\":\"f%u\",\"from\":[],\"to\":[\"a1\"]}", i);
        else
            put_event(out, i);
    }
    cas_buffer_char(out, ']');
}

static void
draw_object(struct cas_buffer *out, size_t size, unsigned odd)
{
    cas_buffer_clear(out);
    cas_buffer_text(out, "{\"casus\":1");
    put_elements(out, "actors", size / (1 + draw(20)), odd);
    put_elements(out, "events", size, odd);
    cas_buffer_text(out, draw(3) ? "}" : ",\"title\":\"the end\"}");
}

/* --- what is seen ----------------------------------------------------------------------------- */

struct seen {
    struct recorder recorder;
    struct casus_problems *problems;
    struct casus_error err;
    enum casus_status status;
    unsigned events_left; /* then the sink has enough */
};

static void
put_fault(struct cas_buffer *out, const struct casus_error *fault)
{
    cas_buffer_printf(out, " @%u:%u^%u '%s' %s", fault->where.line, fault->where.column,
                      fault->caret, fault->line, fault->text);
}

/* With the place of each id, which the reader finds when it is asked. */
static enum casus_status
see_event(struct casus_sink *sink, const struct cas_rec_event *event,
          const struct cas_locator *locator, struct casus_error *err)
{
    struct recorder *recorder = sink->self;
    struct seen *seen = (struct seen *)recorder;
    struct casus_error fault = {0};
    if (seen->events_left-- == 0)
        return CASUS_EKEEP;
    locator->locate(locator->context, draw(2) ? event->id.at : NULL, &fault);
    put_fault(&recorder->out, &fault);
    return record_event(sink, event, locator, err);
}

static void
look(struct seen *seen, const char *path, const char *format, enum casus_policy policy,
     unsigned threads, unsigned events)
{
    struct casus_reading reading = {.format = format, .threads = threads};
    uint64_t state = random_state;
    *seen = (struct seen){.problems = casus_problems_new(policy), .events_left = events};
    assert_non_null(seen->problems);
    recorder_init(&seen->recorder);
    seen->recorder.places = true;
    seen->recorder.sink.event = see_event;
    seen->status = casus_read(path, &reading, &seen->recorder.sink, seen->problems, &seen->err);
    random_state = state;
}

static void
unsee(struct seen *seen)
{
    casus_problems_free(seen->problems);
    recorder_done(&seen->recorder);
}

static void
assert_same(const struct seen *a, const struct seen *b)
{
    struct cas_buffer faults[2];
    const struct seen *both[] = {a, b};
    for (int k = 0; k < 2; k++) {
        cas_buffer_init(&faults[k]);
        cas_buffer_printf(&faults[k], "%d %u", both[k]->status, both[k]->err.code);
        put_fault(&faults[k], &both[k]->err);
        cas_buffer_printf(&faults[k], "%llu",
                          (unsigned long long)casus_problems_total(both[k]->problems));
        for (size_t i = 0; i < casus_problems_count(both[k]->problems); i++)
            put_fault(&faults[k], casus_problems_at(both[k]->problems, i));
    }
    assert_string_equal(faults[0].s, faults[1].s);
    cas_buffer_done(&faults[0]);
    cas_buffer_done(&faults[1]);
    const struct cas_buffer *x = &a->recorder.out, *y = &b->recorder.out;
    assert_int_equal(x->n, y->n);
    assert_memory_equal(x->n ? x->s : "", y->n ? y->s : "", x->n);
    assert_int_equal(a->recorder.records, b->recorder.records);
    assert_int_equal(a->recorder.events, b->recorder.events);
}

static void
compare(const struct cas_buffer *text, const char *format, enum casus_policy policy,
        unsigned events)
{
    char *path = inline_file(text->s);
    struct seen in_turn, ahead;
    look(&in_turn, path, format, policy, 1, events);
    for (unsigned threads = 2; threads <= 4; threads++) {
        look(&ahead, path, format, policy, threads, events);
        assert_same(&in_turn, &ahead);
        unsee(&ahead);
    }
    unsee(&in_turn);
    unlink(path);
    free(path);
}

typedef void text_drawer(struct cas_buffer *, size_t, unsigned);

static void
compare_texts(text_drawer *draw_text, const char *format)
{
    static const size_t sizes[] = {100, 131072, 200000, 700000, 2500000};
    static const unsigned odds[] = {0, 2000, 100, 3};
    struct cas_buffer text;
    cas_buffer_init(&text);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        for (size_t o = 0; o < sizeof odds / sizeof *odds; o++) {
            draw_text(&text, sizes[s], odds[o]);
            compare(&text, format, CASUS_STRICT, UINT_MAX);
            compare(&text, format, CASUS_CHECK, UINT_MAX);
            compare(&text, format, CASUS_LENIENT, draw(3) ? UINT_MAX : draw(3000));
        }
    }
    cas_buffer_done(&text);
}

static void
threads_do_not_show_in_what_is_read_of_lines(void **state)
{
    (void)state;
    compare_texts(draw_lines, "dossier-lines");
}

static void
threads_do_not_show_in_what_is_read_of_an_array(void **state)
{
    (void)state;
    compare_texts(draw_array, "dossier");
}

static void
threads_do_not_show_in_what_is_read_of_an_object(void **state)
{
    (void)state;
    compare_texts(draw_object, "dossier");
}

static void
a_sink_may_have_enough_at_any_event(void **state)
{
    struct cas_buffer text;
    (void)state;
    cas_buffer_init(&text);
    for (int i = 0; i < 12; i++) {
        (i % 2 ? draw_object : draw_lines)(&text, 600000, 0);
        compare(&text, i % 2 ? "dossier" : "dossier-lines", CASUS_STRICT, draw(2500));
    }
    cas_buffer_done(&text);
}

/* What a thread has no memory for is read in its turn, so it is told or it does not show. */
static void
end_memory(text_drawer *draw_text, const char *format)
{
    struct cas_buffer text;
    struct seen whole, ahead;
    cas_buffer_init(&text);
    draw_text(&text, 300000, 0);
    char *path = inline_file(text.s);
    look(&whole, path, format, CASUS_STRICT, 1, UINT_MAX);
    for (long left = 1; left < 400; left += 1 + left / 10) {
        cas_mem_fail_after(left);
        look(&ahead, path, format, CASUS_STRICT, 2, UINT_MAX);
        cas_mem_fail_after(-1);
        if (ahead.status == CASUS_OK)
            assert_same(&whole, &ahead);
        else
            assert_int_equal(ahead.status, CASUS_ENOMEM);
        unsee(&ahead);
    }
    unsee(&whole);
    unlink(path);
    free(path);
    cas_buffer_done(&text);
}

static void
memory_may_end_ahead(void **state)
{
    (void)state;
    end_memory(draw_lines, "dossier-lines");
    end_memory(draw_object, "dossier");
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    random_state = seed * UINT64_C(0x9E3779B97F4A7C15) | 1;
    printf("seed %llu\n", (unsigned long long)seed);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_do_not_show_in_what_is_read_of_lines),
        cmocka_unit_test(threads_do_not_show_in_what_is_read_of_an_array),
        cmocka_unit_test(threads_do_not_show_in_what_is_read_of_an_object),
        cmocka_unit_test(a_sink_may_have_enough_at_any_event),
        cmocka_unit_test(memory_may_end_ahead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
