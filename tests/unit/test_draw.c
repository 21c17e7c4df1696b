/* The diagram: names made fit, counts on lines, the legend, the DOT and SVG by their structure, the
 * child's ends. Whether texts overlap is tests/draw_overlap.py's question. */
#include "unit/inline.h"

#include "draw/count.h"
#include "draw/diagram.h"
#include "draw/engine.h"
#include "draw/icon.h"
#include "draw/label.h"
#include "draw/place.h"
#include "draw/svg.h"

/* --- names --- */

struct label_case {
    const char *name, *plain, *label;
};

static const struct label_case labels[] = {
    {"Amaq", "Amaq", "Amaq"},
    {"", "", ""},
    {"  two  \t\n spaces ", "two spaces", "two spaces"},
    {"\\N and \\G", "\\N and \\G", "\\\\N and \\\\G"},
    {"ends in \\", "ends in \\", "ends in \\\\"},
    {"a & b &amp;", "a & b &amp;", "a &amp; b &amp;amp;"},
    {"<b>bold</b>", "<b>bold</b>", "<b>bold</b>"},
    {"say \"so\"", "say \"so\"", "say \"so\""},
    {"bell \x07 esc \x1b[31m", "bell esc [31m", "bell esc [31m"},
    {"c1 \xc2\x85 line \xe2\x80\xa8 sep", "c1 line sep", "c1 line sep"},
    {"\xe2\x80\xaegnp.exe", "gnp.exe", "gnp.exe"},
    {"\xe2\x81\xa6iso\xe2\x81\xa9\xe2\x80\x8f", "iso", "iso"},
    {"bad \xff byte", "bad \xef\xbf\xbd byte", "bad \xef\xbf\xbd byte"},
    {"not a character \xef\xbf\xbf", "not a character \xef\xbf\xbd",
     "not a character \xef\xbf\xbd"},
    {"Syrian Observatory for Human Rights", "Syrian Observatory for Human Rights",
     "Syrian Observatory\\nfor Human Rights"},
    {"exactly 18 letters", "exactly 18 letters", "exactly 18 letters"},
    {"abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqr\\nstuvwxyz"},
    {"one two three four five six seven eight nine ten eleven twelve",
     "one two three four five six seven eight nine ten eleven twelve",
     "one two three four\\nfive six seven\\neight nine ten…"},
    {"هيئة تحرير الشام", "هيئة تحرير الشام", "هيئة تحرير الشام"},
    /* wide characters take two columns */
    {"一二三四五六七八九十", "一二三四五六七八九十", "一二三四五六七八九\\n十"},
};

static void
names_are_cleaned_and_escaped_for_labels(void **state)
{
    for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
        struct cas_buffer plain = {0}, label = {0};
        cas_label_plain(&plain, labels[i].name);
        cas_label_wrap(&label, labels[i].name, 18, 3, "\\n");
        assert_string_equal(plain.s ? plain.s : "", labels[i].plain);
        assert_string_equal(label.s ? label.s : "", labels[i].label);
        cas_buffer_done(&plain);
        cas_buffer_done(&label);
    }
}

static void
a_name_of_10000_letters_is_cut_to_three_lines(void **state)
{
    char name[10001];
    struct cas_buffer label = {0};
    memset(name, 'x', 10000);
    name[10000] = '\0';
    cas_label_wrap(&label, name, 18, 3, "\\n");
    assert_string_equal(label.s, "xxxxxxxxxxxxxxxxxx\\nxxxxxxxxxxxxxxxxxx\\nxxxxxxxxxxxxxxxxx…");
    cas_buffer_done(&label);
}

static char *
key_of(const char *id)
{
    struct cas_buffer key = {0};
    cas_label_key(&key, id);
    return key.s;
}

static void
keys_hold_letters_digits_and_dashes_only(void **state)
{
    static const char *const cases[][2] = {
        {"saa-18th-division", "saa-18th-division"},
        {"a b", "a_20b"},
        {"a_b", "a_5fb"},
        {"__", "_5f_5f"},
        {"é\"\\", "_c3_a9_22_5c"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        char *key = key_of(cases[i][0]);
        assert_string_equal(key, cases[i][1]);
        cas_free(key);
    }
}

static void
long_ids_that_differ_at_the_end_keep_different_keys(void **state)
{
    char a[1001], b[1001];
    memset(a, 'q', 1000);
    memset(b, 'q', 1000);
    a[1000] = b[1000] = '\0';
    b[999] = 'r';
    char *ka = key_of(a), *kb = key_of(b), *again = key_of(a);
    assert_string_not_equal(ka, kb);
    assert_string_equal(ka, again);
    assert_true(strlen(ka) < 150);
    cas_free(ka);
    cas_free(kb);
    cas_free(again);
}

/* --- theme --- */

/* WCAG 2.1: relative luminance of #rrggbb. */
static double
luminance(const char *colour)
{
    static const double weights[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        char pair[3] = {colour[1 + 2 * i], colour[2 + 2 * i], '\0'};
        double c = (double)strtol(pair, NULL, 16) / 255;
        sum += weights[i] * (c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double
contrast(const char *a, const char *b)
{
    double la = luminance(a), lb = luminance(b);
    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

static void
every_text_has_the_contrast_that_wcag_aa_asks_for(void **state)
{
    assert_true(contrast("#000000", "#ffffff") > 20.9); /* the measure itself: 21 by definition */
    for (size_t t = 0; cas_theme_at(t); t++) {
        const struct cas_theme *theme = cas_theme_at(t);
        for (int i = 0; i < CASUS_KIND_COUNT; i++)
            assert_true(contrast(theme->ink, theme->kinds[i].fill) >= 4.5);
        for (int i = 0; i < CAS_SIDE_FILLS; i++)
            assert_true(contrast(theme->ink, theme->sides[i]) >= 4.5);
        for (int i = 0; i < CASUS_RELATION_COUNT; i++)
            assert_true(contrast(theme->relations[i].text, theme->paper) >= 4.5);
        assert_true(contrast(theme->faint, theme->paper) >= 4.5);
        assert_true(contrast(theme->text, theme->paper) >= 4.5);
        assert_true(contrast(theme->ink, theme->plain) >= 4.5);
        assert_true(contrast(theme->ink, theme->event.fill) >= 4.5);
    }
}

static void
sides_of_the_print_theme_are_greys_that_stay_apart(void **state)
{
    const struct cas_theme *print = cas_theme_at(2);
    assert_string_equal(print->name, "print");
    const char *before = print->plain;
    for (int i = 0; i < CAS_SIDE_FILLS; i++) {
        assert_memory_equal(print->sides[i] + 1, print->sides[i] + 3, 2);
        assert_memory_equal(print->sides[i] + 1, print->sides[i] + 5, 2);
        assert_true(contrast(before, print->sides[i]) > 1.15);
        before = print->sides[i];
    }
}

/* Helvetica's own numbers, by Adobe's metrics: M 833, i 222, space 278. */
static void
widths_of_names_are_those_of_the_font(void **state)
{
    assert_true(fabs(cas_label_width("Mi") - 1.055) < 1e-9);
    assert_true(fabs(cas_label_width("i\\nMM\\ni i") - 1.666) < 1e-9);
    assert_true(fabs(cas_label_width("&amp;") - 0.667) < 1e-9);
    assert_true(fabs(cas_label_width("\\\\") - 0.278) < 1e-9);
    assert_true(fabs(cas_label_width("\xc2\xa0i") - 0.5) < 1e-9);
    assert_true(cas_label_width("") == 0);
}

/* As PIL measures them in Liberation Sans, and in DejaVu Sans what that has not: no name may come out
 * narrower than it is, nor half as wide again. */
static void
names_of_other_alphabets_have_room_and_no_desert(void **state)
{
    static const struct {
        const char *name;
        double width;
    } names[] = {
        {"Северный фронт", 7.963},
        {"Повстанческая армия", 10.162},
        {"الجيش العربي السوري", 9.426},
        {"قوات الحشد الشعبي", 8.587},
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        double width = cas_label_line_width(names[i].name);
        assert_true(width >= names[i].width && width < 1.2 * names[i].width);
    }
    assert_true(cas_label_line_width("e\xcc\x81") == cas_label_line_width("e"));
    assert_true(cas_label_line_width("北方") == 2);
}

static void
names_that_run_from_right_to_left_are_known(void **state)
{
    assert_true(cas_label_turns("Amaq \xd8\xa3\xd8\xb9"));
    assert_true(cas_label_turns("\xd7\x90"));
    assert_false(cas_label_turns("Amaq"));
    assert_false(cas_label_turns("\xd0\x9f\xd1\x80"));
    assert_false(cas_label_turns("\xff"));
}

static void
every_pictogram_stays_on_its_square(void **state)
{
    for (uint32_t kind = 0; kind <= CASUS_KIND_COUNT; kind++) {
        struct cas_buffer course = {0};
        cas_icon_write(&course, kind, 100, 50, 12);
        const char *at = course.s;
        size_t points = 0;
        while (*at) {
            char *end;
            double x = strtod(at, &end);
            assert_true(end != at && *end == ',');
            at = end + 1;
            double y = strtod(at, &end);
            assert_true(end != at && fabs(x - 100) <= 6.01 && fabs(y - 50) <= 6.01);
            at = end;
            points++;
            if (*at == ';' || !*at) {
                assert_true(points >= 4 && points % 3 == 1); /* whole curves */
                points = 0;
            }
            at += *at == ' ' || *at == ';';
        }
        cas_buffer_done(&course);
    }
}

static void
kinds_and_relations_differ_by_more_than_colour(void **state)
{
    const struct cas_theme *theme = cas_theme_light();
    for (int i = 0; i < CASUS_KIND_COUNT; i++) {
        for (int j = 0; j < i; j++) {
            const struct cas_shape *a = &theme->kinds[i], *b = &theme->kinds[j];
            assert_true(strcmp(a->shape, b->shape) != 0 || strcmp(a->style, b->style) != 0);
        }
    }
    for (int i = 0; i < CASUS_RELATION_COUNT; i++) {
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(theme->relations[i].style, theme->relations[j].style);
            assert_string_not_equal(theme->relations[i].head, theme->relations[j].head);
        }
    }
}

static void
lines_grow_with_the_logarithm_of_weight_up_to_a_limit(void **state)
{
    double one = cas_theme_width(1, CASUS_ATTACK), three = cas_theme_width(3, CASUS_ATTACK);
    double seven = cas_theme_width(7, CASUS_ATTACK);
    assert_true(one > 1 && three > one);
    assert_true(fabs((seven - three) - (three - one)) < 1e-12);
    assert_true(cas_theme_width(1e18, CASUS_ATTACK) <= 5);
    assert_true(cas_theme_width(0, CASUS_ATTACK) > 0);
    assert_true(cas_theme_width(-1, CASUS_CLAIM) > 0);
}

/* --- counts --- */

static void
a_count_stands_in_the_middle_of_its_line(void **state)
{
    struct cas_areas taken = {0};
    struct cas_area area;
    assert_true(cas_count_place("e,308,50 0,50 100,50 200,50 300,50", "×2", &taken, &area));
    assert_true(fabs(area.x - 150) < 1e-9 && fabs(area.y - 50) < 1e-9);
    assert_int_equal(taken.count, 1);
    /* the next on the same line goes beside it, not over it */
    struct cas_area next;
    assert_true(cas_count_place("0,50 100,50 200,50 300,50", "×2", &taken, &next));
    assert_true(fabs(next.x - 150) > (area.width + next.width) / 2);
    cas_free(taken.at);
}

static void
a_count_with_no_room_is_left_out(void **state)
{
    struct cas_area all = {150, 50, 400, 100}, area = {1, 2, 3, 4};
    struct cas_areas taken = {&all, 1, 1};
    assert_false(cas_count_place("0,50 100,50 200,50 300,50", "×2", &taken, &area));
    assert_true(area.x == 1 && taken.count == 1);
}

static void
what_is_no_line_has_no_place(void **state)
{
    static const char *const lines[] = {"", "e,1,2", "1,2 3,4", "1;2", "x", "1,2 3,4 5,6 seven"};
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
        struct cas_areas taken = {0};
        struct cas_area area;
        assert_false(cas_count_place(lines[i], "×2", &taken, &area));
        cas_free(taken.at);
    }
}

/* --- diagrams --- */

/* Two sides, a box in a box, an attack told by both sides, one by one voice, a clash that nobody
 * tells, two of support. */
static const char small[] =
    "{\"casus\": 1, \"title\": \"Small & invented\","
    " \"actors\": ["
    "  {\"id\": \"north\", \"name\": \"Northern Front\", \"kind\": \"armed-group\", \"side\": \"rebels\"},"
    "  {\"id\": \"voice\", \"name\": \"Voice\", \"kind\": \"outlet\", \"parent\": \"north\"},"
    "  {\"id\": \"republic\", \"name\": \"The Republic\", \"kind\": \"state\", \"side\": \"government\"},"
    "  {\"id\": \"army\", \"name\": \"National Army\", \"kind\": \"army\", \"parent\": \"republic\"},"
    "  {\"id\": \"bde 4\", \"name\": \"4th \\\\N <i>Brigade</i> & co\", \"kind\": \"unit\","
    "   \"parent\": \"army\"},"
    "  {\"id\": \"empire\", \"name\": \"The Empire\", \"kind\": \"state\"}],"
    " \"sources\": [{\"id\": \"gazette\", \"name\": \"The Gazette\"}],"
    " \"events\": ["
    "  {\"id\": \"e1\", \"type\": \"ambush\", \"date\": \"2020-05-02\", \"from\": [\"north\"],"
    "   \"to\": [\"bde 4\"], \"claims\": ["
    "    {\"by\": \"north\", \"via\": \"voice\", \"stance\": \"responsibility\"},"
    "    {\"by\": \"republic\", \"stance\": \"report\"}]},"
    "  {\"id\": \"e2\", \"type\": \"raid\", \"date\": \"2020-06\", \"from\": [\"army\"], \"to\": [\"north\"],"
    "   \"claims\": [{\"stance\": \"report\"}]},"
    "  {\"id\": \"e3\", \"type\": \"clash\", \"from\": [\"empire\"], \"to\": [\"north\"]},"
    "  {\"id\": \"e4\", \"type\": \"training\", \"date\": {\"from\": \"2015\", \"to\": null},"
    "   \"from\": [\"empire\"], \"to\": [\"army\"]},"
    "  {\"id\": \"e5\", \"type\": \"weapons\", \"from\": [\"empire\"], \"to\": [\"army\"]}]}";

struct picture {
    struct casus_dossier *dossier;
    struct casus_verdicts *verdicts;
    struct casus_graph *graph;
};

static struct picture
picture_of(const char *text, bool judged)
{
    struct picture picture = {.dossier = inline_dossier(text)};
    struct casus_error err = {0};
    if (judged)
        assert_int_equal(casus_verdicts_new(picture.dossier, &picture.verdicts, &err), CASUS_OK);
    if (casus_graph_build(picture.dossier, NULL, picture.verdicts, NULL, &picture.graph, &err))
        fail_msg("%s", err.text);
    return picture;
}

static void
picture_done(struct picture *picture)
{
    casus_graph_free(picture->graph);
    casus_verdicts_free(picture->verdicts);
    casus_dossier_free(picture->dossier);
}

static enum casus_status
try_diagram(const struct picture *picture, const struct casus_drawing *drawing,
            struct cas_diagram *out, struct casus_error *err)
{
    static const struct casus_drawing plain = {0};
    struct cas_arena arena;
    struct cas_marks marks;
    struct cas_choice choice;
    struct cas_dressing dressing = {
        drawing ? drawing : &plain, cas_theme_light(), &marks, &choice, "a note", true, false};
    cas_arena_init(&arena);
    enum casus_status status = CASUS_ENOMEM;
    if (cas_marks_make(picture->graph, dressing.drawing, &arena, &marks) &&
        cas_choice_make(picture->graph, dressing.drawing, &marks, &arena, &choice))
        status = cas_diagram_build(picture->graph, &dressing, out, err);
    cas_arena_done(&arena);
    return status;
}

static struct cas_diagram
diagram_of(const struct picture *picture, const struct casus_drawing *drawing)
{
    struct cas_diagram diagram;
    struct casus_error err = {0};
    if (try_diagram(picture, drawing, &diagram, &err))
        fail_msg("%s", err.text);
    return diagram;
}

static const struct cas_drawn_actor *
actor(const struct cas_diagram *diagram, const char *key)
{
    for (uint32_t i = 0; i < diagram->actor_count; i++) {
        if (strcmp(diagram->actors[i].key, key) == 0)
            return &diagram->actors[i];
    }
    fail_msg("no actor %s", key);
    return NULL;
}

static const struct cas_drawn_tie *
tie(const struct cas_diagram *diagram, const char *key)
{
    for (uint32_t i = 0; i < diagram->tie_count; i++) {
        if (strcmp(diagram->ties[i].key, key) == 0)
            return &diagram->ties[i];
    }
    fail_msg("no tie %s", key);
    return NULL;
}

static const struct cas_entry *
entry(const struct cas_diagram *diagram, const char *text)
{
    for (uint32_t i = 0; i < diagram->entry_count; i++) {
        if (strcmp(diagram->entries[i].text, text) == 0)
            return &diagram->entries[i];
    }
    return NULL;
}

static void
parts_stand_in_the_box_of_what_they_are_part_of(void **state)
{
    struct picture picture = picture_of(small, false);
    struct cas_diagram diagram = diagram_of(&picture, NULL);
    const struct cas_drawn_actor *brigade = actor(&diagram, "bde_204");
    const struct cas_drawn_actor *army = actor(&diagram, "army");
    assert_ptr_equal(&diagram.actors[brigade->box], army);
    assert_ptr_equal(&diagram.actors[army->box], actor(&diagram, "republic"));
    assert_int_equal(army->parts, 1);
    assert_int_equal(actor(&diagram, "republic")->box, CASUS_NONE);
    assert_int_equal(actor(&diagram, "empire")->parts, 0);
    assert_string_equal(brigade->label, "4th \\\\N\\n<i>Brigade</i> &amp;\\nco");
    cas_diagram_done(&diagram);
    picture_done(&picture);
}

static void
ties_show_relation_direction_count_and_evidence(void **state)
{
    struct picture picture = picture_of(small, true);
    struct cas_diagram diagram = diagram_of(&picture, NULL);
    const struct cas_drawn_tie *ambush = tie(&diagram, "north__bde_204__attack");
    const struct cas_drawn_tie *clash = tie(&diagram, "empire__north__attack__undirected");
    const struct cas_drawn_tie *support = tie(&diagram, "empire__army__support");
    const struct cas_drawn_tie *raid = tie(&diagram, "army__north__attack");
    assert_false(ambush->headless || ambush->weak); /* both sides tell it */
    assert_true(clash->headless && !clash->ranked);
    assert_true(raid->weak && raid->ranked); /* one voice alone tells it */
    assert_false(clash->weak);               /* the data set's word, not one side's */
    assert_string_equal(support->label, "×2");
    assert_string_equal(ambush->label, "");
    assert_true(support->width > ambush->width);
    assert_ptr_equal(support->stroke, &diagram.theme->relations[CASUS_SUPPORT]);
    assert_string_equal(ambush->tip, "Northern Front attacks 4th \\N <i>Brigade</i> & co; 1 event; "
                                     "2020-05-02; evidence: corroborated 1");
    assert_string_equal(clash->tip, "The Empire and Northern Front fight; 1 event; undated; "
                                    "evidence: unsourced 1");
    cas_diagram_done(&diagram);
    picture_done(&picture);
}

static void
without_verdicts_no_line_is_pale(void **state)
{
    struct picture picture = picture_of(small, false);
    struct cas_diagram diagram = diagram_of(&picture, NULL);
    for (uint32_t i = 0; i < diagram.tie_count; i++)
        assert_false(diagram.ties[i].weak);
    assert_null(entry(&diagram, "pale: told by one side only"));
    cas_diagram_done(&diagram);
    picture_done(&picture);
}

static void
the_legend_shows_only_what_occurs(void **state)
{
    struct picture picture = picture_of(small, true);
    struct cas_diagram diagram = diagram_of(&picture, NULL);
    static const char *const there[] = {"Actors",
                                        "state",
                                        "army",
                                        "armed group",
                                        "unit",
                                        "media outlet",
                                        "Ties",
                                        "attack",
                                        "support",
                                        "fight, attacker not known",
                                        "statement about",
                                        "an actor (bold edge) and its parts",
                                        "pale: told by one side only",
                                        "events; the more, the wider"};
    static const char *const absent[] = {"militia",
                                         "person",
                                         "base",
                                         "disputed",
                                         "Sides",
                                         "mutual support",
                                         "the wider, the more events"};
    for (size_t i = 0; i < sizeof(there) / sizeof(*there); i++) {
        if (!entry(&diagram, there[i]))
            fail_msg("no '%s' in the legend", there[i]);
    }
    for (size_t i = 0; i < sizeof(absent) / sizeof(*absent); i++)
        assert_null(entry(&diagram, absent[i]));
    assert_int_equal(diagram.entry_count, sizeof(there) / sizeof(*there));
    cas_diagram_done(&diagram);
    picture_done(&picture);
}

static void
sides_are_inherited_from_parents_and_painted(void **state)
{
    struct picture picture = picture_of(small, false);
    struct casus_drawing drawing = {.paint = CASUS_PAINT_SIDE};
    struct cas_diagram diagram = diagram_of(&picture, &drawing);
    assert_int_equal(diagram.group_count, 2);
    assert_string_equal(diagram.groups[0], "government");
    assert_ptr_equal(actor(&diagram, "bde_204")->fill, diagram.theme->sides[0]);
    assert_ptr_equal(actor(&diagram, "voice")->fill, diagram.theme->sides[1]);
    assert_ptr_equal(actor(&diagram, "empire")->fill, diagram.theme->plain);
    assert_non_null(entry(&diagram, "no side given"));
    assert_non_null(entry(&diagram, "rebels"));
    cas_diagram_done(&diagram);
    picture_done(&picture);
}

static void
the_caption_names_period_counts_sources_and_version(void **state)
{
    struct picture picture = picture_of(small, false);
    struct casus_drawing drawing = {.sources = "The Gazette"};
    struct cas_diagram diagram = diagram_of(&picture, &drawing);
    char version[64];
    snprintf(version, sizeof(version), "casus %s", casus_version());
    assert_string_equal(diagram.title, "Small & invented");
    assert_int_equal(diagram.caption_count, 4);
    assert_non_null(strstr(diagram.caption[0], "Period: 2015 –"));
    assert_non_null(strstr(diagram.caption[0], "6 actors, 6 ties, 5 events (attack 3, support 2)"));
    assert_string_equal(diagram.caption[1], "a note");
    assert_string_equal(diagram.caption[2], "Source: The Gazette");
    assert_string_equal(diagram.caption[3], version);
    cas_diagram_done(&diagram);
    picture_done(&picture);
}

/* Four parties that one fights, with or without an attacker who is known. */
static const char *
engine_of(const char *type)
{
    char text[1024];
    int n = snprintf(text, sizeof(text),
                     "{\"casus\": 1, \"actors\": [{\"id\": \"a\"},"
                     "{\"id\": \"b\"},{\"id\": \"c\"},{\"id\": \"d\"}],"
                     "\"events\": [{\"id\": \"e\", \"type\": \"%s\","
                     "\"from\": [\"a\"], \"to\": [\"b\", \"c\", \"d\"]}]}",
                     type);
    assert_in_range(n, 1, sizeof(text) - 1);
    struct picture picture = picture_of(text, false);
    struct casus_drawing drawing = {0};
    struct cas_arena arena;
    struct cas_marks marks;
    struct cas_choice choice;
    cas_arena_init(&arena);
    assert_true(cas_marks_make(picture.graph, &drawing, &arena, &marks) &&
                cas_choice_make(picture.graph, &drawing, &marks, &arena, &choice));
    const char *engine = cas_engine_choose(picture.graph, &choice);
    cas_arena_done(&arena);
    picture_done(&picture);
    return engine;
}

static void
fights_without_an_attacker_are_not_laid_in_layers(void **state)
{
    assert_string_equal(engine_of("training"), "dot");
    assert_string_equal(engine_of("ambush"), "dot");
    assert_string_equal(engine_of("battle"), "neato");
}

static void
the_legend_stands_clear_of_the_picture(void **state)
{
    static const double sizes[][2] = {{30, 20}, {300, 900}, {2000, 300}, {700, 500}};
    struct picture picture = picture_of(small, true);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        struct cas_diagram diagram = diagram_of(&picture, NULL);
        struct cas_pieces pieces;
        double width = sizes[i][0], height = sizes[i][1];
        assert_true(cas_place(&diagram, width, height, &pieces));
        assert_true(pieces.count > diagram.entry_count);
        for (uint32_t j = 0; j < pieces.count; j++) {
            const struct cas_piece *piece = &pieces.at[j];
            bool right = piece->x - piece->width / 2 > width;
            bool above = piece->y - piece->height / 2 > height;
            bool below = piece->y + piece->height / 2 < 0;
            assert_true(right || above || below);
        }
        cas_diagram_done(&diagram);
    }
    picture_done(&picture);
}

/* --- bytes --- */

static char *
draw(const struct picture *picture, const struct casus_drawing *drawing, enum casus_picture kind)
{
    struct casus_output *output;
    struct casus_error err = {0};
    size_t n = 0;
    assert_int_equal(casus_output_memory(&output, &err), CASUS_OK);
    if (casus_draw(picture->graph, drawing, kind, output, &err) != CASUS_OK)
        fail_msg("%s", err.text);
    const char *bytes = casus_output_bytes(output, &n);
    char *text = malloc(n + 1);
    assert_non_null(text);
    memcpy(text, bytes, n);
    text[n] = '\0';
    casus_output_discard(output);
    return text;
}

static size_t
occurrences(const char *text, const char *word)
{
    size_t count = 0;
    for (const char *s = strstr(text, word); s; s = strstr(s + 1, word))
        count++;
    return count;
}

static void
dot_holds_each_actor_tie_and_box_once(void **state)
{
    struct picture picture = picture_of(small, true);
    char *dot = draw(&picture, NULL, CASUS_DOT);
    assert_int_equal(occurrences(dot, "id=\"actor-"), 6);
    assert_int_equal(occurrences(dot, "id=\"tie-"), 6);
    assert_int_equal(occurrences(dot, "subgraph cluster_"), 4); /* three boxes and the legend */
    assert_int_equal(occurrences(dot, "dir=none"), 2);          /* the clash and its sample */
    assert_non_null(strstr(dot, "label=\"4th \\\\N\\n<i>Brigade</i> &amp;\\nco\""));
    assert_non_null(strstr(dot, "label=×2"));
    assert_non_null(strstr(dot, "constraint=false"));
    assert_null(strstr(dot, " pos=")); /* to be laid out by whoever reads it */
    free(dot);
    picture_done(&picture);
}

static void
svg_holds_ids_classes_titles_and_nothing_from_outside(void **state)
{
    struct picture picture = picture_of(small, true);
    char *svg = draw(&picture, NULL, CASUS_SVG);
    assert_int_equal(occurrences(svg, "<g id=\"actor-"), 6);
    assert_int_equal(occurrences(svg, "<g id=\"tie-"), 6);
    assert_int_equal(occurrences(svg, "<g id=\"box-"), 3);
    assert_non_null(strstr(svg, "class=\"node actor kind-armed-group side-rebels\">\n"
                                "<title>Northern Front (armed-group); side: rebels; "));
    assert_non_null(strstr(svg, "<title>Northern Front attacks 4th \\N &lt;i&gt;Brigade&lt;/i&gt; "
                                "&amp; co; 1 event; 2020-05-02; evidence: corroborated 1</title>"));
    assert_int_equal(occurrences(svg, "<title>"), 6 + 6 + 3 + 1);
    assert_null(strstr(svg, "<!"));
    assert_null(strstr(svg, "<a "));
    assert_null(strstr(svg, "href"));
    free(svg);
    picture_done(&picture);
}

static void
pdf_and_png_begin_as_they_should_and_repeat_themselves(void **state)
{
    struct picture picture = picture_of(small, true);
    char *pdf = draw(&picture, NULL, CASUS_PDF), *png = draw(&picture, NULL, CASUS_PNG);
    assert_memory_equal(pdf, "%PDF-", 5);
    assert_memory_equal(png, "\x89PNG", 4);
    free(pdf);
    free(png);
    picture_done(&picture);
}

static void
the_same_graph_gives_the_same_bytes(void **state)
{
    struct picture picture = picture_of(small, true);
    for (int kind = CASUS_SVG; kind <= CASUS_DOT; kind += CASUS_DOT) {
        char *one = draw(&picture, NULL, (enum casus_picture)kind);
        char *two = draw(&picture, NULL, (enum casus_picture)kind);
        assert_string_equal(one, two);
        free(one);
        free(two);
    }
    picture_done(&picture);
}

static void
every_engine_draws_and_only_two_draw_boxes(void **state)
{
    static const char *const engines[] = {"dot", "fdp", "sfdp", "neato"};
    struct picture picture = picture_of(small, true);
    for (size_t i = 0; i < 4; i++) {
        struct casus_drawing drawing = {.engine = engines[i]};
        char *svg = draw(&picture, &drawing, CASUS_SVG);
        assert_int_equal(occurrences(svg, "<g id=\"actor-"), 6);
        assert_int_equal(occurrences(svg, "<g id=\"tie-"), 6);
        assert_int_equal(occurrences(svg, "<g id=\"box-"), i < 2 ? 3 : 0);
        assert_int_equal(occurrences(svg, "an actor (bold edge)"), i < 2 ? 1 : 0);
        free(svg);
    }
    picture_done(&picture);
}

static void
no_legend_leaves_the_caption(void **state)
{
    struct picture picture = picture_of(small, true);
    struct casus_drawing drawing = {.no_legend = true, .title = "Another \"title\""};
    char *svg = draw(&picture, &drawing, CASUS_SVG);
    assert_null(strstr(svg, ">attack</text>"));
    assert_non_null(strstr(svg, "Another &quot;title&quot;</text>"));
    assert_non_null(strstr(svg, "Period: 2015"));
    free(svg);
    picture_done(&picture);
}

static void
options_that_cannot_be_had_are_refused_with_the_reason(void **state)
{
    static const struct {
        struct casus_drawing drawing;
        const char *text;
    } cases[] = {
        {{.engine = "circo"}, "no engine 'circo': there are dot, fdp, sfdp and neato"},
        {{.paint = CASUS_PAINT_BLOC}, "blocs and frustrated ties need the balance"},
    };
    struct picture picture = picture_of(small, false);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct casus_error err = {0};
        struct casus_output *output;
        size_t n = 1;
        assert_int_equal(casus_output_memory(&output, &err), CASUS_OK);
        assert_int_equal(casus_draw(picture.graph, &cases[i].drawing, CASUS_SVG, output, &err),
                         CASUS_EINVAL);
        assert_int_equal(err.code, 160);
        assert_non_null(strstr(err.text, cases[i].text));
        casus_output_bytes(output, &n);
        assert_int_equal(n, 0);
        casus_output_discard(output);
    }
    picture_done(&picture);
}

static void
pictures_are_known_by_name_and_extension(void **state)
{
    assert_int_equal(casus_picture_find("svg"), CASUS_SVG);
    assert_int_equal(casus_picture_find("a/b.c/case.PDF"), CASUS_PDF);
    assert_int_equal(casus_picture_find("x.png"), CASUS_PNG);
    assert_int_equal(casus_picture_find(".dot"), CASUS_DOT);
    assert_int_equal(casus_picture_find("case.tiff"), -1);
    assert_int_equal(casus_picture_find("svg.d"), -1);
    assert_int_equal(casus_picture_find(""), -1);
}

/* --- positions --- */

static void
positions_lie_within_the_whole_and_apart_from_each_other(void **state)
{
    static const char *const engines[] = {NULL, "dot", "fdp", "sfdp", "neato"};
    struct picture picture = picture_of(small, false);
    for (size_t e = 0; e < sizeof(engines) / sizeof(*engines); e++) {
        struct casus_placing placing = {.engine = engines[e]};
        struct casus_positions *positions;
        assert_int_equal(casus_positions_new(picture.graph, &placing, &positions, NULL), CASUS_OK);
        assert_string_equal(casus_positions_engine(positions), engines[e] ? engines[e] : "dot");
        for (uint32_t i = 0; i < casus_graph_actor_count(picture.graph); i++) {
            const struct casus_position *a = casus_positions_at(positions, i);
            assert_true(a->x >= a->width / 2 - 1 && a->y >= a->height / 2 - 1);
            assert_true(a->x <= casus_positions_width(positions) - a->width / 2 + 1);
            assert_true(a->y <= casus_positions_height(positions) - a->height / 2 + 1);
            for (uint32_t j = 0; j < i; j++) {
                const struct casus_position *b = casus_positions_at(positions, j);
                assert_true(fabs(a->x - b->x) >= (a->width + b->width) / 2 ||
                            fabs(a->y - b->y) >= (a->height + b->height) / 2);
            }
        }
        casus_positions_free(positions);
    }
    picture_done(&picture);
}

static void
positions_of_an_engine_that_is_none_are_refused(void **state)
{
    struct picture picture = picture_of(small, false);
    struct casus_placing placing = {.engine = "circo"};
    struct casus_positions *positions;
    struct casus_error err = {0};
    assert_int_equal(casus_positions_new(picture.graph, &placing, &positions, &err), CASUS_EINVAL);
    assert_int_equal(err.code, 160);
    picture_done(&picture);
}

static void
without_memory_positions_fail_and_leak_nothing(void **state)
{
    struct picture picture = picture_of(small, false);
    enum casus_status status = CASUS_ENOMEM;
    int failures = 0;
    for (long n = 0; status != CASUS_OK; n++) {
        struct casus_positions *positions;
        struct casus_error err = {0};
        cas_mem_fail_after(n);
        status = casus_positions_new(picture.graph, NULL, &positions, &err);
        cas_mem_fail_after(-1);
        if (status == CASUS_OK) {
            casus_positions_free(positions);
        } else {
            assert_true(status == CASUS_ENOMEM || status == CASUS_EENGINE);
            failures++;
        }
    }
    assert_true(failures > 3);
    picture_done(&picture);
}

static void
without_memory_the_dressing_fails_and_leaks_nothing(void **state)
{
    struct picture picture = picture_of(small, true);
    struct casus_drawing drawing = {.paint = CASUS_PAINT_SIDE};
    enum casus_status status = CASUS_ENOMEM;
    int failures = 0;
    for (long n = 0; status != CASUS_OK; n++) {
        struct cas_diagram diagram;
        struct casus_error err = {0};
        cas_mem_fail_after(n);
        status = try_diagram(&picture, &drawing, &diagram, &err);
        cas_mem_fail_after(-1);
        if (status == CASUS_OK) {
            cas_diagram_done(&diagram);
        } else {
            assert_int_equal(status, CASUS_ENOMEM);
            failures++;
        }
    }
    assert_true(failures > 3);
    picture_done(&picture);
}

/* --- SVG and PDF as Graphviz leaves them --- */

static void
an_svg_is_rewritten_for_the_web(void **state)
{
    static const char raw[] = "<?xml version=\"1.0\"?>\n"
                              "<!DOCTYPE svg PUBLIC \"x\" \"http://www.w3.org/x.dtd\">\n"
                              "<!-- a&#45;b -->\n"
                              "<svg width=\"1pt\">\n"
                              "<g id=\"actor&#45;a&#45;b\" class=\"node\">\n"
                              "<title>a&#45;b</title>\n"
                              "<text font-family=\"Arial\" x=\"1\">say &#45;</text>\n"
                              "</g>\n"
                              "<g id=\"node7\" class=\"node\">\n<title>_legend</title>\n</g>\n"
                              "</svg>\n";
    static const char wanted[] =
        "<?xml version=\"1.0\"?>\n"
        "<svg role=\"img\" width=\"1pt\">\n"
        "<g id=\"actor-a-b\" class=\"node\">\n"
        "<title>A &lt; B</title>\n"
        "<text font-family=\"Arial, Helvetica, &quot;Liberation Sans&quot;, sans-serif\" "
        "x=\"1\">say &#45;</text>\n"
        "</g>\n"
        "<g id=\"node7\" class=\"node\">\n</g>\n"
        "</svg>\n";
    struct cas_drawn_actor drawn = {.key = "a-b", .tip = "A < B", .box = CASUS_NONE};
    struct cas_diagram diagram = {.actors = &drawn, .actor_count = 1, .title = "T"};
    struct cas_buffer out = {0};
    cas_svg_finish(&diagram, raw, sizeof(raw) - 1, &out);
    assert_string_equal(out.s, wanted);
    cas_buffer_done(&out);
}

static void
room_for_a_pictogram_becomes_a_place(void **state)
{
    static const char raw[] =
        "<svg ><text x=\"10.5\" y=\"2\">" CAS_ICON_PAD "Amaq</text><text x=\"10\">" CAS_ICON_PAD
        "\xd8\xa3" CAS_ICON_PAD "</text><text y=\"1\">" CAS_ICON_PAD "</text></svg>";
    static const char wanted[] =
        "<svg role=\"img\" ><text x=\"18.15\" y=\"2\">Amaq</text><text x=\"10\">\xd8\xa3</text>"
        "<text y=\"1\"></text></svg>";
    struct cas_diagram diagram = {.title = "T"};
    struct cas_buffer out = {0};
    cas_svg_finish(&diagram, raw, sizeof(raw) - 1, &out);
    assert_string_equal(out.s, wanted);
    cas_buffer_done(&out);
}

static void
an_svg_that_breaks_off_does_no_harm(void **state)
{
    static const char raw[] = "<!DOCTYPE x>\n<svg a=\"1\"><g id=\"actor-a\"><title>a</title><text "
                              "font-family=\"Arial\">x</text><!-- c --></g></svg>";
    struct cas_diagram diagram = {.title = "T"};
    for (size_t n = 0; n < sizeof(raw); n++) {
        char *part = malloc(n + 1); /* of its own, so that a sanitizer sees a byte too far */
        struct cas_buffer out = {0};
        assert_non_null(part);
        memcpy(part, raw, n);
        cas_svg_finish(&diagram, part, n, &out);
        assert_false(out.failed);
        cas_buffer_done(&out);
        free(part);
    }
}

static void
a_pdf_keeps_its_length_and_loses_its_date(void **state)
{
    char pdf[] = "x /CreationDate (D:20240229131415+01'00)\n y";
    char none[] = "no date here";
    cas_pdf_finish(pdf, sizeof(pdf) - 1);
    assert_string_equal(pdf, "x /CreationDate (D:19700101000000Z00'00)\n y");
    cas_pdf_finish(none, sizeof(none) - 1);
    assert_string_equal(none, "no date here");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_cleaned_and_escaped_for_labels),
        cmocka_unit_test(a_name_of_10000_letters_is_cut_to_three_lines),
        cmocka_unit_test(keys_hold_letters_digits_and_dashes_only),
        cmocka_unit_test(long_ids_that_differ_at_the_end_keep_different_keys),
        cmocka_unit_test(every_text_has_the_contrast_that_wcag_aa_asks_for),
        cmocka_unit_test(sides_of_the_print_theme_are_greys_that_stay_apart),
        cmocka_unit_test(widths_of_names_are_those_of_the_font),
        cmocka_unit_test(names_of_other_alphabets_have_room_and_no_desert),
        cmocka_unit_test(names_that_run_from_right_to_left_are_known),
        cmocka_unit_test(every_pictogram_stays_on_its_square),
        cmocka_unit_test(kinds_and_relations_differ_by_more_than_colour),
        cmocka_unit_test(lines_grow_with_the_logarithm_of_weight_up_to_a_limit),
        cmocka_unit_test(a_count_stands_in_the_middle_of_its_line),
        cmocka_unit_test(a_count_with_no_room_is_left_out),
        cmocka_unit_test(what_is_no_line_has_no_place),
        cmocka_unit_test(parts_stand_in_the_box_of_what_they_are_part_of),
        cmocka_unit_test(ties_show_relation_direction_count_and_evidence),
        cmocka_unit_test(without_verdicts_no_line_is_pale),
        cmocka_unit_test(the_legend_shows_only_what_occurs),
        cmocka_unit_test(sides_are_inherited_from_parents_and_painted),
        cmocka_unit_test(the_caption_names_period_counts_sources_and_version),
        cmocka_unit_test(fights_without_an_attacker_are_not_laid_in_layers),
        cmocka_unit_test(the_legend_stands_clear_of_the_picture),
        cmocka_unit_test(dot_holds_each_actor_tie_and_box_once),
        cmocka_unit_test(svg_holds_ids_classes_titles_and_nothing_from_outside),
        cmocka_unit_test(pdf_and_png_begin_as_they_should_and_repeat_themselves),
        cmocka_unit_test(the_same_graph_gives_the_same_bytes),
        cmocka_unit_test(every_engine_draws_and_only_two_draw_boxes),
        cmocka_unit_test(no_legend_leaves_the_caption),
        cmocka_unit_test(options_that_cannot_be_had_are_refused_with_the_reason),
        cmocka_unit_test(pictures_are_known_by_name_and_extension),
        cmocka_unit_test(positions_lie_within_the_whole_and_apart_from_each_other),
        cmocka_unit_test(positions_of_an_engine_that_is_none_are_refused),
        cmocka_unit_test(without_memory_positions_fail_and_leak_nothing),
        cmocka_unit_test(without_memory_the_dressing_fails_and_leaks_nothing),
        cmocka_unit_test(an_svg_is_rewritten_for_the_web),
        cmocka_unit_test(room_for_a_pictogram_becomes_a_place),
        cmocka_unit_test(an_svg_that_breaks_off_does_no_harm),
        cmocka_unit_test(a_pdf_keeps_its_length_and_loses_its_date),
    };
    return cmocka_run_group_tests_name("draw", tests, NULL, NULL);
}
