/* Events and actors of two inputs, matched by id; and actors that became others.
 *
 * What an event or actor says is written as a text, a field at a time, with ids in place of
 * indices and lists in order of text, so that two are the same where their texts are.
 */
#include "analysis/change/diff.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { OLD, NEW };

/* --- texts ------------------------------------------------------------------------------------ */

/* Everything has an end mark, so that no two texts run into each other. */
static void
say(struct cas_buffer *out, const char *text)
{
    cas_buffer_text(out, text ? text : "\x02");
    cas_buffer_char(out, '\x01');
}

static void
say_number(struct cas_buffer *out, double number)
{
    char text[32];
    say(out, isnan(number) ? NULL : cas_number_text(number, text));
}

static void
say_period(struct cas_buffer *out, const struct casus_period *period)
{
    char text[40];
    say(out, casus_period_format(period, text));
    cas_buffer_printf(out, "%d%d%d\x01", period->interval, period->from_bound, period->until_bound);
}

static const char *
actor_of(const struct casus_dossier *dossier, uint32_t actor)
{
    return actor == CASUS_NONE ? NULL : casus_dossier_actor_at(dossier, actor)->id;
}

static const char *
source_of(const struct casus_dossier *dossier, uint32_t source)
{
    return source == CASUS_NONE ? NULL : casus_dossier_source_at(dossier, source)->id;
}

static int
by_text(const void *left, const void *right)
{
    const char *a, *b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return strcmp(a, b);
}

/* Elements that `say_one` writes, in order of text. */
struct listing {
    const struct casus_dossier *dossier;
    const void *elements;
    uint32_t count;
    void (*say_one)(struct cas_buffer *out, const struct listing *listing, uint32_t index);
};

static void
say_sorted(struct cas_buffer *out, const struct listing *listing)
{
    struct cas_buffer all;
    size_t *begin = cas_zalloc((size_t)listing->count + 1, sizeof *begin);
    const char **texts = cas_zalloc((size_t)listing->count + 1, sizeof *texts);
    cas_buffer_init(&all);
    for (uint32_t i = 0; begin && texts && i < listing->count; i++) {
        begin[i] = all.n;
        listing->say_one(&all, listing, i);
        cas_buffer_add(&all, "", 1);
    }
    bool ready = begin && texts && !all.failed;
    for (uint32_t i = 0; ready && i < listing->count; i++)
        texts[i] = all.s + begin[i];
    if (ready && listing->count)
        qsort(texts, listing->count, sizeof *texts, by_text);
    for (uint32_t i = 0; ready && i < listing->count; i++)
        say(out, texts[i]);
    out->failed |= !ready;
    cas_buffer_done(&all);
    cas_free(begin);
    cas_free(texts);
}

static void
say_actor(struct cas_buffer *out, const struct listing *listing, uint32_t index)
{
    const uint32_t *actors = listing->elements;
    say(out, actor_of(listing->dossier, actors[index]));
}

static void
say_source(struct cas_buffer *out, const struct listing *listing, uint32_t index)
{
    const uint32_t *sources = listing->elements;
    say(out, source_of(listing->dossier, sources[index]));
}

static void
say_loss(struct cas_buffer *out, const struct listing *listing, uint32_t index)
{
    const struct casus_loss *loss = (const struct casus_loss *)listing->elements + index;
    say(out, actor_of(listing->dossier, loss->actor));
    cas_buffer_printf(out, "%u %d %" PRId64 " %" PRId64 " %" PRId64 "\x01", loss->what, loss->some,
                      loss->figure.low, loss->figure.best, loss->figure.high);
}

static void
say_claim(struct cas_buffer *out, const struct listing *listing, uint32_t index)
{
    const struct casus_dossier *dossier = listing->dossier;
    const uint32_t *claims = listing->elements;
    const struct casus_claim *claim = casus_dossier_claim_at(dossier, claims[index]);
    const struct listing losses = {dossier, claim->losses, claim->loss_count, say_loss};
    say(out, actor_of(dossier, claim->by));
    say(out, actor_of(dossier, claim->via));
    say(out, actor_of(dossier, claim->of));
    say(out, source_of(dossier, claim->source));
    say(out, casus_stance_name(claim->stance));
    say_period(out, &claim->date);
    say_number(out, claim->credibility);
    say_number(out, claim->about_count);
    say_sorted(out, &losses);
    say(out, claim->url);
    say(out, claim->note);
    say(out, claim->extra);
}

/* --- fields ----------------------------------------------------------------------------------- */

typedef void say_field(struct cas_buffer *out, const struct casus_dossier *dossier, uint32_t index,
                       enum casus_field field);

static void
say_list(struct cas_buffer *out, const struct casus_dossier *dossier,
         const struct casus_event *event, enum casus_field field)
{
    struct listing listing = {.dossier = dossier};
    switch (field) {
    case CASUS_FIELD_FROM:
        listing = (struct listing){dossier, event->from, event->from_count, say_actor};
        break;
    case CASUS_FIELD_TO:
        listing = (struct listing){dossier, event->to, event->to_count, say_actor};
        break;
    case CASUS_FIELD_SOURCE:
        listing = (struct listing){dossier, event->sources, event->source_count, say_source};
        break;
    case CASUS_FIELD_LOSSES:
        listing = (struct listing){dossier, event->losses, event->loss_count, say_loss};
        break;
    default:
        listing = (struct listing){dossier, event->claims, event->claim_count, say_claim};
        break;
    }
    say_sorted(out, &listing);
}

static void
say_event(struct cas_buffer *out, const struct casus_dossier *dossier, uint32_t index,
          enum casus_field field)
{
    const struct casus_event *event = casus_dossier_event_at(dossier, index);
    switch (field) {
    case CASUS_FIELD_TYPE: say(out, event->type); break;
    case CASUS_FIELD_RELATION: say(out, casus_relation_name(event->relation)); break;
    case CASUS_FIELD_DIRECTED: say(out, event->directed ? "yes" : "no"); break;
    case CASUS_FIELD_DATE: say_period(out, &event->date); break;
    case CASUS_FIELD_PLACE:
        say(out, event->place_name);
        say(out, event->place_note);
        say_number(out, event->lat);
        say_number(out, event->lon);
        break;
    case CASUS_FIELD_NOTE: say(out, event->note); break;
    case CASUS_FIELD_EXTRA: say(out, event->extra); break;
    default: say_list(out, dossier, event, field); break;
    }
}

static void
say_parent(struct cas_buffer *out, const struct listing *listing, uint32_t index)
{
    const struct casus_parent *parent = (const struct casus_parent *)listing->elements + index;
    say(out, actor_of(listing->dossier, parent->actor));
    say_period(out, &parent->period);
}

static void
say_alias(struct cas_buffer *out, const struct listing *listing, uint32_t index)
{
    const struct casus_alias *alias = (const struct casus_alias *)listing->elements + index;
    say(out, alias->name);
    say(out, alias->lang);
}

static void
say_of_actor(struct cas_buffer *out, const struct casus_dossier *dossier, uint32_t index,
             enum casus_field field)
{
    const struct casus_actor *actor = casus_dossier_actor_at(dossier, index);
    const struct listing parents = {dossier, actor->parents, actor->parent_count, say_parent};
    const struct listing aliases = {dossier, actor->aliases, actor->alias_count, say_alias};
    switch (field) {
    case CASUS_FIELD_NAME: say(out, actor->name); break;
    case CASUS_FIELD_KIND: say(out, casus_kind_name(actor->kind)); break;
    case CASUS_FIELD_SIDE: say(out, actor->side); break;
    case CASUS_FIELD_PARENT: say_sorted(out, &parents); break;
    case CASUS_FIELD_ALIASES: say_sorted(out, &aliases); break;
    case CASUS_FIELD_NOTE: say(out, actor->note); break;
    default: say(out, actor->extra); break;
    }
}

static const enum casus_field event_fields[] = {
    CASUS_FIELD_TYPE,   CASUS_FIELD_RELATION, CASUS_FIELD_DIRECTED, CASUS_FIELD_DATE,
    CASUS_FIELD_PLACE,  CASUS_FIELD_FROM,     CASUS_FIELD_TO,       CASUS_FIELD_SOURCE,
    CASUS_FIELD_LOSSES, CASUS_FIELD_CLAIMS,   CASUS_FIELD_NOTE,     CASUS_FIELD_EXTRA};
static const enum casus_field actor_fields[] = {
    CASUS_FIELD_NAME,    CASUS_FIELD_KIND, CASUS_FIELD_SIDE, CASUS_FIELD_PARENT,
    CASUS_FIELD_ALIASES, CASUS_FIELD_NOTE, CASUS_FIELD_EXTRA};

/* --- matching --------------------------------------------------------------------------------- */

struct named {
    const char *id;
    uint32_t index;
};

static int
by_id(const void *left, const void *right)
{
    const struct named *a = left, *b = right;
    return strcmp(a->id, b->id);
}

/* Two lists by id, and how what they name is compared. */
struct match {
    struct casus_diff *diff;
    struct named *list[2];
    uint32_t count[2];
    say_field *say;
    const enum casus_field *fields;
    size_t field_count;
    struct cas_buffer text[2];
};

static unsigned
compare(struct match *match, uint32_t old, uint32_t new)
{
    unsigned what = 0;
    for (size_t i = 0; i < match->field_count; i++) {
        uint32_t index[2] = {old, new};
        for (int side = OLD; side <= NEW; side++) {
            cas_buffer_clear(&match->text[side]);
            match->say(&match->text[side], match->diff->side[side].dossier, index[side],
                       match->fields[i]);
            match->diff->failed |= match->text[side].failed;
        }
        if (match->diff->failed)
            return 0;
        if (match->text[OLD].n != match->text[NEW].n ||
            memcmp(match->text[OLD].s, match->text[NEW].s, match->text[OLD].n) != 0)
            what |= CASUS_BIT(match->fields[i]);
    }
    return what;
}

static void
match_all(struct match *match, struct casus_diff_item **items, size_t *room, uint32_t *count)
{
    struct casus_diff *diff = match->diff;
    uint32_t i = 0, j = 0;
    while (!diff->failed && (i < match->count[OLD] || j < match->count[NEW])) {
        int order = i == match->count[OLD] ? 1
                    : j == match->count[NEW]
                        ? -1
                        : strcmp(match->list[OLD][i].id, match->list[NEW][j].id);
        struct casus_diff_item item = {.move = order > 0   ? CASUS_ADDED
                                               : order < 0 ? CASUS_REMOVED
                                                           : CASUS_CHANGED,
                                       .id = order <= 0 ? match->list[OLD][i].id
                                                        : match->list[NEW][j].id};
        if (!order)
            item.what = compare(match, match->list[OLD][i].index, match->list[NEW][j].index);
        i += order <= 0;
        j += order >= 0;
        if (!order && !item.what)
            continue;
        diff->failed = diff->failed || !cas_grow(items, room, (size_t)*count + 1, sizeof item);
        if (!diff->failed)
            (*items)[(*count)++] = item;
    }
}

static void
match_done(struct match *match)
{
    for (int side = OLD; side <= NEW; side++) {
        cas_free(match->list[side]);
        cas_buffer_done(&match->text[side]);
    }
}

static bool
sort_named(struct named *list, uint32_t count)
{
    if (list && count)
        qsort(list, count, sizeof *list, by_id);
    return list;
}

static bool
list_events(const struct casus_dossier *dossier, struct named **out, uint32_t *out_count)
{
    *out_count = casus_dossier_event_count(dossier);
    *out = cas_zalloc((size_t)*out_count + 1, sizeof **out);
    for (uint32_t i = 0; *out && i < *out_count; i++)
        (*out)[i] = (struct named){casus_dossier_event_at(dossier, i)->id, i};
    return sort_named(*out, *out_count);
}

static bool
list_actors(const struct casus_dossier *dossier, struct named **out, uint32_t *out_count)
{
    *out_count = casus_dossier_actor_count(dossier);
    *out = cas_zalloc((size_t)*out_count + 1, sizeof **out);
    for (uint32_t i = 0; *out && i < *out_count; i++)
        (*out)[i] = (struct named){casus_dossier_actor_at(dossier, i)->id, i};
    return sort_named(*out, *out_count);
}

static struct match
match_of(struct casus_diff *diff,
         bool (*list)(const struct casus_dossier *, struct named **, uint32_t *))
{
    struct match match = {.diff = diff};
    for (int side = OLD; side <= NEW; side++) {
        cas_buffer_init(&match.text[side]);
        diff->failed |= !list(diff->side[side].dossier, &match.list[side], &match.count[side]);
    }
    return match;
}

void
cas_diff_items(struct casus_diff *diff)
{
    struct match events = match_of(diff, list_events), actors = match_of(diff, list_actors);
    events.say = say_event;
    events.fields = event_fields;
    events.field_count = sizeof event_fields / sizeof *event_fields;
    actors.say = say_of_actor;
    actors.fields = actor_fields;
    actors.field_count = sizeof actor_fields / sizeof *actor_fields;
    match_all(&events, &diff->events, &diff->event_room, &diff->event_count);
    match_all(&actors, &diff->actors, &diff->actor_room, &diff->actor_count);
    match_done(&events);
    match_done(&actors);
}

/* --- actors that became others ---------------------------------------------------------------- */

/* In one event the old actor stands where the new one does. */
struct becoming {
    const char *old, *new, *event;
};

struct becomings {
    struct casus_diff *diff;
    struct becoming *at;
    uint32_t count;
    size_t room;
    bool split; /* sorted by old, else by new */
};

static bool
is_party(const struct casus_dossier *dossier, const uint32_t *actors, uint32_t count,
         const char *id)
{
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(actor_of(dossier, actors[i]), id) == 0)
            return true;
    }
    return false;
}

/* The actors of one party that are not in the other; at most two are told. */
static uint32_t
only_here(const struct casus_dossier *here, const uint32_t *actors, uint32_t count,
          const struct casus_dossier *there, const uint32_t *others, uint32_t other_count,
          const char *out[2])
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < count && found < 2; i++) {
        const char *id = actor_of(here, actors[i]);
        if (!is_party(there, others, other_count, id))
            out[found++] = id;
    }
    return found;
}

static void
become(struct becomings *becomings, const uint32_t *old, uint32_t old_count, const uint32_t *new,
       uint32_t new_count, const char *event)
{
    struct casus_diff *diff = becomings->diff;
    const struct casus_dossier *before = diff->side[OLD].dossier, *after = diff->side[NEW].dossier;
    const char *gone[2], *come[2];
    if (only_here(before, old, old_count, after, new, new_count, gone) != 1 ||
        only_here(after, new, new_count, before, old, old_count, come) != 1)
        return;
    diff->failed = diff->failed || !cas_grow(&becomings->at, &becomings->room,
                                             (size_t)becomings->count + 1, sizeof *becomings->at);
    if (!diff->failed)
        becomings->at[becomings->count++] = (struct becoming){gone[0], come[0], event};
}

static int
compare_becomings(const struct becoming *a, const struct becoming *b, bool split)
{
    int order = split ? strcmp(a->old, b->old) : strcmp(a->new, b->new);
    if (!order)
        order = split ? strcmp(a->new, b->new) : strcmp(a->old, b->old);
    return order ? order : strcmp(a->event, b->event);
}

static int
by_old(const void *left, const void *right)
{
    return compare_becomings(left, right, true);
}

static int
by_new(const void *left, const void *right)
{
    return compare_becomings(left, right, false);
}

/* Does an actor of that id exist on both sides? Then it kept a part for itself. */
static bool
stays(const struct casus_diff *diff, const char *id)
{
    const struct casus_graph *old = diff->side[OLD].graph, *new = diff->side[NEW].graph;
    return casus_graph_actor_find(old, id) != CASUS_NONE &&
           casus_graph_actor_find(new, id) != CASUS_NONE;
}

/* One that `others` became (or that became them), over the becomings [begin, end). */
static void
tell_union(struct becomings *becomings, uint32_t begin, uint32_t end)
{
    struct casus_diff *diff = becomings->diff;
    struct cas_ids others = {0}, events = {0};
    const struct becoming *first = &becomings->at[begin];
    struct casus_diff_union out = {.split = becomings->split,
                                   .one = becomings->split ? first->old : first->new};
    for (uint32_t i = begin; i < end; i++) {
        cas_diff_say(diff, &others, becomings->split ? becomings->at[i].new : becomings->at[i].old);
        cas_diff_say(diff, &events, becomings->at[i].event);
    }
    if (stays(diff, out.one))
        cas_diff_say(diff, &others, out.one);
    out.others = cas_diff_keep(diff, &others, &out.other_count);
    out.events = cas_diff_keep(diff, &events, &out.event_count);
    cas_free(others.at);
    cas_free(events.at);
    if (out.other_count < 2 || diff->failed)
        return;
    diff->failed |= !cas_grow(&diff->unions, &diff->union_room, (size_t)diff->union_count + 1,
                              sizeof *diff->unions);
    if (!diff->failed)
        diff->unions[diff->union_count++] = out;
}

/* One that has gone, and that another took the place of, is part of that other; where the first
 * stays, its event was recoded, which tells nothing of who it is. */
static bool
tells(const struct becomings *becomings, const struct becoming *one)
{
    const struct casus_graph *old = becomings->diff->side[OLD].graph;
    const struct casus_graph *new = becomings->diff->side[NEW].graph;
    return becomings->split ? casus_graph_actor_find(old, one->new) == CASUS_NONE
                            : casus_graph_actor_find(new, one->old) == CASUS_NONE;
}

static void
tell_unions(struct becomings *becomings, bool split)
{
    uint32_t kept = 0;
    struct becomings chosen = *becomings;
    chosen.split = split;
    chosen.at = cas_zalloc((size_t)becomings->count + 1, sizeof *chosen.at);
    becomings->diff->failed |= !chosen.at;
    for (uint32_t i = 0; chosen.at && i < becomings->count; i++) {
        if (tells(&chosen, &becomings->at[i]))
            chosen.at[kept++] = becomings->at[i];
    }
    if (kept)
        qsort(chosen.at, kept, sizeof *chosen.at, split ? by_old : by_new);
    for (uint32_t i = 0, end; i < kept; i = end) {
        const char *one = split ? chosen.at[i].old : chosen.at[i].new;
        for (end = i + 1;
             end < kept && strcmp(split ? chosen.at[end].old : chosen.at[end].new, one) == 0; end++)
            ;
        tell_union(&chosen, i, end);
    }
    cas_free(chosen.at);
}

void
cas_diff_unions(struct casus_diff *diff)
{
    struct match events = match_of(diff, list_events);
    struct becomings becomings = {.diff = diff};
    uint32_t i = 0, j = 0;
    while (!diff->failed && i < events.count[OLD] && j < events.count[NEW]) {
        int order = strcmp(events.list[OLD][i].id, events.list[NEW][j].id);
        if (!order) {
            const struct casus_event *old =
                casus_dossier_event_at(diff->side[OLD].dossier, events.list[OLD][i].index);
            const struct casus_event *new =
                casus_dossier_event_at(diff->side[NEW].dossier, events.list[NEW][j].index);
            become(&becomings, old->from, old->from_count, new->from, new->from_count, old->id);
            become(&becomings, old->to, old->to_count, new->to, new->to_count, old->id);
        }
        i += order <= 0;
        j += order >= 0;
    }
    tell_unions(&becomings, false);
    tell_unions(&becomings, true);
    cas_free(becomings.at);
    match_done(&events);
}
