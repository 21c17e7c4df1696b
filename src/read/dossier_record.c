/* Actors, sources, events and claims: a table of keys and a switch each. */
#include "read/dossier_record.h"

#include <math.h>

#define KEYS(names)                                                                                \
    {                                                                                              \
        names, sizeof(names) / sizeof *(names)                                                     \
    }

static void
missing_key(const struct cas_walk *walk, uint32_t object, const char *expected)
{
    cas_record_problem(walk->record, cas_value_at(walk->tape, object), CAS_MSG_MISSING_KEY,
                       "expected the key %s, found none", expected);
}

/* --- actors ----------------------------------------------------------------------------------- */

enum { ALIAS_NAME, ALIAS_LANG };
static const char *const alias_names[] = {"name", "lang"};
static const struct cas_keys alias_keys = KEYS(alias_names);

static struct cas_rec_alias
read_alias(const struct cas_walk *outer, uint32_t value)
{
    struct cas_rec_alias alias = {0};
    uint8_t type = outer->tape->nodes[value].type;
    if (type == CAS_TAPE_STRING) {
        alias.name = cas_value_name(outer, value);
        return alias;
    }
    if (type != CAS_TAPE_OBJECT) {
        cas_expected(outer, value, "a name or an object with name and lang");
        return alias;
    }
    struct cas_walk walk = cas_walk_begin(outer->record, outer->tape, value, &alias_keys);
    bool named = false;
    while (cas_walk_next(&walk)) {
        named = named || walk.key == ALIAS_NAME;
        if (walk.key == ALIAS_NAME)
            alias.name = cas_value_name(&walk, walk.value);
        else
            alias.lang = cas_value_name(&walk, walk.value);
    }
    alias.extra = cas_extra(&walk, value);
    if (!named)
        missing_key(outer, value, "'name'");
    return alias;
}

static void
read_aliases(const struct cas_walk *walk, struct cas_rec_actor *actor)
{
    if (!cas_expect(walk, walk->value, CAS_TAPE_ARRAY))
        return;
    uint32_t count = walk->tape->nodes[walk->value].count, element = walk->value + 1;
    struct cas_rec_alias *aliases = cas_record_alloc(walk->record, count, sizeof *aliases);
    actor->aliases = aliases;
    actor->alias_count = 0;
    for (uint32_t i = 0; aliases && i < count; i++) {
        struct cas_rec_alias alias = read_alias(walk, element);
        if (alias.name.n)
            aliases[actor->alias_count++] = alias;
        element = walk->tape->nodes[element].next;
    }
}

enum { PARENT_ID, PARENT_FROM, PARENT_TO };
static const char *const parent_names[] = {"id", "from", "to"};
static const struct cas_keys parent_keys = KEYS(parent_names);

static struct cas_rec_parent
read_parent(const struct cas_walk *outer, uint32_t value)
{
    struct cas_rec_parent parent = {0};
    bool named = false;
    if (!cas_expect(outer, value, CAS_TAPE_OBJECT))
        return parent;
    struct casus_period *period = &parent.period;
    struct cas_walk walk = cas_walk_begin(outer->record, outer->tape, value, &parent_keys);
    while (cas_walk_next(&walk)) {
        named = named || walk.key == PARENT_ID;
        period->interval = period->interval || walk.key != PARENT_ID;
        if (walk.key == PARENT_ID)
            parent.id = cas_value_name(&walk, walk.value);
        else if (walk.key == PARENT_FROM)
            cas_value_bound(&walk, walk.value, &period->from, &period->from_bound);
        else
            cas_value_bound(&walk, walk.value, &period->until, &period->until_bound);
    }
    parent.extra = cas_extra(&walk, value);
    if (!named)
        missing_key(outer, value, "'id'");
    cas_check_period(outer->record, cas_value_at(outer->tape, value), period);
    return parent;
}

static void
read_parents(const struct cas_walk *walk, struct cas_rec_actor *actor)
{
    uint8_t type = walk->tape->nodes[walk->value].type;
    bool one = type == CAS_TAPE_STRING;
    if (!one && type != CAS_TAPE_ARRAY) {
        cas_expected(walk, walk->value, "an id or a list of objects");
        return;
    }
    uint32_t count = one ? 1 : walk->tape->nodes[walk->value].count;
    struct cas_rec_parent *parents = cas_record_alloc(walk->record, count, sizeof *parents);
    actor->parents = parents;
    actor->parent_count = 0;
    uint32_t element = one ? walk->value : walk->value + 1;
    for (uint32_t i = 0; parents && i < count; i++) {
        struct cas_rec_parent parent = {0};
        if (one)
            parent.id = cas_value_name(walk, element);
        else
            parent = read_parent(walk, element);
        if (parent.id.n)
            parents[actor->parent_count++] = parent;
        element = walk->tape->nodes[element].next;
    }
}

enum {
    ACTOR_ID,
    ACTOR_NAME,
    ACTOR_ALIASES,
    ACTOR_KIND,
    ACTOR_PARENT,
    ACTOR_SIDE,
    ACTOR_GENERIC,
    ACTOR_NOTE
};
static const char *const actor_names[] = {"id",     "name", "aliases", "kind",
                                          "parent", "side", "generic", "note"};
static const struct cas_keys actor_keys = KEYS(actor_names);

/* 1, 0, or -1 after a problem. */
static int
read_truth(const struct cas_walk *walk)
{
    uint8_t type = walk->tape->nodes[walk->value].type;
    if (type == CAS_TAPE_TRUE || type == CAS_TAPE_FALSE)
        return type == CAS_TAPE_TRUE;
    cas_expected(walk, walk->value, "true or false");
    return -1;
}

static void
read_kind(const struct cas_walk *walk, struct cas_rec_actor *actor)
{
    struct cas_text word = cas_value_text(walk, walk->value);
    if (word.s)
        actor->kind = cas_check_kind(walk->record, word);
    actor->kind_given = true;
}

static enum casus_status
read_actor(struct cas_record *record, const struct cas_tape *tape, uint32_t object,
           struct cas_text raw)
{
    struct cas_rec_actor actor = {.at = raw, .kind = CASUS_KIND_OTHER};
    struct cas_walk walk = cas_walk_begin(record, tape, object, &actor_keys);
    bool named = false;
    while (cas_walk_next(&walk)) {
        switch (walk.key) {
        case ACTOR_ID:
            actor.id = cas_value_name(&walk, walk.value);
            named = true;
            break;
        case ACTOR_NAME: actor.name = cas_value_name(&walk, walk.value); break;
        case ACTOR_ALIASES: read_aliases(&walk, &actor); break;
        case ACTOR_KIND: read_kind(&walk, &actor); break;
        case ACTOR_PARENT: read_parents(&walk, &actor); break;
        case ACTOR_SIDE: actor.side = cas_value_name(&walk, walk.value); break;
        case ACTOR_GENERIC: actor.generic = read_truth(&walk) > 0; break;
        case ACTOR_NOTE: actor.note = cas_value_text(&walk, walk.value); break;
        }
    }
    if (!named)
        missing_key(&walk, object, "'id' of an actor");
    actor.extra = cas_extra(&walk, object);
    return cas_record_actor(record, &actor);
}

/* --- sources ---------------------------------------------------------------------------------- */

enum {
    SOURCE_ID,
    SOURCE_NAME,
    SOURCE_TYPE,
    SOURCE_RELIABILITY,
    SOURCE_DATE,
    SOURCE_URL,
    SOURCE_ARCHIVE,
    SOURCE_NOTE
};
static const char *const source_names[] = {"id",   "name", "type",        "reliability",
                                           "date", "url",  "archive_url", "note"};
static const struct cas_keys source_keys = KEYS(source_names);

static char
read_reliability(const struct cas_walk *walk)
{
    struct cas_text letter = cas_value_text(walk, walk->value);
    return letter.s ? cas_check_reliability(walk->record, letter) : 0;
}

static enum casus_status
read_source(struct cas_record *record, const struct cas_tape *tape, uint32_t object,
            struct cas_text raw)
{
    struct cas_rec_source source = {.at = raw};
    struct cas_walk walk = cas_walk_begin(record, tape, object, &source_keys);
    bool named = false;
    while (cas_walk_next(&walk)) {
        switch (walk.key) {
        case SOURCE_ID:
            source.id = cas_value_name(&walk, walk.value);
            named = true;
            break;
        case SOURCE_NAME: source.name = cas_value_name(&walk, walk.value); break;
        case SOURCE_TYPE: source.type = cas_value_text(&walk, walk.value); break;
        case SOURCE_RELIABILITY: source.reliability = read_reliability(&walk); break;
        case SOURCE_DATE:
            source.date = cas_value_period(&walk, walk.value, &source.date_extra);
            break;
        case SOURCE_URL: source.url = cas_value_text(&walk, walk.value); break;
        case SOURCE_ARCHIVE: source.archive_url = cas_value_text(&walk, walk.value); break;
        case SOURCE_NOTE: source.note = cas_value_text(&walk, walk.value); break;
        }
    }
    if (!named)
        missing_key(&walk, object, "'id' of a source");
    source.extra = cas_extra(&walk, object);
    return cas_record_source(record, &source);
}

/* --- claims ----------------------------------------------------------------------------------- */

/* `about` stands last: a claim inside an event knows all keys but that one. */
enum {
    CLAIM_BY,
    CLAIM_VIA,
    CLAIM_STANCE,
    CLAIM_OF,
    CLAIM_DATE,
    CLAIM_SOURCE,
    CLAIM_CREDIBILITY,
    CLAIM_LOSSES,
    CLAIM_URL,
    CLAIM_NOTE,
    CLAIM_ABOUT
};
static const char *const claim_names[] = {
    "by", "via", "stance", "of", "date", "source", "credibility", "losses", "url", "note", "about"};
static const struct cas_keys claim_keys = KEYS(claim_names);
static const struct cas_keys inner_claim_keys = {claim_names, CLAIM_ABOUT};

static uint8_t
read_credibility(const struct cas_walk *walk)
{
    double number;
    char found[32];
    if (!cas_value_number(walk, walk->value, &number))
        return 0;
    if (number >= 1 && number <= 6 && number == trunc(number))
        return (uint8_t)number;
    cas_record_problem(walk->record, cas_value_at(walk->tape, walk->value), CAS_MSG_RANGE,
                       "expected 1 (confirmed) to 6 (unknown), found %s",
                       cas_number_text(number, found));
    return 0;
}

static void
read_about(const struct cas_walk *walk, struct cas_rec_claim *claim)
{
    claim->about = cas_value_names(walk, walk->value, &claim->about_count);
    const struct cas_tape_node *node = &walk->tape->nodes[walk->value];
    if (node->type == CAS_TAPE_ARRAY && node->count == 0)
        cas_record_problem(walk->record, cas_value_at(walk->tape, walk->value), CAS_MSG_NO_ABOUT,
                           "expected at least one event in 'about', found none");
}

static void
read_claim_value(const struct cas_walk *walk, struct cas_rec_claim *claim)
{
    struct cas_text word;
    switch (walk->key) {
    case CLAIM_BY: claim->by = cas_value_name(walk, walk->value); break;
    case CLAIM_VIA: claim->via = cas_value_name(walk, walk->value); break;
    case CLAIM_STANCE:
        word = cas_value_text(walk, walk->value);
        if (word.s)
            claim->stance = cas_check_stance(walk->record, word);
        break;
    case CLAIM_OF: claim->of = cas_value_name(walk, walk->value); break;
    case CLAIM_DATE: claim->date = cas_value_period(walk, walk->value, &claim->date_extra); break;
    case CLAIM_SOURCE: claim->source = cas_value_name(walk, walk->value); break;
    case CLAIM_CREDIBILITY: claim->credibility = read_credibility(walk); break;
    case CLAIM_LOSSES:
        claim->losses = cas_read_losses(walk, walk->value, &claim->loss_count);
        break;
    case CLAIM_URL: claim->url = cas_value_text(walk, walk->value); break;
    case CLAIM_NOTE: claim->note = cas_value_text(walk, walk->value); break;
    case CLAIM_ABOUT: read_about(walk, claim); break;
    }
}

static struct cas_text
raw_text(const struct cas_tape *tape, uint32_t value)
{
    const char *at = cas_value_at(tape, value);
    return (struct cas_text){at, tape->nodes[value].end - tape->nodes[value].start, at};
}

static struct cas_rec_claim
read_claim(struct cas_record *record, const struct cas_tape *tape, uint32_t object,
           const struct cas_keys *keys)
{
    struct cas_rec_claim claim = {.at = raw_text(tape, object), .stance = CASUS_REPORT};
    struct cas_walk walk = cas_walk_begin(record, tape, object, keys);
    bool stated = false, about = keys == &inner_claim_keys;
    while (cas_walk_next(&walk)) {
        stated = stated || walk.key == CLAIM_STANCE;
        about = about || walk.key == CLAIM_ABOUT;
        read_claim_value(&walk, &claim);
    }
    if (!stated)
        missing_key(&walk, object, "'stance' of a claim");
    if (!about)
        missing_key(&walk, object, "'about' of a claim");
    claim.extra = cas_extra(&walk, object);
    return claim;
}

static void
read_inner_claims(const struct cas_walk *walk, struct cas_rec_event *event)
{
    if (!cas_expect(walk, walk->value, CAS_TAPE_ARRAY))
        return;
    uint32_t count = walk->tape->nodes[walk->value].count, element = walk->value + 1;
    struct cas_rec_claim *claims = cas_record_alloc(walk->record, count, sizeof *claims);
    event->claims = claims;
    event->claim_count = 0;
    for (uint32_t i = 0; claims && i < count; i++) {
        if (cas_expect(walk, element, CAS_TAPE_OBJECT))
            claims[event->claim_count++] =
                read_claim(walk->record, walk->tape, element, &inner_claim_keys);
        element = walk->tape->nodes[element].next;
    }
}

/* --- events ----------------------------------------------------------------------------------- */

enum { PLACE_NAME, PLACE_LAT, PLACE_LON, PLACE_NOTE };
static const char *const place_names[] = {"name", "lat", "lon", "note"};
static const struct cas_keys place_keys = KEYS(place_names);

static double
read_degrees(const struct cas_walk *walk, double most)
{
    double value;
    if (!cas_value_number(walk, walk->value, &value))
        return (double)NAN;
    return cas_check_degrees(walk->record, cas_value_at(walk->tape, walk->value), value, most);
}

static void
read_place_object(const struct cas_walk *outer, struct cas_rec_event *event)
{
    struct cas_walk walk = cas_walk_begin(outer->record, outer->tape, outer->value, &place_keys);
    unsigned given = 0;
    while (cas_walk_next(&walk)) {
        given |= 1u << walk.key;
        switch (walk.key) {
        case PLACE_NAME: event->place_name = cas_value_name(&walk, walk.value); break;
        case PLACE_LAT: event->lat = read_degrees(&walk, 90); break;
        case PLACE_LON: event->lon = read_degrees(&walk, 180); break;
        case PLACE_NOTE: event->place_note = cas_value_text(&walk, walk.value); break;
        }
    }
    event->place_extra = cas_extra(&walk, outer->value);
    bool lat = given & 1u << PLACE_LAT, lon = given & 1u << PLACE_LON;
    if (lat != lon)
        missing_key(outer, outer->value, lat ? "'lon' beside 'lat'" : "'lat' beside 'lon'");
    else if (!lat && !(given & 1u << PLACE_NAME))
        missing_key(outer, outer->value, "'name', or 'lat' and 'lon', of a place");
}

static void
read_place(const struct cas_walk *walk, struct cas_rec_event *event)
{
    switch (walk->tape->nodes[walk->value].type) {
    case CAS_TAPE_STRING: event->place_name = cas_value_name(walk, walk->value); break;
    case CAS_TAPE_OBJECT: read_place_object(walk, event); break;
    default: cas_expected(walk, walk->value, "a name or an object with name, lat, lon");
    }
}

static void
read_event_sources(const struct cas_walk *walk, struct cas_rec_event *event)
{
    uint8_t type = walk->tape->nodes[walk->value].type;
    if (type == CAS_TAPE_ARRAY) {
        event->sources = cas_value_names(walk, walk->value, &event->source_count);
        return;
    }
    if (type != CAS_TAPE_STRING) {
        cas_expected(walk, walk->value, "an id or a list of ids");
        return;
    }
    struct cas_text *one = cas_record_alloc(walk->record, 1, sizeof *one);
    if (one)
        *one = cas_value_name(walk, walk->value);
    event->sources = one;
    event->source_count = one && one->n ? 1 : 0;
}

enum {
    EVENT_ID,
    EVENT_TYPE,
    EVENT_RELATION,
    EVENT_DIRECTED,
    EVENT_DATE,
    EVENT_PLACE,
    EVENT_FROM,
    EVENT_TO,
    EVENT_SOURCE,
    EVENT_LOSSES,
    EVENT_CLAIMS,
    EVENT_NOTE
};
static const char *const event_names[] = {"id",   "type", "relation", "directed", "date",   "place",
                                          "from", "to",   "source",   "losses",   "claims", "note"};
static const struct cas_keys event_keys = KEYS(event_names);

/* What an event says of its relation, until its type is known too. */
struct said {
    struct cas_text relation;
    int directed;
    unsigned given;
};

static void
read_event_value(const struct cas_walk *walk, struct cas_rec_event *event, struct said *said)
{
    uint32_t value = walk->value;
    said->given |= 1u << walk->key;
    switch (walk->key) {
    case EVENT_ID: event->id = cas_value_name(walk, value); break;
    case EVENT_TYPE: event->type = cas_value_name(walk, value); break;
    case EVENT_RELATION: said->relation = cas_value_text(walk, value); break;
    case EVENT_DIRECTED: said->directed = read_truth(walk); break;
    case EVENT_DATE: event->date = cas_value_period(walk, value, &event->date_extra); break;
    case EVENT_PLACE: read_place(walk, event); break;
    case EVENT_FROM: event->from = cas_value_names(walk, value, &event->from_count); break;
    case EVENT_TO: event->to = cas_value_names(walk, value, &event->to_count); break;
    case EVENT_SOURCE: read_event_sources(walk, event); break;
    case EVENT_LOSSES: event->losses = cas_read_losses(walk, value, &event->loss_count); break;
    case EVENT_CLAIMS: read_inner_claims(walk, event); break;
    case EVENT_NOTE: event->note = cas_value_text(walk, value); break;
    }
}

/* Whether a party was named at all: one that was misspelt is told once, not as none too. */
static bool
names_nobody(const struct cas_tape *tape, uint32_t object)
{
    uint32_t node = object + 1;
    for (uint32_t i = 0; i < tape->nodes[object].count; i++) {
        struct cas_text key = raw_text(tape, node);
        const struct cas_tape_node *value = &tape->nodes[node + 1];
        bool party = cas_text_is(key, "\"from\"") || cas_text_is(key, "\"to\"");
        if (party && (value->type != CAS_TAPE_ARRAY || value->count))
            return false;
        node = value->next;
    }
    return true;
}

static enum casus_status
read_event(struct cas_record *record, const struct cas_tape *tape, uint32_t object,
           struct cas_text raw)
{
    struct cas_rec_event event = {.at = raw, .lat = (double)NAN, .lon = (double)NAN};
    struct said said = {.directed = -1};
    struct cas_walk walk = cas_walk_begin(record, tape, object, &event_keys);
    while (cas_walk_next(&walk))
        read_event_value(&walk, &event, &said);
    if (!(said.given & 1u << EVENT_ID))
        missing_key(&walk, object, "'id' of an event");
    if (!(said.given & 1u << EVENT_TYPE))
        missing_key(&walk, object, "'type' of an event");
    cas_check_relation(record, &event, said.relation, said.directed);
    if (!event.from_count && !event.to_count && names_nobody(tape, object))
        cas_check_parties(record, &event);
    event.extra = cas_extra(&walk, object);
    return cas_record_event(record, &event);
}

/* --- all four --------------------------------------------------------------------------------- */

enum casus_status
cas_dossier_record(struct cas_record *record, const struct cas_tape *tape, uint32_t value,
                   enum cas_noun noun)
{
    static const char *const articles[] = {"an actor", "a source", "an event", "a claim"};
    if (tape->nodes[value].type != CAS_TAPE_OBJECT) {
        cas_record_problem(record, cas_value_at(tape, value), CAS_MSG_TYPE,
                           "expected an object for %s, found %s", articles[noun],
                           cas_tape_type_name(tape->nodes[value].type));
        return record->status;
    }
    struct cas_rec_claim claim;
    switch (noun) {
    case CAS_ACTOR: return read_actor(record, tape, value, raw_text(tape, value));
    case CAS_SOURCE: return read_source(record, tape, value, raw_text(tape, value));
    case CAS_EVENT: return read_event(record, tape, value, raw_text(tape, value));
    default:
        claim = read_claim(record, tape, value, &claim_keys);
        return cas_record_claim(record, &claim);
    }
}
