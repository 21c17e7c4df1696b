/* Graphviz DOT as plain data: what drawn pictures look like is for draw/ to say.
 *
 * Every text is a quoted string. A backslash is doubled and a quote gets one, so that no text ends
 * the string, continues a line, or stands for something (\N, \G); a text in quotes is never an
 * HTML-like label. DOT itself keeps a doubled backslash in names as two: its escapes are resolved
 * in labels alone. A name that begins with % has one backslash before it, as no other name has. In labels the & of what looks like an entity is written &amp;, and control
 * characters are U+FFFD, since pictures would break on them.
 */
#include "export/job.h"

#include <ctype.h>

#include "base/fault.h"

struct dot {
    const struct cas_job *job;
    struct casus_output *output;
    struct cas_buffer quoted, scratch;
};

static void
add_quoted(struct cas_buffer *out, char c)
{
    if (c == '"' || c == '\\')
        cas_buffer_char(out, '\\');
    cas_buffer_char(out, c);
}

/* Graphviz reads strings of up to 16 KiB, and joins such as stand with a + between them. */
static void
write_quoted(struct dot *dot, const char *begin, const char *text)
{
    enum { PIECE = 8192 };
    size_t piece = 0;
    dot->quoted.n = 0;
    cas_buffer_text(&dot->quoted, begin);
    for (; *text; text++, piece++) {
        bool begins_character = ((unsigned char)*text & 0xc0) != 0x80;
        if (piece >= PIECE && begins_character) {
            cas_buffer_text(&dot->quoted, "\" + \"");
            piece = 0;
        }
        add_quoted(&dot->quoted, *text);
    }
    cas_buffer_char(&dot->quoted, '"');
    if (!dot->quoted.failed)
        casus_output_write(dot->output, dot->quoted.s, dot->quoted.n);
}

static void
write_text(struct dot *dot, const char *text)
{
    write_quoted(dot, "\"", text);
}

/* % is Graphviz's own mark of nameless nodes: a name that begins so would be lost. */
static void
write_name(struct dot *dot, uint32_t actor)
{
    const char *id = cas_job_actor_id(dot->job, actor);
    write_quoted(dot, *id == '%' ? "\"\\" : "\"", id);
}

static bool
begins_entity(const char *s)
{
    size_t n = 1 + strspn(s + 1, "#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return s[0] == '&' && n > 1 && s[n] == ';';
}

static void
write_label(struct dot *dot, const char *text)
{
    dot->scratch.n = 0;
    for (; *text; text++) {
        if (begins_entity(text))
            cas_buffer_text(&dot->scratch, "&amp;");
        else if ((unsigned char)*text < 0x20 && *text != '\n' && *text != '\t')
            cas_buffer_text(&dot->scratch, "\xef\xbf\xbd");
        else
            cas_buffer_char(&dot->scratch, *text);
    }
    write_text(dot, dot->scratch.failed || !dot->scratch.n ? "" : dot->scratch.s);
}

static void
write_attributes(struct dot *dot, struct cas_columns columns, uint32_t record)
{
    for (size_t i = 0; i < columns.count; i++) {
        const char *text = cas_column_text(&columns.at[i], dot->job, record, &dot->scratch);
        if (!text)
            continue;
        casus_output_printf(dot->output, ", %s=", columns.at[i].name);
        write_text(dot, text);
    }
}

static void
write_about(struct dot *dot)
{
    struct cas_columns about = dot->job->about;
    for (size_t i = 0; i < about.count; i++) {
        const char *text = cas_column_text(&about.at[i], dot->job, 0, &dot->scratch);
        if (!text)
            continue;
        casus_output_printf(dot->output, "    %s=", about.at[i].name);
        write_text(dot, text);
        casus_output_text(dot->output, ";\n");
    }
}

/* For `neato -n`, which leaves actors where they stand. */
static void
write_place(struct dot *dot, uint32_t actor)
{
    struct cas_columns places = dot->job->places;
    for (size_t i = 0; i < places.count; i++) {
        const char *text = cas_column_text(&places.at[i], dot->job, actor, &dot->scratch);
        casus_output_printf(dot->output, "%s%s", i ? "," : ", pos=\"", text ? text : "0");
    }
    casus_output_text(dot->output, places.count ? "\"" : "");
}

static void
write_node(struct dot *dot, uint32_t index)
{
    const struct casus_node *actor = casus_graph_actor_at(dot->job->graph, index);
    casus_output_text(dot->output, "    ");
    write_name(dot, index);
    casus_output_text(dot->output, " [label=");
    write_label(dot, actor->name);
    write_attributes(dot, dot->job->actors, index);
    write_place(dot, index);
    casus_output_text(dot->output, "];\n");
}

static void
write_edge(struct dot *dot, uint32_t index)
{
    const struct casus_tie *tie = casus_graph_tie_at(dot->job->graph, index);
    casus_output_text(dot->output, "    ");
    write_name(dot, tie->from);
    casus_output_text(dot->output, " -> ");
    write_name(dot, tie->to);
    casus_output_text(dot->output, " [id=");
    write_text(dot, cas_job_tie_id(dot->job, index, &dot->scratch));
    if (!tie->directed)
        casus_output_text(dot->output, ", dir=none");
    write_attributes(dot, dot->job->ties, index);
    casus_output_text(dot->output, "];\n");
}

enum casus_status
cas_write_dot(const struct cas_job *job, struct casus_error *err)
{
    struct dot dot = {.job = job, .output = job->output};
    casus_output_text(job->output, "digraph casus {\n");
    write_about(&dot);
    for (uint32_t i = 0; i < casus_graph_actor_count(job->graph); i++)
        write_node(&dot, i);
    for (uint32_t i = 0; i < casus_graph_tie_count(job->graph); i++)
        write_edge(&dot, i);
    casus_output_text(job->output, "}\n");
    bool failed = dot.quoted.failed || dot.scratch.failed;
    cas_buffer_done(&dot.quoted);
    cas_buffer_done(&dot.scratch);
    return failed ? cas_fail_memory(err) : CASUS_OK;
}
