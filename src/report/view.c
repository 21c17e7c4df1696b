/* The page: a template that was made from src/view at build time, and the data in the middle of it.
 *
 * Rule: the data stands in an element of script that no browser runs (application/json), where only
 * "<" could end it or begin a comment. JSON has "<" in strings alone, and there it is written as an
 * escape, as are ">", "&" and the two line separators that older scripts stumble over.
 */
#include "report/view.h"

#include "base/fault.h"
#include "report/envelope.h"

enum casus_status
casus_view_check(const struct casus_graph *graph, struct casus_error *err)
{
    uint32_t actors = casus_graph_actor_count(graph), ties = casus_graph_tie_count(graph);
    uint64_t events = casus_graph_totals(graph)->events;
    if (!cas_view_head_size)
        return cas_fail(err, CASUS_EENGINE, CAS_MSG_NO_PAGE,
                        "this casus was built without Node.js, which makes the page: install "
                        "nodejs and npm, then build in a fresh folder");
    if (actors > CASUS_VIEW_ACTORS || ties > CASUS_VIEW_TIES || events > CASUS_VIEW_EVENTS)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_PAGE_LARGE,
                        "%u actors, %u ties and %llu events are too many for a page (at most %d, "
                        "%d and %d); --min-events, --since or --focus leave less",
                        actors, ties, (unsigned long long)events, CASUS_VIEW_ACTORS,
                        CASUS_VIEW_TIES, CASUS_VIEW_EVENTS);
    return CASUS_OK;
}

/* --- the data --------------------------------------------------------------------------------- */

static void
put_totals(struct cas_view *page)
{
    const struct casus_totals *totals = casus_graph_totals(page->view->graph);
    struct cJSON *object = cas_json_object(page->json);
    cas_json_add_date(page->json, object, "first", totals->first);
    cas_json_add_date(page->json, object, "last", totals->last);
    cas_json_add_bool(page->json, object, "open", totals->open);
    cas_json_add_count(page->json, object, "claims", totals->claims);
    cas_json_add_count(page->json, object, "no_tie", totals->no_tie);
    cas_json_add_count(page->json, object, "internal", totals->internal);
    cas_json_add_count(page->json, object, "undated", totals->undated);
    cas_json_put(page->json, "totals", object);
}

static void
put_blocs(struct cas_view *page)
{
    if (!page->view->balance)
        return;
    const struct casus_balance_facts *facts = casus_balance_facts(page->view->balance);
    struct cJSON *object = cas_json_object(page->json);
    cas_json_add_count(page->json, object, "count", facts->blocs);
    cas_json_add_bool(page->json, object, "proved", facts->disagreement.proved);
    cas_json_add_number(page->json, object, "disagreement", facts->disagreement.upper);
    cas_json_put(page->json, "blocs", object);
}

/* Engines that keep parts together around what they are part of. */
static bool
is_boxed(const struct casus_positions *positions)
{
    const char *engine = casus_positions_engine(positions);
    return strcmp(engine, "dot") == 0 || strcmp(engine, "fdp") == 0;
}

static void
put_data(struct cas_view *page)
{
    const struct casus_view *view = page->view;
    const struct cas_inputs inputs = {.graph = view->graph};
    const char *title = view->title ? view->title : casus_graph_title(view->graph);
    struct cas_buffer words;
    cas_buffer_init(&words);
    if (view->heading.selection)
        cas_selection_words(&words, view->heading.selection);
    cas_envelope_open(page->json, &view->heading, &inputs);
    cas_json_put_text(page->json, "title", title);
    cas_json_put_text(page->json, "note", casus_dossier_note(view->dossier));
    cas_json_put_text(page->json, "selection_words", words.n ? words.s : NULL);
    cas_json_put_text(page->json, "weight", view->heading.weight);
    cas_json_put_bool(page->json, "boxed", is_boxed(view->positions));
    page->json->failed |= words.failed;
    cas_buffer_done(&words);
    put_totals(page);
    put_blocs(page);
    cas_view_put_measures(page);
    cas_view_put_sources(page);
    cas_view_put_actors(page);
    cas_view_put_ties(page);
    cas_view_put_events(page);
    cas_json_close(page->json);
}

/* --- the data in HTML ------------------------------------------------------------------------- */

/* What stands for the text at `s`, and how many bytes of it; NULL: it may stand as it is. */
static const char *
escape_of(const unsigned char *s, size_t left, size_t *out_length)
{
    *out_length = 1;
    switch (*s) {
    case '<': return "\\u003c";
    case '>': return "\\u003e";
    case '&': return "\\u0026";
    case 0xE2:
        *out_length = 3;
        if (left >= 3 && s[1] == 0x80 && (s[2] == 0xA8 || s[2] == 0xA9))
            return s[2] == 0xA8 ? "\\u2028" : "\\u2029";
        *out_length = 1;
        return NULL;
    default: return NULL;
    }
}

static void
write_escaped(struct casus_output *output, const char *text, size_t n)
{
    size_t plain = 0, length;
    for (size_t i = 0; i < n; i += length) {
        const char *escape = escape_of((const unsigned char *)text + i, n - i, &length);
        if (!escape)
            continue;
        casus_output_write(output, text + plain, i - plain);
        casus_output_text(output, escape);
        plain = i + length;
    }
    casus_output_write(output, text + plain, n - plain);
}

/* --- the page --------------------------------------------------------------------------------- */

static enum casus_status
write_data(struct cas_view *page, struct casus_output *output, struct casus_error *err)
{
    struct cas_json json;
    cas_json_init(&json, output);
    page->json = &json;
    put_data(page);
    return cas_json_done(&json, err);
}

static enum casus_status
write_page(struct cas_view *page, struct casus_output *output, struct casus_error *err)
{
    struct casus_output *data;
    size_t n;
    enum casus_status status = casus_output_memory(&data, err);
    if (status != CASUS_OK)
        return status;
    status = write_data(page, data, err);
    if (status == CASUS_OK) {
        const char *text = casus_output_bytes(data, &n);
        casus_output_write(output, cas_view_head, cas_view_head_size);
        write_escaped(output, text, n);
        casus_output_write(output, cas_view_tail, cas_view_tail_size);
    }
    enum casus_status closed = casus_output_close(data, err);
    return status == CASUS_OK ? closed : status;
}

enum casus_status
casus_view_write(const struct casus_view *view, struct casus_output *output,
                 struct casus_error *err)
{
    struct cas_view page = {.view = view,
                            .claims = {.heading = view->heading,
                                       .dossier = view->dossier,
                                       .verdicts = view->verdicts,
                                       .ledger = view->ledger}};
    enum casus_status status = casus_view_check(view->graph, err);
    if (status != CASUS_OK)
        return status;
    cas_arena_init(&page.arena);
    status = cas_view_index(&page, err);
    if (status == CASUS_OK)
        status = write_page(&page, output, err);
    cas_arena_done(&page.arena);
    return status;
}
