/* The diagram of claims: on the left who speaks, on the right the events, a line for each stance
 * that one takes on an event. A claim points at what it tells of; it is never an attack or support.
 *
 * Keys: an event's begins with "event__", a source's with "source__", which no actor's does.
 */
#include "draw/claims.h"

#include <stdlib.h>

#include "base/fault.h"
#include "draw/icon.h"
#include "draw/label.h"

#define COLUMNS 34
#define LINES   2

struct told {
    uint32_t event, claims;
    int32_t day;
};

struct building {
    const struct cas_telling *telling;
    const struct cas_dressing *dressing;
    struct cas_diagram *diagram;
    struct told *told;
    uint32_t told_count, with_claims;   /* events drawn; events that somebody speaks of */
    uint32_t *actor_node, *source_node; /* of each in the dossier: its place in the diagram + 1 */
    uint32_t tellers, claims, unnamed;
    struct cas_buffer text;
};

/* --- which events --------------------------------------------------------------------------- */

static int
by_claims(const void *a, const void *b)
{
    const struct told *x = a, *y = b;
    if (x->claims != y->claims)
        return x->claims < y->claims ? 1 : -1;
    return (x->event > y->event) - (x->event < y->event);
}

static int
by_day(const void *a, const void *b)
{
    const struct told *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->event > y->event) - (x->event < y->event);
}

static bool
choose_events(struct building *building)
{
    const struct casus_dossier *dossier = building->telling->dossier;
    const struct casus_drawing *drawing = building->dressing->drawing;
    uint32_t count = casus_dossier_event_count(dossier), most = CAS_CLAIMS_EVENTS;
    building->told = cas_diagram_room(building->diagram, count, sizeof(*building->told));
    if (!building->told)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct casus_event *event = casus_dossier_event_at(dossier, i);
        if ((building->telling->chosen && !building->telling->chosen[i]) || !event->claim_count)
            continue;
        int32_t day = casus_period_first_day(&event->date);
        building->told[building->with_claims++] =
            (struct told){i, event->claim_count, day == CASUS_DAY_MIN ? CASUS_DAY_MAX : day};
    }
    most = drawing->all ? count : drawing->top ? drawing->top : most;
    qsort(building->told, building->with_claims, sizeof(*building->told), by_claims);
    building->told_count = building->with_claims < most ? building->with_claims : most;
    qsort(building->told, building->told_count, sizeof(*building->told), by_day);
    return true;
}

/* --- nodes ---------------------------------------------------------------------------------- */

static const char *
keep(struct building *building)
{
    return cas_diagram_keep(building->diagram, &building->text);
}

static const char *
padded(struct building *building, const char *text)
{
    struct cas_buffer plain;
    bool turns = cas_label_turns(text), icons = building->dressing->icons;
    cas_buffer_init(&plain);
    if (icons)
        cas_buffer_text(&plain, CAS_ICON_PAD);
    cas_label_wrap(&plain, text, COLUMNS, LINES, icons ? "\\n" CAS_ICON_PAD : "\\n");
    if (icons && turns)
        cas_buffer_text(&plain, CAS_ICON_PAD);
    const char *kept = cas_diagram_keep(building->diagram, &plain);
    cas_buffer_done(&plain);
    return kept;
}

static struct cas_drawn_actor *
add_node(struct building *building, uint32_t index, uint32_t kind)
{
    struct cas_diagram *diagram = building->diagram;
    struct cas_drawn_actor *node = &diagram->actors[diagram->actor_count++];
    *node = (struct cas_drawn_actor){.index = index, .kind = kind, .box = CASUS_NONE};
    node->shape = kind == CAS_KIND_EVENT ? &diagram->theme->event : &diagram->theme->kinds[kind];
    node->fill = node->shape->fill;
    node->border = diagram->theme->border;
    node->ink = diagram->theme->ink;
    node->group = CASUS_NONE;
    node->contact = true;
    return node;
}

static bool
add_actor(struct building *building, uint32_t index)
{
    const struct casus_actor *actor = casus_dossier_actor_at(building->telling->dossier, index);
    struct cas_drawn_actor *node = add_node(building, index, actor->kind);
    building->actor_node[index] = building->diagram->actor_count;
    cas_label_key(&building->text, actor->id);
    node->key = keep(building);
    node->label = padded(building, actor->name);
    cas_label_plain(&building->text, actor->name);
    cas_buffer_printf(&building->text, " (%s)", casus_kind_name(actor->kind));
    node->tip = keep(building);
    cas_buffer_printf(&building->text, "actor claimant kind-%s", casus_kind_name(actor->kind));
    node->classes = keep(building);
    return node->key && node->label && node->tip && node->classes;
}

static bool
add_source(struct building *building, uint32_t index)
{
    const struct casus_source *source = casus_dossier_source_at(building->telling->dossier, index);
    struct cas_drawn_actor *node = add_node(building, index, CASUS_KIND_OUTLET);
    const char *name = source->name ? source->name : source->id;
    building->source_node[index] = building->diagram->actor_count;
    cas_buffer_text(&building->text, "source__");
    cas_label_key(&building->text, source->id);
    node->key = keep(building);
    node->label = padded(building, name);
    cas_label_plain(&building->text, name);
    cas_buffer_text(&building->text, " (a source in its own voice)");
    node->tip = keep(building);
    node->classes = "actor claimant source";
    return node->key && node->label && node->tip;
}

static void
write_parties(struct cas_buffer *out, const struct casus_dossier *dossier, const uint32_t *actors,
              uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        cas_buffer_text(out, i ? ", " : "");
        cas_label_plain(out, casus_dossier_actor_at(dossier, actors[i])->name);
    }
    if (count == 0)
        cas_buffer_text(out, "unknown");
}

static void
write_event(struct cas_buffer *out, const struct casus_dossier *dossier,
            const struct casus_event *event)
{
    char period[40];
    cas_label_plain(out, event->type);
    if (casus_period_known(&event->date))
        cas_buffer_printf(out, ", %s", casus_period_format(&event->date, period));
    cas_buffer_text(out, ": ");
    write_parties(out, dossier, event->from, event->from_count);
    cas_buffer_between(out, event->directed ? " → " : " – ");
    write_parties(out, dossier, event->to, event->to_count);
}

static void
write_event_tip(struct building *building, uint32_t index)
{
    struct cas_buffer *out = &building->text;
    const struct casus_verdicts *verdicts = building->telling->verdicts;
    const struct casus_event *event = casus_dossier_event_at(building->telling->dossier, index);
    write_event(out, building->telling->dossier, event);
    if (event->place_name) {
        cas_buffer_text(out, "; ");
        cas_label_plain(out, event->place_name);
    }
    cas_buffer_printf(out, "; evidence: %s; figures: %s",
                      casus_evidence_name(casus_verdicts_evidence(verdicts, index)),
                      casus_figures_name(casus_verdicts_figures(verdicts, index)));
    for (uint32_t i = 0; i < casus_verdicts_reason_count(verdicts, index); i++) {
        cas_buffer_text(out, "; ");
        cas_label_plain(out, casus_verdicts_reason_at(verdicts, index, i));
    }
}

/* Its first line what, its second what it is worth. */
static const char *
event_label(struct building *building, uint32_t index, enum casus_evidence evidence)
{
    struct cas_buffer label;
    bool icons = building->dressing->icons;
    const char *brk = icons ? "\\n" CAS_ICON_PAD : "\\n";
    bool excluded =
        casus_verdicts_figures(building->telling->verdicts, index) == CASUS_FIGURES_EXCLUDE;
    write_event(&building->text, building->telling->dossier,
                casus_dossier_event_at(building->telling->dossier, index));
    const char *what = keep(building);
    cas_buffer_init(&label);
    cas_buffer_text(&label, icons ? CAS_ICON_PAD : "");
    if (what)
        cas_label_wrap(&label, what, COLUMNS, LINES, brk);
    cas_buffer_printf(&label, "%s%s%s%s", brk, casus_evidence_name(evidence),
                      evidence == CASUS_DISPUTED ? " ?" : "",
                      excluded ? "; figures exclude each other" : "");
    const char *kept = what ? cas_diagram_keep(building->diagram, &label) : NULL;
    cas_buffer_done(&label);
    return kept;
}

static bool
add_event(struct building *building, uint32_t index)
{
    const struct casus_event *event = casus_dossier_event_at(building->telling->dossier, index);
    enum casus_evidence evidence = casus_verdicts_evidence(building->telling->verdicts, index);
    struct cas_drawn_actor *node = add_node(building, index, CAS_KIND_EVENT);
    const struct cas_stroke *stroke = &building->diagram->theme->relations[event->relation];
    node->weak = evidence == CASUS_ONE_SIDED || evidence == CASUS_SINGLE;
    node->border = node->weak ? stroke->weak : stroke->colour;
    cas_buffer_text(&building->text, "event__");
    cas_label_key(&building->text, event->id);
    node->key = keep(building);
    node->label = event_label(building, index, evidence);
    write_event_tip(building, index);
    node->tip = keep(building);
    cas_buffer_printf(&building->text, "event relation-%s evidence-%s",
                      casus_relation_name(event->relation), casus_evidence_name(evidence));
    node->classes = keep(building);
    return node->key && node->label && node->tip && node->classes;
}

/* --- claims --------------------------------------------------------------------------------- */

/* The teller's node, made at need; CASUS_NONE: nobody is named, or there is no memory. */
static uint32_t
teller_of(struct building *building, const struct casus_claim *claim)
{
    bool actor = claim->by != CASUS_NONE;
    uint32_t index = actor ? claim->by : claim->source;
    if (index == CASUS_NONE) {
        building->unnamed++;
        return CASUS_NONE;
    }
    uint32_t *place = actor ? &building->actor_node[index] : &building->source_node[index];
    if (!*place) {
        building->tellers++;
        if (!(actor ? add_actor : add_source)(building, index))
            building->text.failed = true;
    }
    return *place - 1;
}

/* Dotted as all statements; a denial has a bar for a head, responsibility a filled one. */
static void
dress_claim(struct cas_diagram *diagram, struct cas_drawn_tie *tie, enum casus_stance stance)
{
    static const char *const verbs[CASUS_STANCE_COUNT] = {"claims", "reports", "announces",
                                                          "blames", "denies",  "confirms"};
    const struct cas_theme *theme = diagram->theme;
    tie->stroke = &theme->relations[CASUS_CLAIM];
    tie->relation = CASUS_CLAIM;
    tie->label = verbs[stance];
    tie->colour = tie->stroke->colour;
    tie->head = stance == CASUS_DENY             ? "tee"
                : stance == CASUS_RESPONSIBILITY ? "normal"
                                                 : tie->stroke->head;
    tie->width = 1.2;
    tie->ranked = tie->contact = true;
    tie->events = 1;
}

static bool
add_claim(struct building *building, uint32_t node, const struct casus_claim *claim)
{
    struct cas_diagram *diagram = building->diagram;
    uint32_t teller = teller_of(building, claim);
    if (teller == CASUS_NONE)
        return true;
    struct cas_drawn_tie *tie = &diagram->ties[diagram->tie_count++];
    *tie = (struct cas_drawn_tie){.from = teller, .to = node};
    dress_claim(diagram, tie, claim->stance);
    building->claims++;
    cas_buffer_printf(&building->text, "%s__%s__%u", diagram->actors[teller].key,
                      diagram->actors[node].key, diagram->tie_count);
    tie->key = keep(building);
    cas_buffer_printf(&building->text, "tie relation-claim stance-%s",
                      casus_stance_name(claim->stance));
    tie->classes = keep(building);
    cas_buffer_printf(&building->text, "%s %s: %s", diagram->actors[teller].tip, tie->label,
                      diagram->actors[node].tip);
    if (claim->via != CASUS_NONE) {
        cas_buffer_text(&building->text, "; via ");
        cas_label_plain(&building->text,
                        casus_dossier_actor_at(building->telling->dossier, claim->via)->name);
    }
    tie->tip = keep(building);
    return tie->key && tie->classes && tie->tip && !building->text.failed;
}

static bool
make_room(struct building *building)
{
    const struct casus_dossier *dossier = building->telling->dossier;
    struct cas_diagram *diagram = building->diagram;
    size_t claims = 0, actors = casus_dossier_actor_count(dossier);
    size_t sources = casus_dossier_source_count(dossier);
    for (uint32_t i = 0; i < building->told_count; i++)
        claims += building->told[i].claims;
    size_t tellers = claims < actors + sources ? claims : actors + sources;
    diagram->actors =
        cas_diagram_room(diagram, building->told_count + tellers, sizeof(*diagram->actors));
    diagram->ties = cas_diagram_room(diagram, claims, sizeof(*diagram->ties));
    building->actor_node = cas_diagram_room(diagram, actors, sizeof(uint32_t));
    building->source_node = cas_diagram_room(diagram, sources, sizeof(uint32_t));
    return diagram->actors && diagram->ties && building->actor_node && building->source_node;
}

static bool
add_all(struct building *building)
{
    const struct casus_dossier *dossier = building->telling->dossier;
    for (uint32_t i = 0; i < building->told_count; i++) {
        const struct casus_event *event = casus_dossier_event_at(dossier, building->told[i].event);
        uint32_t node = building->diagram->actor_count;
        if (!add_event(building, building->told[i].event))
            return false;
        for (uint32_t j = 0; j < event->claim_count; j++) {
            if (!add_claim(building, node, casus_dossier_claim_at(dossier, event->claims[j])))
                return false;
        }
    }
    return true;
}

/* --- title and caption ---------------------------------------------------------------------- */

static bool
write_caption(struct building *building)
{
    struct cas_buffer *out = &building->text;
    const char *title = building->dressing->drawing->title;
    if (!title)
        title = casus_dossier_title(building->telling->dossier);
    cas_label_plain(out, title ? title : "Who says what");
    building->diagram->title = keep(building);
    cas_tip_count(out, building->claims, "claim");
    cas_buffer_text(out, " by ");
    cas_tip_count(out, building->tellers, "claimant");
    cas_buffer_text(out, " about ");
    cas_tip_count(out, building->told_count, "event");
    if (building->told_count < building->with_claims)
        cas_buffer_printf(out, ", those of most claims of %u; --all draws everything",
                          building->with_claims);
    if (building->unnamed)
        cas_buffer_printf(out, "; %u claims without a claimant or source", building->unnamed);
    return building->diagram->title && cas_caption_add(building->diagram, out) &&
           cas_caption_end(building->diagram, building->dressing->drawing->sources);
}

enum casus_status
cas_claims_build(const struct cas_telling *telling, const struct cas_dressing *dressing,
                 struct cas_diagram *out, struct casus_error *err)
{
    struct cas_diagram diagram = {.theme = dressing->theme, .boxed = dressing->boxed};
    struct building building = {.telling = telling, .dressing = dressing, .diagram = &diagram};
    cas_arena_init(&diagram.arena);
    bool done = choose_events(&building);
    bool none = done && building.with_claims == 0;
    done = done && !none && make_room(&building) && add_all(&building) &&
           write_caption(&building) &&
           (dressing->drawing->no_legend || cas_legend_build(&diagram, CASUS_PAINT_KIND));
    cas_buffer_done(&building.text);
    if (done) {
        *out = diagram;
        return CASUS_OK;
    }
    cas_diagram_done(&diagram);
    return none ? cas_fail(err, CASUS_EEMPTY, CAS_MSG_NOTHING_LEFT,
                           "none of the events that are left has a claim")
                : cas_fail_memory(err);
}
