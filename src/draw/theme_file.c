/* A theme file: settings by line over one of casus's own themes.
 *
 * Grammar: line = [ name '=' value ] ; a name is words joined by '.'; blanks around both are left
 * out; '#' as the first character that is not blank begins a comment.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/fault.h"
#include "base/text.h"
#include "draw/theme.h"

#define SIZE_MOST ((size_t)64 << 10)
#define NAME_MOST 32 /* of the first word or two; the last has 12 */

enum value_of { COLOUR, LINE_STYLE, HEAD };

/* A setting by name: a text in the theme. */
struct setting {
    char name[NAME_MOST + 12];
    const char **place;
    enum value_of of;
};

#define PLAIN 9
#define PARTS 5
#define SETTINGS_MOST                                                                              \
    (PLAIN + CAS_SIDE_FILLS + CAS_BOX_FILLS + CASUS_KIND_COUNT + 1 +                               \
     PARTS * (CASUS_RELATION_COUNT + 1))

struct parsing {
    const char *path;
    struct cas_arena *arena;
    struct cas_theme theme;
    struct setting settings[SETTINGS_MOST];
    bool given[SETTINGS_MOST];
    size_t count;
    const char *line, *end; /* without its line break */
    uint32_t number;
    bool begun; /* a setting was met: `base` comes too late */
    struct casus_error *err;
};

static void
add(struct parsing *parsing, const char *begin, const char *name, const char **place,
    enum value_of of)
{
    struct setting *setting = &parsing->settings[parsing->count++];
    snprintf(setting->name, sizeof(setting->name), "%.31s%.11s", begin, name);
    setting->place = place;
    setting->of = of;
}

static void
add_stroke(struct parsing *parsing, const char *begin, struct cas_stroke *stroke)
{
    add(parsing, begin, ".colour", &stroke->colour, COLOUR);
    add(parsing, begin, ".weak", &stroke->weak, COLOUR);
    add(parsing, begin, ".text", &stroke->text, COLOUR);
    add(parsing, begin, ".style", &stroke->style, LINE_STYLE);
    add(parsing, begin, ".head", &stroke->head, HEAD);
}

static void
list_settings(struct parsing *parsing)
{
    struct cas_theme *theme = &parsing->theme;
    const struct {
        const char *name;
        const char **place;
    } plain[PLAIN] = {
        {"paper", &theme->paper},           {"text", &theme->text},
        {"faint", &theme->faint},           {"ink", &theme->ink},
        {"border", &theme->border},         {"plain", &theme->plain},
        {"ghost", &theme->ghost},           {"box-border", &theme->box_border},
        {"event.fill", &theme->event.fill},
    };
    char name[NAME_MOST];
    for (size_t i = 0; i < PLAIN; i++)
        add(parsing, plain[i].name, "", plain[i].place, COLOUR);
    for (int i = 0; i < CAS_SIDE_FILLS; i++) {
        snprintf(name, sizeof(name), "side.%d", i + 1);
        add(parsing, name, "", &theme->sides[i], COLOUR);
    }
    for (int i = 0; i < CAS_BOX_FILLS; i++) {
        snprintf(name, sizeof(name), "box.%d", i + 1);
        add(parsing, name, "", &theme->boxes[i], COLOUR);
    }
    for (int i = 0; i < CASUS_KIND_COUNT; i++) {
        snprintf(name, sizeof(name), "kind.%s", casus_kind_name((enum casus_kind)i));
        add(parsing, name, ".fill", &theme->kinds[i].fill, COLOUR);
    }
    for (int i = 0; i < CASUS_RELATION_COUNT; i++)
        add_stroke(parsing, casus_relation_name((enum casus_relation)i), &theme->relations[i]);
    add_stroke(parsing, "implied", &theme->implied);
}

/* --- values --------------------------------------------------------------------------------- */

static const char *const styles[] = {"solid", "dashed", "dotted", "bold"};
static const char *const heads[] = {"normal", "onormal", "vee",     "ovee",     "empty", "open",
                                    "dot",    "odot",    "diamond", "odiamond", "tee",   "none"};

static bool
is_one_of(struct cas_text value, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (cas_text_is(value, words[i]))
            return true;
    }
    return false;
}

static bool
is_colour(struct cas_text value)
{
    return value.n == 7 && value.s[0] == '#' && strspn(value.s + 1, "0123456789abcdefABCDEF") >= 6;
}

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* @return NULL, or what the setting takes */
static const char *
refuse_value(enum value_of of, struct cas_text value)
{
    switch (of) {
    case COLOUR: return is_colour(value) ? NULL : "a colour such as #d55e00";
    case LINE_STYLE:
        return is_one_of(value, styles, COUNT(styles)) ? NULL : "solid, dashed, dotted or bold";
    case HEAD: break;
    }
    return is_one_of(value, heads, COUNT(heads))
               ? NULL
               : "normal, onormal, vee, ovee, empty, open, dot, odot, diamond, odiamond, tee or "
                 "none";
}

/* --- lines ---------------------------------------------------------------------------------- */

static enum casus_status
fail_at(struct parsing *parsing, const char *at, const char *text)
{
    struct casus_error fault = {0};
    struct casus_where where = {
        parsing->number, (uint32_t)cas_utf8_count(parsing->line, (size_t)(at - parsing->line)) + 1};
    cas_fault_at(&fault, parsing->path, where, parsing->line,
                 (size_t)(parsing->end - parsing->line), CAS_MSG_THEME, "%s", text);
    fault.status = CASUS_EINVAL;
    if (parsing->err && parsing->err->status == CASUS_OK)
        *parsing->err = fault;
    return CASUS_EINVAL;
}

static struct cas_text
trim(const char *begin, const char *end)
{
    while (begin < end && (*begin == ' ' || *begin == '\t'))
        begin++;
    while (end > begin && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
        end--;
    return (struct cas_text){begin, (size_t)(end - begin), begin};
}

static enum casus_status
fail_name(struct parsing *parsing, struct cas_text name)
{
    const char *names[SETTINGS_MOST + 1];
    char text[200];
    for (size_t i = 0; i < parsing->count; i++)
        names[i] = parsing->settings[i].name;
    names[parsing->count] = "base";
    int shown = name.n < 40 ? (int)name.n : 40;
    const char *near = cas_text_nearest(name.s, name.n, names, parsing->count + 1);
    snprintf(text, sizeof(text), "no setting '%.*s'%s%s%s", shown, name.s,
             near ? "; did you mean '"
                  : "; they are paper, text, ink, kind.state.fill, attack.colour and "
                    "their like",
             near ? near : "", near ? "'?" : "");
    return fail_at(parsing, name.s, text);
}

static enum casus_status
set_base(struct parsing *parsing, struct cas_text value)
{
    if (parsing->begun)
        return fail_at(parsing, value.s, "base stands before all other settings");
    for (size_t i = 0; cas_theme_at(i); i++) {
        if (!cas_text_is(value, cas_theme_at(i)->name))
            continue;
        parsing->theme = *cas_theme_at(i);
        parsing->begun = true;
        return CASUS_OK;
    }
    return fail_at(parsing, value.s, "base is light, dark or print");
}

static enum casus_status
set_value(struct parsing *parsing, size_t index, struct cas_text name, struct cas_text value)
{
    const struct setting *setting = &parsing->settings[index];
    char text[160];
    if (parsing->given[index])
        return fail_at(parsing, name.s, "the same setting twice");
    const char *wanted = refuse_value(setting->of, value);
    if (wanted) {
        snprintf(text, sizeof(text), "%s takes %s", setting->name, wanted);
        return fail_at(parsing, value.s, text);
    }
    const char *kept = cas_arena_text(parsing->arena, value.s, value.n);
    if (!kept)
        return cas_fail_memory(parsing->err);
    *setting->place = kept;
    parsing->given[index] = parsing->begun = true;
    return CASUS_OK;
}

static enum casus_status
take_line(struct parsing *parsing)
{
    struct cas_text all = trim(parsing->line, parsing->end);
    if (all.n == 0 || *all.s == '#')
        return CASUS_OK;
    const char *equals = memchr(all.s, '=', all.n);
    if (!equals)
        return fail_at(parsing, all.s, "a setting is written `name = value`");
    struct cas_text name = trim(all.s, equals), value = trim(equals + 1, all.s + all.n);
    if (cas_text_is(name, "base"))
        return set_base(parsing, value);
    for (size_t i = 0; i < parsing->count; i++) {
        if (cas_text_is(name, parsing->settings[i].name))
            return set_value(parsing, i, name, value);
    }
    return fail_name(parsing, name);
}

static enum casus_status
parse(struct parsing *parsing, const char *text, size_t n)
{
    enum casus_status status = CASUS_OK;
    for (const char *at = text; at < text + n && status == CASUS_OK;) {
        const char *end = memchr(at, '\n', (size_t)(text + n - at));
        parsing->line = at;
        parsing->end = end ? end : text + n;
        parsing->number++;
        status = take_line(parsing);
        at = parsing->end + 1;
    }
    return status;
}

/* --- the file ------------------------------------------------------------------------------- */

static enum casus_status
read_file(const char *path, struct cas_buffer *out, struct casus_error *err)
{
    char piece[4096];
    size_t n = 0;
    FILE *file = fopen(path, "r");
    if (!file && errno == ENOENT)
        return cas_fail(err, CASUS_EIO, CAS_MSG_NO_FILE,
                        "%.80s: no such theme file; themes of casus's own are light, dark, print",
                        path);
    if (!file)
        return cas_fail(err, CASUS_EIO, CAS_MSG_READ, "%.80s: %s", path, strerror(errno));
    while (out->n <= SIZE_MOST && !out->failed && (n = fread(piece, 1, sizeof(piece), file)) > 0)
        cas_buffer_add(out, piece, n);
    int failure = ferror(file) ? errno : 0;
    fclose(file);
    if (failure)
        return cas_fail(err, CASUS_EIO, CAS_MSG_READ, "%.80s: %s", path, strerror(failure));
    if (out->n > SIZE_MOST || (out->n && memchr(out->s, '\0', out->n)))
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_THEME,
                        "%.80s: no theme: a text of at most 64 KiB", path);
    return out->failed ? cas_fail_memory(err) : CASUS_OK;
}

static enum casus_status
load_file(const char *path, struct cas_arena *arena, struct cas_theme *out, struct casus_error *err)
{
    struct parsing parsing = {
        .path = path, .arena = arena, .theme = *cas_theme_light(), .err = err};
    struct cas_buffer text;
    list_settings(&parsing);
    cas_buffer_init(&text);
    enum casus_status status = read_file(path, &text, err);
    if (status == CASUS_OK)
        status = parse(&parsing, text.s ? text.s : "", text.n);
    cas_buffer_done(&text);
    if (status == CASUS_OK)
        *out = parsing.theme;
    return status;
}

enum casus_status
cas_theme_load(const char *name, struct cas_arena *arena, struct cas_theme *out,
               struct casus_error *err)
{
    for (size_t i = 0; cas_theme_at(i); i++) {
        if (strcmp(name ? name : "light", cas_theme_at(i)->name) == 0) {
            *out = *cas_theme_at(i);
            return CASUS_OK;
        }
    }
    return load_file(name, arena, out, err);
}
