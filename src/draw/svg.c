/* One pass over Graphviz's SVG. Rules: the text is Graphviz's own, so that a '<' begins a tag, a
 * comment or a declaration, and nothing else does; a group's <title> stands right behind its
 * opening tag. Titles come from the diagram by the group's id; a group without one gets none. */
#include "draw/svg.h"

#include <math.h>
#include <stdlib.h>

#include "draw/icon.h"
#include "draw/label.h"

#define SHIFT 7.65 /* points: half of the width of CAS_ICON_PAD in names, of 11 points */
#define FONTS "Arial, Helvetica, &quot;Liberation Sans&quot;, sans-serif"

struct titled {
    const char *prefix, *key, *tip;
};

struct rewriting {
    const struct cas_diagram *diagram;
    struct titled *titles; /* in order of prefix and key */
    size_t count;
    const char *at, *end;
    struct cas_buffer *out;
};

static int
compare_titled(const void *a, const void *b)
{
    const struct titled *left = a, *right = b;
    int order = strcmp(left->prefix, right->prefix);
    return order ? order : strcmp(left->key, right->key);
}

static bool
collect_titles(struct rewriting *rewriting)
{
    const struct cas_diagram *diagram = rewriting->diagram;
    size_t most = (size_t)diagram->actor_count * 2 + diagram->tie_count + 1;
    rewriting->titles = cas_zalloc(most, sizeof(*rewriting->titles));
    if (!rewriting->titles)
        return false;
    for (uint32_t i = 0; i < diagram->actor_count; i++) {
        const struct cas_drawn_actor *actor = &diagram->actors[i];
        const char *prefix = actor->kind == CAS_KIND_EVENT ? "" : "actor-";
        rewriting->titles[rewriting->count++] = (struct titled){prefix, actor->key, actor->tip};
        rewriting->titles[rewriting->count++] = (struct titled){"box-", actor->key, actor->tip};
    }
    for (uint32_t i = 0; i < diagram->tie_count; i++) {
        const struct cas_drawn_tie *tie = &diagram->ties[i];
        rewriting->titles[rewriting->count++] = (struct titled){"tie-", tie->key, tie->tip};
    }
    rewriting->titles[rewriting->count++] = (struct titled){"diagram", "", diagram->title};
    qsort(rewriting->titles, rewriting->count, sizeof(*rewriting->titles), compare_titled);
    return true;
}

static const char *
find_title(const struct rewriting *rewriting, const char *id, size_t n)
{
    static const char *const prefixes[] = {"actor-", "box-", "tie-", "diagram", ""};
    char key[512];
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
        size_t length = strlen(prefixes[i]);
        if (n < length || n - length >= sizeof(key) || memcmp(id, prefixes[i], length) != 0)
            continue;
        memcpy(key, id + length, n - length);
        key[n - length] = '\0';
        struct titled wanted = {prefixes[i], key, NULL};
        struct titled *found =
            bsearch(&wanted, rewriting->titles, rewriting->count, sizeof(wanted), compare_titled);
        if (found)
            return found->tip;
    }
    return NULL;
}

static bool
begins(const struct rewriting *rewriting, const char *word)
{
    size_t n = strlen(word);
    return (size_t)(rewriting->end - rewriting->at) >= n && memcmp(rewriting->at, word, n) == 0;
}

/* The byte behind the next `word`, or the end. */
static const char *
behind(const struct rewriting *rewriting, const char *word)
{
    size_t n = strlen(word);
    const char *found = memmem(rewriting->at, (size_t)(rewriting->end - rewriting->at), word, n);
    return found ? found + n : rewriting->end;
}

static void
skip_line_end(struct rewriting *rewriting)
{
    if (rewriting->at < rewriting->end && *rewriting->at == '\n')
        rewriting->at++;
}

static void
write_title(struct rewriting *rewriting, const char *tip)
{
    cas_buffer_text(rewriting->out, "<title>");
    cas_label_xml(rewriting->out, tip);
    cas_buffer_text(rewriting->out, "</title>\n");
}

/* Graphviz writes "-" as "&#45;", in ids too. */
static void
add_tag(struct rewriting *rewriting, const char *tag, const char *end)
{
    static const char dash[] = "&#45;";
    while (tag < end) {
        const char *found = memmem(tag, (size_t)(end - tag), dash, sizeof(dash) - 1);
        cas_buffer_add(rewriting->out, tag, (size_t)((found ? found : end) - tag));
        if (found)
            cas_buffer_char(rewriting->out, '-');
        tag = found ? found + sizeof(dash) - 1 : end;
    }
}

/* A group: its tag as it is, then the title that its id asks for in place of Graphviz's. */
static void
take_group(struct rewriting *rewriting)
{
    size_t begin = rewriting->out->n;
    const char *tag = rewriting->at;
    rewriting->at = behind(rewriting, ">");
    add_tag(rewriting, tag, rewriting->at);
    if (rewriting->out->failed)
        return;
    const char *id = strstr(rewriting->out->s + begin, "id=\"");
    if (!id)
        return;
    id += 4;
    const char *quote = strchr(id, '"');
    const char *tip = quote ? find_title(rewriting, id, (size_t)(quote - id)) : NULL;
    if (tip) {
        cas_buffer_char(rewriting->out, '\n');
        write_title(rewriting, tip);
        skip_line_end(rewriting);
    }
}

/* From `from` to `to`, with fonts that exist elsewhere in place of Graphviz's. */
static void
add_fonts(struct rewriting *rewriting, const char *from, const char *to)
{
    const char *name = memmem(from, (size_t)(to - from), "font-family=\"", 13);
    const char *quote = name ? memchr(name + 13, '"', (size_t)(to - name - 13)) : NULL;
    if (!quote) {
        cas_buffer_add(rewriting->out, from, (size_t)(to - from));
        return;
    }
    cas_buffer_add(rewriting->out, from, (size_t)(name + 13 - from));
    cas_buffer_text(rewriting->out, FONTS);
    cas_buffer_add(rewriting->out, quote, (size_t)(to - quote));
}

/* The tag of a text whose middle moves to the right. */
static void
add_shifted(struct rewriting *rewriting, const char *tag, const char *close, double shift)
{
    char number[32];
    double x;
    const char *at = memmem(tag, (size_t)(close - tag), " x=\"", 4);
    const char *quote = at ? memchr(at + 4, '"', (size_t)(close - at - 4)) : NULL;
    if (!quote || !cas_number_read(at + 4, (size_t)(quote - at - 4), &x)) {
        add_fonts(rewriting, tag, close);
        return;
    }
    cas_buffer_add(rewriting->out, tag, (size_t)(at + 4 - tag));
    cas_buffer_text(rewriting->out, cas_number_text(round((x + shift) * 100) / 100, number));
    add_fonts(rewriting, quote, close);
}

/* The room for a pictogram is part of the name for Graphviz, which measures it; here it is a place:
 * some programs leave out spaces at the begin of a text, and nobody wants to copy them. */
static void
take_text(struct rewriting *rewriting)
{
    static const char pad[] = CAS_ICON_PAD;
    const size_t n = sizeof(pad) - 1;
    const char *tag = rewriting->at, *close = behind(rewriting, ">");
    rewriting->at = close;
    if (!begins(rewriting, pad)) {
        add_fonts(rewriting, tag, close);
        return;
    }
    rewriting->at += n;
    const char *end = memchr(rewriting->at, '<', (size_t)(rewriting->end - rewriting->at));
    bool both = end && (size_t)(end - rewriting->at) >= n && memcmp(end - n, pad, n) == 0;
    add_shifted(rewriting, tag, close, both ? 0 : SHIFT);
    if (both) {
        cas_buffer_add(rewriting->out, rewriting->at, (size_t)(end - n - rewriting->at));
        rewriting->at = end;
    }
}

static void
drop(struct rewriting *rewriting, const char *last)
{
    rewriting->at = behind(rewriting, last);
    skip_line_end(rewriting);
}

static void
take_root(struct rewriting *rewriting)
{
    cas_buffer_text(rewriting->out, "<svg role=\"img\"");
    rewriting->at += 4;
}

static void
take_tag(struct rewriting *rewriting)
{
    const char *tag = rewriting->at;
    if (begins(rewriting, "<!--")) {
        drop(rewriting, "-->");
    } else if (begins(rewriting, "<!")) {
        drop(rewriting, ">");
    } else if (begins(rewriting, "<title>")) {
        drop(rewriting, "</title>");
    } else if (begins(rewriting, "<g ")) {
        take_group(rewriting);
    } else if (begins(rewriting, "<text ")) {
        take_text(rewriting);
    } else if (begins(rewriting, "<svg ")) {
        take_root(rewriting);
    } else {
        rewriting->at = behind(rewriting, ">");
        cas_buffer_add(rewriting->out, tag, (size_t)(rewriting->at - tag));
    }
}

void
cas_svg_finish(const struct cas_diagram *diagram, const char *svg, size_t n, struct cas_buffer *out)
{
    struct rewriting rewriting = {.diagram = diagram, .at = svg, .end = svg + n, .out = out};
    if (!collect_titles(&rewriting)) {
        out->failed = true;
        return;
    }
    while (rewriting.at < rewriting.end && !out->failed) {
        const char *tag = memchr(rewriting.at, '<', (size_t)(rewriting.end - rewriting.at));
        if (!tag)
            tag = rewriting.end;
        cas_buffer_add(out, rewriting.at, (size_t)(tag - rewriting.at));
        rewriting.at = tag;
        if (tag < rewriting.end)
            take_tag(&rewriting);
    }
    cas_free(rewriting.titles);
}

void
cas_pdf_finish(char *pdf, size_t n)
{
    static const char head[] = "/CreationDate (D:", date[] = "19700101000000Z00'00";
    char *at = memmem(pdf, n, head, sizeof(head) - 1);
    if (!at)
        return;
    at += sizeof(head) - 1;
    for (const char *s = date; *s && at < pdf + n && *at != ')'; s++)
        *at++ = *s;
}
