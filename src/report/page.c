/* A page for people, as text, Markdown or HTML. */
#include "report/page.h"

#include <stdio.h>

#include "actor/width.h"
#include "base/fault.h"
#include "report/escape.h"

enum { LEFT = 2, NARROW = 40 };

/* Nothing is fetched and nothing runs: the policy holds even if an escape were wrong. */
static const char html_head[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" "
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<style>\n"
    ":root { color-scheme: light dark; --ink: #1b1b1b; --soft: #5a5a5a; --line: #d5d5d5;"
    " --paper: #fff; --band: #f6f6f4; }\n"
    "@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e3; --soft: #a8a5a0;"
    " --line: #3c3c3c; --paper: #17181a; --band: #1f2023; } }\n"
    "body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: var(--ink);"
    " background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; }\n"
    "h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.25rem; margin-top: 2.2rem; }"
    " h3 { font-size: 1.05rem; margin-top: 1.6rem; }\n"
    ".table { overflow-x: auto; } table { border-collapse: collapse; margin: .5rem 0 1rem; }\n"
    "th, td { padding: .25rem .75rem; border-bottom: 1px solid var(--line); text-align: left;"
    " vertical-align: top; } th { color: var(--soft); font-weight: 600; }\n"
    "tbody tr:nth-child(even) { background: var(--band); }\n"
    ".n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }\n"
    "dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; }\n"
    "dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }\n"
    "@media print { body { max-width: none; } }\n"
    "</style>\n";

void
cas_page_init(struct cas_page *page, const struct casus_heading *heading, enum casus_layout layout,
              struct casus_output *output)
{
    *page = (struct cas_page){.output = output,
                              .layout = layout,
                              .width = heading->width ? heading->width : 80,
                              .colour = heading->colour};
    if (page->width < NARROW)
        page->width = NARROW;
    cas_buffer_init(&page->scratch);
    cas_buffer_init(&page->words);
}

enum casus_status
cas_page_done(struct cas_page *page, struct casus_error *err)
{
    if (page->layout == CASUS_HTML)
        casus_output_text(page->output, "</body>\n</html>\n");
    cas_buffer_done(&page->scratch);
    cas_buffer_done(&page->words);
    return page->failed ? cas_fail_memory(err) : CASUS_OK;
}

/* The text as the page's language takes it; borrowed until the next call. */
static const char *
escaped(struct cas_page *page, const char *text)
{
    cas_buffer_clear(&page->scratch);
    if (page->layout == CASUS_HTML)
        cas_escape_html(&page->scratch, text);
    else if (page->layout == CASUS_MARKDOWN)
        cas_escape_markdown(&page->scratch, text);
    else
        cas_escape_text(&page->scratch, text);
    page->failed |= page->scratch.failed;
    return page->scratch.failed || !page->scratch.s ? "" : page->scratch.s;
}

static const char *
format_words(struct cas_page *page, const char *format, va_list arguments)
{
    struct cas_buffer *words = &page->words;
    va_list again;
    va_copy(again, arguments);
    int n = vsnprintf(NULL, 0, format, arguments);
    cas_buffer_clear(words);
    bool room = n >= 0 && cas_grow(&words->s, &words->room, (size_t)n + 1, 1);
    if (room)
        vsnprintf(words->s, (size_t)n + 1, format, again);
    va_end(again);
    page->failed |= !room;
    return room ? words->s : "";
}

static void
begin_block(struct cas_page *page)
{
    if (page->layout != CASUS_HTML && !page->close_to_heading)
        casus_output_write(page->output, "\n", 1);
    page->close_to_heading = false;
}

/* Writes escaped text in lines of the page's width; the first begins at column `at`, the others
 * at `left`. */
static void
write_wrapped(struct cas_page *page, const char *text, size_t at, size_t left)
{
    bool begun = false;
    while (*text) {
        text += strspn(text, " ");
        size_t n = strcspn(text, " "), width = cas_width(text, n);
        if (begun && at + 1 + width > page->width) {
            casus_output_printf(page->output, "\n%*s", (int)left, "");
            at = left;
        } else if (begun && n) {
            casus_output_write(page->output, " ", 1);
            at++;
        }
        cas_write_unglued(page->output, text, n);
        at += width;
        begun = true;
        text += n;
    }
    casus_output_write(page->output, "\n", 1);
}

/* --- headings ----------------------------------------------------------------------------- */

static void
write_text_heading(struct cas_page *page, const char *title, const char *rule)
{
    const char *text = escaped(page, title);
    casus_output_printf(page->output, page->colour ? "\033[1m%s\033[0m\n" : "%s\n", text);
    for (size_t i = cas_width(text, strlen(text)); rule && i > 0; i--)
        casus_output_text(page->output, rule);
    if (rule)
        casus_output_write(page->output, "\n", 1);
    page->close_to_heading = true;
}

static void
write_heading(struct cas_page *page, const char *title, unsigned level)
{
    static const char *const rules[] = {"═", "─", NULL};
    static const char *const marks[] = {"#", "##", "###"};
    if (level > 1 && page->layout != CASUS_HTML)
        casus_output_write(page->output, "\n", 1);
    if (page->layout == CASUS_TEXT)
        write_text_heading(page, title, rules[level - 1]);
    else if (page->layout == CASUS_MARKDOWN)
        casus_output_printf(page->output, "%s %s\n", marks[level - 1], escaped(page, title));
    else
        casus_output_printf(page->output, "<h%u>%s</h%u>\n", level, escaped(page, title), level);
}

void
cas_page_title(struct cas_page *page, const char *title)
{
    if (page->layout == CASUS_HTML) {
        casus_output_text(page->output, html_head);
        casus_output_printf(page->output, "<title>%s</title>\n</head>\n<body>\n",
                            escaped(page, title));
    }
    write_heading(page, title, 1);
}

void
cas_page_section(struct cas_page *page, const char *title)
{
    write_heading(page, title, 2);
}

void
cas_page_subsection(struct cas_page *page, const char *title)
{
    write_heading(page, title, 3);
}

/* --- blocks ------------------------------------------------------------------------------- */

void
cas_page_paragraph(struct cas_page *page, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = escaped(page, format_words(page, format, arguments));
    va_end(arguments);
    begin_block(page);
    if (page->layout == CASUS_TEXT) {
        casus_output_printf(page->output, "%*s", LEFT, "");
        write_wrapped(page, text, LEFT, LEFT);
    } else {
        casus_output_printf(page->output, page->layout == CASUS_HTML ? "<p>%s</p>\n" : "%s\n",
                            text);
    }
}

void
cas_page_table(struct cas_page *page, const struct cas_table *table)
{
    begin_block(page);
    if (cas_table_write(table, page->layout, page->width, page->output, NULL) != CASUS_OK)
        page->failed = true;
}

void
cas_page_open_facts(struct cas_page *page, size_t name_width)
{
    begin_block(page);
    page->fact_width = name_width;
    if (page->layout == CASUS_HTML)
        casus_output_text(page->output, "<dl>\n");
}

static void
write_fact_name(struct cas_page *page, const char *name)
{
    static const char *const frames[] = {
        [CASUS_TEXT] = "  %s", [CASUS_MARKDOWN] = "- **%s:** ", [CASUS_HTML] = "<dt>%s</dt><dd>"};
    const char *text = escaped(page, name);
    casus_output_printf(page->output, frames[page->layout], text);
    size_t width = cas_width(text, strlen(text));
    size_t pad = page->fact_width > width ? page->fact_width - width : 0;
    if (page->layout == CASUS_TEXT)
        casus_output_printf(page->output, "%*s", (int)pad + 2, "");
}

void
cas_page_fact(struct cas_page *page, const char *name, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *words = format_words(page, format, arguments);
    va_end(arguments);
    write_fact_name(page, name);
    const char *text = escaped(page, words);
    size_t left = LEFT + page->fact_width + 2;
    if (page->layout == CASUS_TEXT)
        write_wrapped(page, text, left, left);
    else
        casus_output_printf(page->output,
                            page->layout == CASUS_HTML ? "<bdi>%s</bdi></dd>\n" : "%s\n", text);
}

void
cas_page_close_facts(struct cas_page *page)
{
    if (page->layout == CASUS_HTML)
        casus_output_text(page->output, "</dl>\n");
}

void
cas_page_open_bullets(struct cas_page *page)
{
    begin_block(page);
    if (page->layout == CASUS_HTML)
        casus_output_text(page->output, "<ul>\n");
}

void
cas_page_bullet(struct cas_page *page, const char *text)
{
    const char *words = escaped(page, text);
    if (page->layout == CASUS_TEXT) {
        casus_output_text(page->output, "  • ");
        write_wrapped(page, words, LEFT + 2, LEFT + 2);
    } else {
        casus_output_printf(page->output, page->layout == CASUS_HTML ? "<li>%s</li>\n" : "- %s\n",
                            words);
    }
}

void
cas_page_close_bullets(struct cas_page *page)
{
    if (page->layout == CASUS_HTML)
        casus_output_text(page->output, "</ul>\n");
}

/* --- caveats ------------------------------------------------------------------------------ */

void
cas_page_caveat(void *context, const char *name, const char *text)
{
    struct cas_caveat_list *list = context;
    (void)name;
    if (!list->begun) {
        cas_page_section(list->page, "Caveats");
        cas_page_open_bullets(list->page);
    }
    list->begun = true;
    cas_page_bullet(list->page, text);
}

void
cas_page_close_caveats(struct cas_caveat_list *list)
{
    if (list->begun)
        cas_page_close_bullets(list->page);
}
