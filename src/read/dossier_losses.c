/* Losses: {"actor": "a", "killed": 20, "wounded": {"low": 3}} counts each kind by itself,
 * {"actor": "a", "what": ["killed", "missing"], "low": 12} the sum of several. */
#include "read/dossier_record.h"

#define NO_LOSS ((struct cas_rec_loss){.figure = CASUS_NO_FIGURE})

enum { LOW, BEST, HIGH };
static const char *const figure_names[] = {"low", "best", "high"};
static const struct cas_keys figure_keys = {figure_names, 3};

static void
set_figure(struct casus_figure *figure, int which, int64_t value)
{
    if (which == LOW)
        figure->low = value;
    else if (which == BEST)
        figure->best = value;
    else
        figure->high = value;
}

static int64_t
read_count(const struct cas_walk *walk, uint32_t value)
{
    double number;
    if (!cas_value_number(walk, value, &number))
        return -1;
    return cas_check_count(walk->record, cas_value_at(walk->tape, value), number);
}

static void
no_figure(const struct cas_walk *walk, uint32_t value, const char *expected)
{
    cas_record_problem(walk->record, cas_value_at(walk->tape, value), CAS_MSG_NO_FIGURE,
                       "expected %s", expected);
}

static struct casus_figure
read_bounds(const struct cas_walk *outer, uint32_t value)
{
    struct casus_figure figure = CASUS_NO_FIGURE;
    struct cas_walk walk = cas_walk_begin(outer->record, outer->tape, value, &figure_keys);
    bool said = false;
    for (; cas_walk_next(&walk); said = true)
        set_figure(&figure, walk.key, read_count(&walk, walk.value));
    if (!said)
        no_figure(outer, value, "low, best or high, found none of them");
    cas_check_figure(outer->record, cas_value_at(outer->tape, value), &figure);
    return figure;
}

/* The value of one kind: a count, true, or bounds. */
static struct cas_rec_loss
read_kind(const struct cas_walk *walk, uint32_t value)
{
    struct cas_rec_loss loss = NO_LOSS;
    switch (walk->tape->nodes[value].type) {
    case CAS_TAPE_NUMBER: loss.figure.best = read_count(walk, value); break;
    case CAS_TAPE_TRUE:
        loss.some = true;
        loss.figure.low = 1;
        break;
    case CAS_TAPE_OBJECT: loss.figure = read_bounds(walk, value); break;
    default: cas_expected(walk, value, "a number, true, or an object with low, best, high");
    }
    return loss;
}

static uint8_t
read_what(const struct cas_walk *walk, uint32_t value)
{
    uint8_t what = 0;
    if (!cas_expect(walk, value, CAS_TAPE_ARRAY))
        return 0;
    uint32_t element = value + 1;
    for (uint32_t i = 0; i < walk->tape->nodes[value].count; i++) {
        struct cas_text word = cas_value_text(walk, element);
        uint8_t bit = word.s ? cas_check_loss_kind(walk->record, word) : 0;
        if (bit & what)
            cas_record_problem(walk->record, word.at, CAS_MSG_WORD,
                               "expected each kind of loss once, found '%.*s' twice", (int)word.n,
                               word.s);
        what |= bit;
        element = walk->tape->nodes[element].next;
    }
    return what;
}

/* In the order of enum casus_loss_kind. */
enum { LOSS_KILLED, LOSS_WOUNDED, LOSS_CAPTURED, LOSS_MISSING, LOSS_ACTOR, LOSS_WHAT, LOSS_LOW };
static const char *const loss_names[] = {"killed", "wounded", "captured", "missing", "actor",
                                         "what",   "low",     "best",     "high"};
static const struct cas_keys loss_keys = {loss_names, 9};

/* What one object of the list says, before it is known which of the two forms it is. */
struct loss {
    struct cas_text actor;
    struct cas_rec_loss kinds[CASUS_LOSS_COUNT];
    struct casus_figure sum;
    uint8_t given, what; /* bits of kinds */
    bool has_what, has_sum, what_is_empty;
};

static void
read_loss_value(const struct cas_walk *walk, struct loss *loss)
{
    uint32_t value = walk->value;
    switch (walk->key) {
    case LOSS_KILLED:
    case LOSS_WOUNDED:
    case LOSS_CAPTURED:
    case LOSS_MISSING:
        loss->kinds[walk->key] = read_kind(walk, value);
        loss->given |= (uint8_t)CASUS_BIT(walk->key);
        break;
    case LOSS_ACTOR:
        if (walk->tape->nodes[value].type == CAS_TAPE_NULL)
            break;
        if (walk->tape->nodes[value].type != CAS_TAPE_STRING)
            cas_expected(walk, value, "an id or null");
        else
            loss->actor = cas_value_name(walk, value);
        break;
    case LOSS_WHAT:
        loss->has_what = true;
        loss->what = read_what(walk, value);
        loss->what_is_empty =
            walk->tape->nodes[value].type == CAS_TAPE_ARRAY && walk->tape->nodes[value].count == 0;
        break;
    default:
        loss->has_sum = true;
        set_figure(&loss->sum, walk->key - LOSS_LOW, read_count(walk, value));
    }
}

/* One form or the other, and in it a figure. */
static void
check_form(const struct cas_walk *walk, uint32_t object, const struct loss *loss)
{
    if (loss->has_what && loss->given)
        no_figure(walk, object,
                  "either 'what' with low, best, high or a figure for each kind, "
                  "found both");
    else if (loss->given && loss->has_sum)
        no_figure(walk, object,
                  "low, best, high inside of the kind's own figure, found them "
                  "beside it");
    else if (loss->has_sum && !loss->has_what)
        no_figure(walk, object, "'what' beside low, best or high, found none");
    else if (loss->what_is_empty)
        no_figure(walk, object, "at least one kind of loss in 'what', found none");
    else if (loss->has_what && !loss->has_sum)
        no_figure(walk, object, "low, best or high beside 'what', found none of them");
    else if (!loss->has_what && !loss->given)
        no_figure(walk, object, "killed, wounded, captured, missing or 'what', found none of them");
}

/* At most one loss a kind. */
static size_t
put_losses(const struct loss *loss, struct cas_rec_loss *out)
{
    size_t count = 0;
    if (loss->has_what) {
        out[0] = (struct cas_rec_loss){loss->actor, loss->what, false, loss->sum, {0}};
        return 1;
    }
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++) {
        if (!(loss->given & CASUS_BIT(kind)))
            continue;
        out[count] = loss->kinds[kind];
        out[count].actor = loss->actor;
        out[count++].what = (uint8_t)CASUS_BIT(kind);
    }
    if (!count && loss->actor.n) /* a bad one; its actor is looked up all the same */
        out[count++] = (struct cas_rec_loss){loss->actor, 0, false, loss->sum, {0}};
    return count;
}

static size_t
read_loss(const struct cas_walk *outer, uint32_t object, struct cas_rec_loss *out)
{
    struct loss loss = {.sum = CASUS_NO_FIGURE};
    if (!cas_expect(outer, object, CAS_TAPE_OBJECT))
        return 0;
    struct cas_walk walk = cas_walk_begin(outer->record, outer->tape, object, &loss_keys);
    while (cas_walk_next(&walk))
        read_loss_value(&walk, &loss);
    check_form(outer, object, &loss);
    cas_check_figure(outer->record, cas_value_at(outer->tape, object), &loss.sum);
    size_t count = put_losses(&loss, out);
    if (count)
        out[0].extra = cas_extra(&walk, object);
    return count;
}

/* How many losses a list may hold at most: one a kind that is named, at least one an object. */
static size_t
most_losses(const struct cas_tape *tape, uint32_t list)
{
    size_t most = 0;
    uint32_t element = list + 1;
    for (uint32_t i = 0; i < tape->nodes[list].count; i++) {
        uint32_t members = tape->nodes[element].count;
        most += members < CASUS_LOSS_COUNT ? (members ? members : 1) : CASUS_LOSS_COUNT;
        element = tape->nodes[element].next;
    }
    return most;
}

struct cas_rec_loss *
cas_read_losses(const struct cas_walk *walk, uint32_t value, size_t *out_count)
{
    *out_count = 0;
    if (!cas_expect(walk, value, CAS_TAPE_ARRAY))
        return NULL;
    struct cas_rec_loss *losses =
        cas_record_alloc(walk->record, most_losses(walk->tape, value), sizeof *losses);
    uint32_t element = value + 1;
    for (uint32_t i = 0; losses && i < walk->tape->nodes[value].count; i++) {
        *out_count += read_loss(walk, element, losses + *out_count);
        element = walk->tape->nodes[element].next;
    }
    return losses;
}
