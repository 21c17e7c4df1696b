/* What moved between two inputs, as CSV: one row a thing; several ids in a cell are separated by |.
 *
 *   what    move     id      other  detail                      before, after        added, removed, changed
 *   event   ×        ×              fields that changed
 *   actor   × (also merged, split: id became, or came of, `other`)
 *   tie     ×        from    to     relation, directed or not   events               events
 *   rank    ×        actor          measure                     ranks                - - events
 */
#include <math.h>

#include "report/csv.h"
#include "report/diff.h"

struct sheet {
    struct cas_csv csv;
    struct cas_buffer cell;
};

static void
write_ids(struct sheet *sheet, const char *const *ids, uint32_t count)
{
    cas_ids_text(&sheet->cell, ids, count, 0, "|");
    cas_csv_said(&sheet->csv, &sheet->cell);
}

static void
write_item(struct sheet *sheet, const char *what, const struct casus_diff_item *item)
{
    cas_csv_text(&sheet->csv, what);
    cas_csv_text(&sheet->csv, casus_move_name(item->move));
    cas_csv_text(&sheet->csv, item->id);
    cas_csv_skip(&sheet->csv, 1);
    cas_fields_text(&sheet->cell, item->what, "|");
    cas_csv_said(&sheet->csv, &sheet->cell);
    cas_csv_skip(&sheet->csv, 5);
    cas_csv_end_row(&sheet->csv);
}

static void
write_union(struct sheet *sheet, const struct casus_diff_union *one)
{
    cas_csv_text(&sheet->csv, "actor");
    cas_csv_text(&sheet->csv, one->split ? "split" : "merged");
    cas_csv_text(&sheet->csv, one->one);
    write_ids(sheet, one->others, one->other_count);
    cas_csv_skip(&sheet->csv, 5);
    write_ids(sheet, one->events, one->event_count);
    cas_csv_end_row(&sheet->csv);
}

static void
write_tie(struct sheet *sheet, const struct casus_diff_tie *tie)
{
    cas_csv_text(&sheet->csv, "tie");
    cas_csv_text(&sheet->csv, casus_move_name(tie->move));
    cas_csv_text(&sheet->csv, tie->from);
    cas_csv_text(&sheet->csv, tie->to);
    cas_buffer_printf(&sheet->cell, "%s|%s", casus_relation_name(tie->relation),
                      tie->directed ? "directed" : "undirected");
    cas_csv_said(&sheet->csv, &sheet->cell);
    cas_csv_count(&sheet->csv, tie->events[0]);
    cas_csv_count(&sheet->csv, tie->events[1]);
    write_ids(sheet, tie->added, tie->added_count);
    write_ids(sheet, tie->removed, tie->removed_count);
    write_ids(sheet, tie->altered, tie->altered_count);
    cas_csv_end_row(&sheet->csv);
}

static void
write_rank(struct sheet *sheet, const struct casus_diff_rank *rank)
{
    cas_csv_text(&sheet->csv, "rank");
    cas_csv_text(&sheet->csv, casus_move_name(rank->move));
    cas_csv_text(&sheet->csv, rank->id);
    cas_csv_skip(&sheet->csv, 1);
    cas_csv_text(&sheet->csv, casus_measure_info(rank->measure)->name);
    for (int side = 0; side < 2; side++)
        cas_csv_number(&sheet->csv, rank->rank[side] ? rank->rank[side] : NAN);
    cas_csv_skip(&sheet->csv, 2);
    write_ids(sheet, rank->events, rank->event_count);
    cas_csv_end_row(&sheet->csv);
}

static void
write_head(struct sheet *sheet)
{
    static const char *const titles[] = {"what",   "move",  "id",    "other",   "detail",
                                         "before", "after", "added", "removed", "changed"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        cas_csv_text(&sheet->csv, titles[i]);
    cas_csv_end_row(&sheet->csv);
}

enum casus_status
cas_diff_csv(const struct casus_diff_report *report, struct casus_output *output,
             struct casus_error *err)
{
    const struct casus_diff *diff = report->diff;
    struct sheet sheet;
    cas_csv_init(&sheet.csv, output);
    cas_buffer_init(&sheet.cell);
    write_head(&sheet);
    for (uint32_t i = 0; i < casus_diff_event_count(diff); i++)
        write_item(&sheet, "event", casus_diff_event_at(diff, i));
    for (uint32_t i = 0; i < casus_diff_actor_count(diff); i++)
        write_item(&sheet, "actor", casus_diff_actor_at(diff, i));
    for (uint32_t i = 0; i < casus_diff_union_count(diff); i++)
        write_union(&sheet, casus_diff_union_at(diff, i));
    for (uint32_t i = 0; i < casus_diff_tie_count(diff); i++)
        write_tie(&sheet, casus_diff_tie_at(diff, i));
    for (uint32_t i = 0; i < casus_diff_rank_count(diff); i++)
        write_rank(&sheet, casus_diff_rank_at(diff, i));
    cas_buffer_done(&sheet.cell);
    return cas_csv_done(&sheet.csv, err);
}
