/* Which events and actors of the dossier stand in the page.
 *
 * Rule: an event stands in it where a tie of the graph holds it. One that makes no tie (a party is
 * unknown) stands in it too, but not where the selection chose ties: then it may be far from them.
 */
#include "report/view.h"

#include "base/fault.h"

static uint32_t *
numbers(struct cas_view *page, uint32_t count, uint32_t value)
{
    size_t bytes;
    if (__builtin_mul_overflow((size_t)count + 1, sizeof(uint32_t), &bytes))
        return NULL;
    uint32_t *at = cas_arena_alloc(&page->arena, bytes);
    for (uint32_t i = 0; at && i <= count; i++)
        at[i] = value;
    return at;
}

/* --- events ----------------------------------------------------------------------------------- */

static void
mark_tied(struct cas_view *page)
{
    const struct casus_graph *graph = page->view->graph;
    for (uint32_t t = 0; t < casus_graph_tie_count(graph); t++) {
        for (uint32_t i = 0; i < casus_graph_tie_at(graph, t)->events; i++) {
            uint32_t event = casus_graph_tie_event(graph, t, i);
            if (event != CASUS_NONE)
                page->event_of[event] = 0;
        }
    }
}

static bool
chooses_ties(const struct casus_selection *selection)
{
    return selection && (selection->focus_count || selection->min_events);
}

static void
number_events(struct cas_view *page)
{
    const struct casus_ledger *ledger = page->view->ledger;
    bool tied_only = chooses_ties(page->view->heading.selection);
    for (uint32_t i = 0; i < casus_ledger_event_count(ledger); i++) {
        uint32_t event = casus_ledger_event_at(ledger, i);
        if (tied_only && page->event_of[event] == CASUS_NONE)
            continue;
        page->event_of[event] = page->event_count;
        page->rows[page->event_count++] = i;
    }
}

/* --- actors ----------------------------------------------------------------------------------- */

#define NAMED (CASUS_NONE - 1) /* an actor that is to get a number */

static void
name_actor(struct cas_view *page, uint32_t actor)
{
    if (actor != CASUS_NONE && page->actor_of[actor] == CASUS_NONE)
        page->actor_of[actor] = NAMED;
}

static void
name_actors(struct cas_view *page, const uint32_t *actors, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        name_actor(page, actors[i]);
}

static void
name_losers(struct cas_view *page, const struct casus_loss *losses, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        name_actor(page, losses[i].actor);
}

static void
name_all_of(struct cas_view *page, uint32_t number)
{
    const struct casus_dossier *dossier = page->view->dossier;
    const struct casus_event *event = casus_dossier_event_at(dossier, number);
    name_actors(page, event->from, event->from_count);
    name_actors(page, event->to, event->to_count);
    name_losers(page, event->losses, event->loss_count);
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct casus_claim *claim = casus_dossier_claim_at(dossier, event->claims[i]);
        struct casus_voice voice = casus_claim_voice(dossier, claim, number);
        const uint32_t told[] = {claim->by, claim->via, claim->of,
                                 voice.kind == CASUS_VOICE_ACTOR ? voice.who : CASUS_NONE};
        name_actors(page, told, 4);
        name_losers(page, claim->losses, claim->loss_count);
    }
}

static void
number_actors(struct cas_view *page)
{
    const struct casus_view *view = page->view;
    uint32_t next = casus_graph_actor_count(view->graph);
    for (uint32_t i = 0; i < casus_dossier_actor_count(view->dossier); i++)
        page->actor_of[i] =
            casus_graph_actor_find(view->graph, casus_dossier_actor_at(view->dossier, i)->id);
    for (uint32_t i = 0; i < page->event_count; i++)
        name_all_of(page, casus_ledger_event_at(view->ledger, page->rows[i]));
    for (uint32_t i = 0; i < casus_dossier_actor_count(view->dossier); i++) {
        if (page->actor_of[i] != NAMED)
            continue;
        page->actor_of[i] = next++;
        page->others[page->other_count++] = i;
    }
}

enum casus_status
cas_view_index(struct cas_view *page, struct casus_error *err)
{
    const struct casus_dossier *dossier = page->view->dossier;
    uint32_t actors = casus_dossier_actor_count(dossier);
    uint32_t events = casus_dossier_event_count(dossier);
    page->actor_of = numbers(page, actors, CASUS_NONE);
    page->others = numbers(page, actors, 0);
    page->event_of = numbers(page, events, CASUS_NONE);
    page->rows = numbers(page, events, 0);
    if (!page->actor_of || !page->others || !page->event_of || !page->rows)
        return cas_fail_memory(err);
    mark_tied(page);
    number_events(page);
    number_actors(page);
    return CASUS_OK;
}
