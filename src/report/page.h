/* A page for people: title, sections, paragraphs, facts, bullets and tables, the same content as
 * text, Markdown or HTML.
 *
 * Rule: callers give plain text and the page escapes it; no caller writes markup. Failure sticks
 * and shows at cas_page_done(). Blocks are set apart by one empty line, none after a heading of
 * text.
 */
#ifndef CAS_PAGE_H
#define CAS_PAGE_H

#include "report/table.h"

struct cas_page {
    struct casus_output *output;
    enum casus_layout layout; /* text, Markdown or HTML */
    uint32_t width;           /* of text */
    bool colour;
    bool failed;
    bool close_to_heading; /* the next block of text needs no empty line */
    size_t fact_width;     /* columns of the names of the facts that are open */
    struct cas_buffer scratch, words;
};

void cas_page_init(struct cas_page *page, const struct casus_heading *heading,
                   enum casus_layout layout, struct casus_output *output);
/* @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_page_done(struct cas_page *page, struct casus_error *err);

void cas_page_title(struct cas_page *page, const char *title); /* once, first */
void cas_page_section(struct cas_page *page, const char *title);
void cas_page_subsection(struct cas_page *page, const char *title);
void cas_page_paragraph(struct cas_page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void cas_page_table(struct cas_page *page, const struct cas_table *table);
/* Names with what is said of them; `name_width` is the widest name's. */
void cas_page_open_facts(struct cas_page *page, size_t name_width);
void cas_page_fact(struct cas_page *page, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void cas_page_close_facts(struct cas_page *page);
void cas_page_open_bullets(struct cas_page *page);
void cas_page_bullet(struct cas_page *page, const char *text);
void cas_page_close_bullets(struct cas_page *page);

/* The caveats, as a section that opens with the first: `cas_page_caveat` is what a
 * cas_…_caveats_each() takes, with the list as its context. */
struct cas_caveat_list {
    struct cas_page *page;
    bool begun;
};
void cas_page_caveat(void *list, const char *name, const char *text);
void cas_page_close_caveats(struct cas_caveat_list *list);

#endif
