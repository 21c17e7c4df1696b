/* Chains as CSV: one table of all lists, the first column saying which. Lists in a cell are
 * separated by |; the types of one step by a comma. Ids only.
 *
 *   record            backer  other          fighter  opponent  path, other_path  types       events
 *   chain             ×                      ×                  path              by step     of support
 *   faced             ×       other backer   its own  other's   both              .           of attack
 *   double-dealer     ×                      one      other     both              .           of attack
 *   opposed-backers   ×       other backer   ×                  both              the sides   of attack
 *   shared-backer     ×       its clients
 *   departure         ×       others left    client             .                 only from it  of support
 */
#include "report/chains.h"
#include "report/csv.h"
#include "report/naming.h"

struct sheet {
    struct cas_csv csv;
    struct cas_buffer cell;
    const struct casus_chains_report *report;
    const struct casus_chains *chains;
};

/* --- cells -------------------------------------------------------------------------------- */

static void
write_actor(struct sheet *sheet, uint32_t actor)
{
    cas_csv_text(&sheet->csv, cas_id_of_actor(sheet->report->graph, actor));
}

static void
write_actors(struct sheet *sheet, const uint32_t *actors, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        cas_buffer_printf(&sheet->cell, "%s%s", i ? "|" : "",
                          cas_id_of_actor(sheet->report->graph, actors[i]));
    cas_csv_said(&sheet->csv, &sheet->cell);
}

static void
write_path(struct sheet *sheet, const struct casus_chain *chain)
{
    write_actors(sheet, chain->path, chain->length + 1);
}

static void
add_events(struct sheet *sheet, const uint32_t *events, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        cas_buffer_printf(&sheet->cell, "%s%s", sheet->cell.n ? "|" : "",
                          cas_id_of_event(sheet->report->dossier, events[i]));
}

static void
write_texts(struct sheet *sheet, const char *const *texts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        cas_buffer_printf(&sheet->cell, "%s%s", i ? "|" : "", texts[i]);
    cas_csv_said(&sheet->csv, &sheet->cell);
}

/* The last two cells of a row without a confidence. */
static void
end_row(struct sheet *sheet, const uint32_t *events, uint32_t count)
{
    add_events(sheet, events, count);
    cas_csv_said(&sheet->csv, &sheet->cell);
    cas_csv_text(&sheet->csv, NULL);
    cas_csv_end_row(&sheet->csv);
}

/* --- rows --------------------------------------------------------------------------------- */

static void
write_head(struct sheet *sheet)
{
    static const char *const titles[] = {"record", "backer",     "other", "fighter", "opponent",
                                         "path",   "other_path", "types", "events",  "confidence"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        cas_csv_text(&sheet->csv, titles[i]);
    cas_csv_end_row(&sheet->csv);
}

static void
write_chain_types(struct sheet *sheet, const struct casus_chain *chain)
{
    for (uint32_t i = 0; i < chain->length; i++) {
        const struct casus_step *step = casus_chains_step_at(sheet->chains, chain->steps[i]);
        for (uint32_t k = 0; k < step->type_count; k++)
            cas_buffer_printf(&sheet->cell, "%s%s", k ? "," : i ? "|" : "", step->types[k]);
    }
    cas_csv_said(&sheet->csv, &sheet->cell);
}

static void
write_chain(struct sheet *sheet, uint32_t index)
{
    const struct casus_chain *chain = casus_chains_at(sheet->chains, index);
    cas_csv_text(&sheet->csv, "chain");
    write_actor(sheet, chain->path[0]);
    cas_csv_skip(&sheet->csv, 1);
    write_actor(sheet, chain->path[chain->length]);
    cas_csv_skip(&sheet->csv, 1);
    write_path(sheet, chain);
    cas_csv_skip(&sheet->csv, 1);
    write_chain_types(sheet, chain);
    for (uint32_t i = 0; i < chain->length; i++) {
        const struct casus_step *step = casus_chains_step_at(sheet->chains, chain->steps[i]);
        add_events(sheet, step->events, step->event_count);
    }
    cas_csv_said(&sheet->csv, &sheet->cell);
    cas_csv_number(&sheet->csv, chain->confidence);
    cas_csv_end_row(&sheet->csv);
}

static void
write_front(struct sheet *sheet, const struct casus_front *front)
{
    const struct casus_fight *fight = casus_chains_fight_at(sheet->chains, front->fight);
    write_actor(sheet, front->fighters[0]);
    write_actor(sheet, front->fighters[1]);
    write_path(sheet, &front->chains[0]);
    write_path(sheet, &front->chains[1]);
    cas_csv_skip(&sheet->csv, 1);
    end_row(sheet, fight->events, fight->event_count);
}

static void
write_faced(struct sheet *sheet, uint32_t index)
{
    const struct casus_faced *faced = casus_chains_faced_at(sheet->chains, index);
    for (uint32_t i = 0; i < faced->front_count; i++) {
        cas_csv_text(&sheet->csv, "faced");
        write_actor(sheet, faced->backers[0]);
        write_actor(sheet, faced->backers[1]);
        write_front(sheet, &faced->fronts[i]);
    }
}

static void
write_double(struct sheet *sheet, uint32_t index)
{
    const struct casus_double_dealer *dealer = casus_chains_double_at(sheet->chains, index);
    cas_csv_text(&sheet->csv, "double-dealer");
    write_actor(sheet, dealer->actor);
    cas_csv_skip(&sheet->csv, 1);
    write_front(sheet, &dealer->front);
}

static void
write_opposed(struct sheet *sheet, uint32_t index)
{
    const struct casus_opposed *opposed = casus_chains_opposed_at(sheet->chains, index);
    cas_csv_text(&sheet->csv, "opposed-backers");
    write_actor(sheet, opposed->backers[0]);
    write_actor(sheet, opposed->backers[1]);
    write_actor(sheet, opposed->fighter);
    cas_csv_skip(&sheet->csv, 1);
    write_path(sheet, &opposed->chains[0]);
    write_path(sheet, &opposed->chains[1]);
    write_texts(sheet, opposed->sides, 2);
    end_row(sheet, opposed->events, opposed->event_count);
}

static void
write_shared(struct sheet *sheet, uint32_t index)
{
    const struct casus_shared *shared = casus_chains_shared_at(sheet->chains, index);
    cas_csv_text(&sheet->csv, "shared-backer");
    write_actor(sheet, shared->backer);
    write_actors(sheet, shared->clients, shared->client_count);
    cas_csv_skip(&sheet->csv, 5);
    end_row(sheet, NULL, 0);
}

static void
write_departure(struct sheet *sheet, uint32_t index)
{
    const struct casus_departure *gone = casus_chains_departure_at(sheet->chains, index);
    const struct casus_step *step = casus_chains_step_at(sheet->chains, gone->step);
    cas_csv_text(&sheet->csv, "departure");
    write_actor(sheet, gone->backer);
    write_actors(sheet, gone->others, gone->other_count);
    write_actor(sheet, gone->client);
    cas_csv_skip(&sheet->csv, 3);
    write_texts(sheet, gone->only, gone->only_count);
    end_row(sheet, step->events, step->event_count);
}

static void
write_rows(struct sheet *sheet, uint32_t count, void (*write)(struct sheet *sheet, uint32_t index))
{
    for (uint32_t i = 0; i < count; i++)
        write(sheet, i);
}

enum casus_status
cas_chains_csv(const struct casus_chains_report *report, struct casus_output *output,
               struct casus_error *err)
{
    struct sheet sheet = {.report = report, .chains = report->chains};
    cas_csv_init(&sheet.csv, output);
    cas_buffer_init(&sheet.cell);
    write_head(&sheet);
    write_rows(&sheet, casus_chains_count(sheet.chains), write_chain);
    write_rows(&sheet, casus_chains_faced_count(sheet.chains), write_faced);
    write_rows(&sheet, casus_chains_double_count(sheet.chains), write_double);
    write_rows(&sheet, casus_chains_opposed_count(sheet.chains), write_opposed);
    write_rows(&sheet, casus_chains_shared_count(sheet.chains), write_shared);
    write_rows(&sheet, casus_chains_departure_count(sheet.chains), write_departure);
    cas_buffer_done(&sheet.cell);
    return cas_csv_done(&sheet.csv, err);
}

enum casus_status
casus_chains_write(const struct casus_chains_report *report, enum casus_layout layout,
                   struct casus_output *output, struct casus_error *err)
{
    switch (layout) {
    case CASUS_JSON: return cas_chains_json(report, output, err);
    case CASUS_CSV: return cas_chains_csv(report, output, err);
    default: return cas_chains_page(report, layout, output, err);
    }
}
