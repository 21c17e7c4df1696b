/* Dossiers made at random, small enough for naive oracles: a world, and ways of writing it down. */
#ifndef TEST_WORLD_H
#define TEST_WORLD_H

#include "unit/inline.h"

enum { ACTORS = 9, EVENTS = 24, PARTIES = 3, CLAIMS = 3, MONTHS = 6 };

static uint64_t seed = 1, current; /* current: of the round at hand */

/* --- a world made at random ------------------------------------------------------------------- */

static uint64_t state;

static inline unsigned
below(unsigned n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)((state >> 11) % n);
}

struct claim {
    int by, via, of, stance, source; /* -1: absent */
    unsigned killed, kinds;          /* kinds 0: no loss */
    int loser;
    bool floor;
    unsigned day; /* 0: undated */
};

struct event {
    unsigned type, month, day, shape; /* of the date */
    int from[PARTIES], to[PARTIES];
    unsigned from_count, to_count, claim_count;
    struct claim claims[CLAIMS];
    int loser; /* of the data set's own figure; -1: none */
    unsigned low, more;
};

struct world {
    int parent[ACTORS]; /* a smaller number, or -1 */
    unsigned kind[ACTORS], side[ACTORS];
    struct event events[EVENTS];
};

static const char *const types[] = {"ambush",   "battle",  "clash", "airstrike",
                                    "training", "weapons", "blame", "joint-operation"};
static const char *const kinds[] = {"state",  "army",   "militia",  "unit",
                                    "person", "outlet", "civilians"};
static const char *const sides[] = {NULL, NULL, "red", "blue"};
static const char *const stances[] = {"responsibility", "report", "announce",
                                      "blame",          "deny",   "corroborate"};

static inline bool
is_in(const int *actors, unsigned count, int actor)
{
    for (unsigned i = 0; i < count; i++)
        if (actors[i] == actor)
            return true;
    return false;
}

static inline unsigned
draw_parties(int *out)
{
    unsigned count = below(PARTIES + 1), kept = 0;
    for (unsigned i = 0; i < count; i++) {
        int actor = (int)below(ACTORS);
        if (!is_in(out, kept, actor))
            out[kept++] = actor;
    }
    return kept;
}

static inline int
maybe_actor(void)
{
    return below(3) ? (int)below(ACTORS) : -1;
}

static inline struct claim
draw_claim(const struct event *event)
{
    struct claim claim = {.by = maybe_actor(),
                          .via = maybe_actor(),
                          .of = maybe_actor(),
                          .stance = (int)below(6),
                          .source = (int)below(3) - 1,
                          .killed = below(20),
                          .kinds = below(4),
                          .loser = maybe_actor(),
                          .floor = below(2),
                          .day = below(29)};
    bool from = is_in(event->from, event->from_count, claim.by);
    bool to = is_in(event->to, event->to_count, claim.by);
    if (claim.stance == 2 && claim.by >= 0 && from == to)
        claim.stance = 1; /* who announces and is on no side needs the dossier */
    return claim;
}

static inline struct event
draw_event(void)
{
    struct event event = {.type = below(8),
                          .month = below(MONTHS),
                          .day = 1 + below(28),
                          .shape = below(6),
                          .loser = maybe_actor(),
                          .low = below(9),
                          .more = below(4)};
    do {
        event.from_count = draw_parties(event.from);
        event.to_count = draw_parties(event.to);
    } while (!event.from_count && !event.to_count);
    event.claim_count = below(CLAIMS + 1);
    for (unsigned i = 0; i < event.claim_count; i++)
        event.claims[i] = draw_claim(&event);
    return event;
}

static inline struct world
draw_world(void)
{
    struct world world;
    for (int i = 0; i < ACTORS; i++) {
        world.parent[i] = i && below(2) ? (int)below((unsigned)i) : -1;
        world.kind[i] = below(7);
        world.side[i] = below(4);
    }
    for (int i = 0; i < EVENTS; i++)
        world.events[i] = draw_event();
    return world;
}

/* --- as a dossier ----------------------------------------------------------------------------- */

/* How a world is written: in which order, under which ids. */
struct writing {
    unsigned actors[ACTORS], events[EVENTS]; /* orders */
    char ids[ACTORS][12];
    bool turned; /* parties and claims backwards, actors behind events */
    bool whole;  /* every event has a date that lies inside one month */
};

static inline void
shuffle(unsigned *order, unsigned count)
{
    for (unsigned i = count; i > 1; i--) {
        unsigned j = below(i), swap = order[i - 1];
        order[i - 1] = order[j];
        order[j] = swap;
    }
}

static inline struct writing
plain_writing(void)
{
    struct writing writing = {.turned = false};
    for (unsigned i = 0; i < ACTORS; i++) {
        writing.actors[i] = i;
        snprintf(writing.ids[i], sizeof writing.ids[i], "a%u", i);
    }
    for (unsigned i = 0; i < EVENTS; i++)
        writing.events[i] = i;
    return writing;
}

static inline struct writing
shuffled_writing(bool rename)
{
    struct writing writing = plain_writing();
    unsigned names[ACTORS];
    for (unsigned i = 0; i < ACTORS; i++)
        names[i] = i;
    shuffle(writing.actors, ACTORS);
    shuffle(writing.events, EVENTS);
    shuffle(names, ACTORS);
    for (unsigned i = 0; rename && i < ACTORS; i++)
        snprintf(writing.ids[i], sizeof writing.ids[i], "z%u", names[i]);
    writing.turned = true;
    return writing;
}

static inline void
write_date(FILE *out, const struct event *event, bool whole)
{
    unsigned month = 1 + event->month;
    switch (whole ? event->shape % 2 : event->shape) {
    case 0: fprintf(out, ",\"date\":\"2020-%02u-%02u\"", month, event->day); break;
    case 1: fprintf(out, ",\"date\":\"2020-%02u\"", month); break;
    case 2: fprintf(out, ",\"date\":\"2020\""); break;
    case 3: fprintf(out, ",\"date\":{\"from\":\"2020-%02u\",\"to\":null}", month); break;
    case 4:
        fprintf(out, ",\"date\":{\"from\":\"2020-%02u-%02u\",\"to\":\"2020-12\"}", month,
                event->day);
        break;
    default: break;
    }
}

static inline void
write_party(FILE *out, const struct writing *writing, const char *key, const int *actors,
            unsigned count)
{
    fprintf(out, ",\"%s\":[", key);
    for (unsigned i = 0; i < count; i++)
        fprintf(out, "%s\"%s\"", i ? "," : "",
                writing->ids[actors[writing->turned ? count - 1 - i : i]]);
    fprintf(out, "]");
}

static inline void
write_actor_key(FILE *out, const struct writing *writing, const char *key, int actor)
{
    if (actor >= 0)
        fprintf(out, "\"%s\":\"%s\",", key, writing->ids[actor]);
}

static inline void
write_claim(FILE *out, const struct writing *writing, const struct claim *claim)
{
    fprintf(out, "{");
    write_actor_key(out, writing, "by", claim->by);
    write_actor_key(out, writing, "via", claim->via);
    write_actor_key(out, writing, "of", claim->of);
    if (claim->source >= 0)
        fprintf(out, "\"source\":\"s%d\",", claim->source);
    if (claim->day)
        fprintf(out, "\"date\":\"2020-03-%02u\",", claim->day);
    if (claim->kinds) {
        fprintf(out, "\"losses\":[{");
        write_actor_key(out, writing, "actor", claim->loser);
        fprintf(out, "\"what\":[%s%s%s],\"%s\":%u}],", claim->kinds & 1 ? "\"killed\"" : "",
                claim->kinds == 3 ? "," : "", claim->kinds & 2 ? "\"missing\"" : "",
                claim->floor ? "low" : "best", claim->killed);
    }
    fprintf(out, "\"stance\":\"%s\"}", stances[claim->stance]);
}

static inline void
write_event(FILE *out, const struct writing *writing, const struct world *world, unsigned index)
{
    const struct event *event = &world->events[index];
    fprintf(out, "{\"id\":\"e%u\",\"type\":\"%s\"", index, types[event->type]);
    write_date(out, event, writing->whole);
    write_party(out, writing, "from", event->from, event->from_count);
    write_party(out, writing, "to", event->to, event->to_count);
    if (event->loser >= 0)
        fprintf(out, ",\"losses\":[{\"actor\":\"%s\",\"killed\":{\"low\":%u,\"high\":%u}}]",
                writing->ids[event->loser], event->low, event->low + event->more);
    fprintf(out, ",\"claims\":[");
    for (unsigned i = 0; i < event->claim_count; i++) {
        fprintf(out, "%s", i ? "," : "");
        write_claim(out, writing, &event->claims[writing->turned ? event->claim_count - 1 - i : i]);
    }
    fprintf(out, "]}");
}

static inline void
write_actors(FILE *out, const struct writing *writing, const struct world *world)
{
    fprintf(out, "\"actors\":[");
    for (unsigned i = 0; i < ACTORS; i++) {
        unsigned actor = writing->actors[i];
        fprintf(out, "%s{\"id\":\"%s\",\"kind\":\"%s\"", i ? "," : "", writing->ids[actor],
                kinds[world->kind[actor]]);
        if (world->parent[actor] >= 0)
            fprintf(out, ",\"parent\":\"%s\"", writing->ids[world->parent[actor]]);
        if (sides[world->side[actor]])
            fprintf(out, ",\"side\":\"%s\"", sides[world->side[actor]]);
        fprintf(out, "}");
    }
    fprintf(out, "]");
}

static inline char *
write_world(const struct world *world, const struct writing *writing)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    fprintf(out, "{\"casus\":1,\"title\":\"drawn\",");
    if (!writing->turned) {
        write_actors(out, writing, world);
        fprintf(out, ",");
    }
    fprintf(out, "\"sources\":[{\"id\":\"s0\"},{\"id\":\"s1\"}],\"events\":[");
    for (unsigned i = 0; i < EVENTS; i++) {
        fprintf(out, "%s", i ? "," : "");
        write_event(out, writing, world, writing->events[i]);
    }
    fprintf(out, "]");
    if (writing->turned) {
        fprintf(out, ",");
        write_actors(out, writing, world);
    }
    fprintf(out, "}");
    fclose(out);
    return text;
}

static inline void
seed_round(int round)
{
    current = seed + (uint64_t)round;
    state = current * UINT64_C(0x9E3779B97F4A7C15) | 1;
    for (int i = 0; i < 8; i++)
        below(2);
}

#endif
