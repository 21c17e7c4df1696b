/* Dijkstra's search from each actor, and Brandes' way back (2001,
 * doi:10.1080/0022250X.2001.9990249).
 *
 * What waits to be settled lies in buckets by length, and only what is in the bucket in hand in a
 * heap (Dial 1969, doi:10.1145/363269.363610, made exact). An arc longer than the distance between
 * its ends is on no shortest path at all; the search from its start shows that, so actors with
 * most arcs come first, in rounds, and after each round such arcs are left out.
 *
 * Invariant of a search: lengths are final for those in `settled`; links lead to those before an
 * actor on its shortest paths found so far. Between searches `length` is INFINITY for all.
 */
#include "analysis/centrality/lengths.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/parallel.h"

enum { CHUNKS = 16, BUCKETS = 4096, BUCKET_WORDS = BUCKETS / 64, FIRST_ROUND = 64 };

static const uint32_t nobody = UINT32_MAX;
static const double tolerance = 1e-10; /* of the sum of two lengths */
static const double surely = 1e-9;     /* longer than what the tolerance could mean */

/* --- the graph ---------------------------------------------------------------------------- */

/* Rows of arcs by place; a row may shrink between rounds. */
struct net {
    uint32_t n;
    uint32_t *begin, *end; /* by place */
    uint32_t *to;
    double *length;
    bool *longer; /* than another way: to be left out */
    uint32_t *sources;
    uint32_t source_count;
    double per_length; /* buckets */
};

static void
net_done(struct net *net)
{
    cas_free(net->begin);
    cas_free(net->end);
    cas_free(net->to);
    cas_free(net->length);
    cas_free(net->longer);
    cas_free(net->sources);
}

static bool
net_alloc(struct net *net, const struct cas_compact *graph)
{
    size_t n = (size_t)graph->n + 1, arcs = (size_t)graph->arcs + 1;

    *net = (struct net){.n = graph->n};
    net->begin = cas_zalloc(n, sizeof(*net->begin));
    net->end = cas_zalloc(n, sizeof(*net->end));
    net->to = cas_zalloc(arcs, sizeof(*net->to));
    net->length = cas_zalloc(arcs, sizeof(*net->length));
    net->longer = cas_zalloc(arcs, sizeof(*net->longer));
    net->sources = cas_zalloc(n, sizeof(*net->sources));
    return net->begin && net->end && net->to && net->length && net->longer && net->sources;
}

/* By falling number of arcs. */
static int
by_arcs(const void *left, const void *right, void *context)
{
    const struct net *net = context;
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    uint32_t x = net->end[a] - net->begin[a], y = net->end[b] - net->begin[b];

    if (x != y) {
        return x > y ? -1 : 1;
    }
    return (a > b) - (a < b);
}

/* `place`: by actor, n long. */
static void
fill_arcs(struct net *net, const struct cas_compact *graph, const struct cas_contact *contact,
          uint32_t *place)
{
    uint32_t at = 0;
    double longest = 0;

    for (uint32_t p = 0; p < net->n; p++) {
        place[graph->actor[p]] = p;
    }
    for (uint32_t p = 0; p < net->n; p++) {
        uint32_t v = graph->actor[p];
        net->begin[p] = at;
        for (size_t i = contact->out_begin[v]; i < contact->out_begin[v + 1]; i++) {
            double length = 1 / contact->arcs.weight[i];
            if (isfinite(length)) { /* as good as no way at all */
                net->to[at] = place[contact->arcs.to[i]];
                net->length[at++] = length;
                longest = fmax(longest, length);
            }
        }
        net->end[p] = at;
        if (net->begin[p] < at) {
            net->sources[net->source_count++] = p;
        }
    }
    net->per_length = (BUCKETS - 2) / longest;
}

static bool
net_init(struct net *net, const struct cas_compact *graph, const struct cas_contact *contact)
{
    uint32_t *place = cas_zalloc((size_t)graph->n + 1, sizeof(*place));
    bool good = net_alloc(net, graph) && place;

    if (good) {
        fill_arcs(net, graph, contact, place);
        qsort_r(net->sources, net->source_count, sizeof(*net->sources), by_arcs, net);
    }
    cas_free(place);
    return good;
}

/* Leave out what is longer than another way. */
static void
net_shrink(struct net *net, uint32_t first, uint32_t last)
{
    for (uint32_t k = first; k < last; k++) {
        uint32_t p = net->sources[k], kept = net->begin[p];
        for (uint32_t i = net->begin[p]; i < net->end[p]; i++) {
            if (!net->longer[i]) {
                net->to[kept] = net->to[i];
                net->length[kept++] = net->length[i];
            }
        }
        net->end[p] = kept;
    }
}

/* --- what waits --------------------------------------------------------------------------- */

/* An actor that is reached at a length, if that is still its own when its turn comes. */
struct waiting {
    double length;
    uint32_t place, next;
};

struct queue {
    struct waiting *items; /* in lists, a bucket each */
    size_t count, room;
    struct waiting *heap; /* of the bucket in hand, the shortest on top */
    size_t heap_count, heap_room;
    uint64_t at;                   /* the bucket in hand */
    uint64_t filled[BUCKET_WORDS]; /* a bit a bucket */
    uint32_t lists[BUCKETS];
    double per_length;
    bool failed;
};

static void
push_heap(struct queue *queue, double length, uint32_t place)
{
    size_t i = queue->heap_count;

    if (!cas_grow(&queue->heap, &queue->heap_room, i + 1, sizeof(*queue->heap))) {
        queue->failed = true;
        return;
    }
    queue->heap_count++;
    for (; i > 0 && queue->heap[(i - 1) / 2].length > length; i = (i - 1) / 2) {
        queue->heap[i] = queue->heap[(i - 1) / 2];
    }
    queue->heap[i] = (struct waiting){length, place, 0};
}

static struct waiting
pop_heap(struct queue *queue)
{
    struct waiting *heap = queue->heap, top = heap[0], last = heap[--queue->heap_count];
    size_t i = 0, child;

    while ((child = 2 * i + 1) < queue->heap_count) {
        child += child + 1 < queue->heap_count && heap[child + 1].length < heap[child].length;
        if (heap[child].length >= last.length) {
            break;
        }
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = last;
    return top;
}

/* No length is more than the longest arc beyond the bucket in hand, so buckets are used in turns. */
static void
push(struct queue *queue, double length, uint32_t place)
{
    uint64_t bucket = (uint64_t)(length * queue->per_length);
    uint32_t slot = (uint32_t)(bucket % BUCKETS);
    uint64_t bit = UINT64_C(1) << slot % 64;

    if (bucket <= queue->at) {
        push_heap(queue, length, place);
        return;
    }
    if (!cas_grow(&queue->items, &queue->room, queue->count + 1, sizeof(*queue->items))) {
        queue->failed = true;
        return;
    }
    bool first = !(queue->filled[slot / 64] & bit);
    queue->filled[slot / 64] |= bit;
    queue->items[queue->count] =
        (struct waiting){length, place, first ? nobody : queue->lists[slot]};
    queue->lists[slot] = (uint32_t)queue->count++;
}

/* The next bucket with something in it, or false. */
static bool
next_bucket(struct queue *queue)
{
    uint32_t slot = (uint32_t)(queue->at % BUCKETS), word = slot / 64;
    uint64_t bits = queue->filled[word] & ~UINT64_C(0) << slot % 64;

    for (uint32_t i = 0; i <= BUCKET_WORDS; i++) {
        if (bits) {
            uint32_t found = word * 64 + (uint32_t)__builtin_ctzll(bits);
            queue->at += (found - slot) % BUCKETS;
            queue->filled[word] &= ~(bits & -bits);
            for (uint32_t k = queue->lists[found]; k != nobody; k = queue->items[k].next) {
                push_heap(queue, queue->items[k].length, queue->items[k].place);
            }
            return true;
        }
        word = (word + 1) % BUCKET_WORDS;
        bits = queue->filled[word];
    }
    return false;
}

static bool
pop(struct queue *queue, struct waiting *out)
{
    if (queue->heap_count == 0 && !next_bucket(queue)) {
        return false;
    }
    if (queue->heap_count == 0) { /* no memory */
        return false;
    }
    *out = pop_heap(queue);
    return true;
}

/* --- a search ----------------------------------------------------------------------------- */

struct actor {
    double paths, owed;
    uint32_t before, more; /* the first before it on a shortest path, and a list of others */
};

struct link {
    uint32_t before, next;
};

struct search {
    const struct net *net;
    double *length;
    struct actor *actors;
    uint32_t *settled, count;
    struct link *links;
    size_t link_count, link_room;
    struct queue *queue;
    bool failed, countable;
};

static void
search_done(struct search *search)
{
    cas_free(search->length);
    cas_free(search->actors);
    cas_free(search->settled);
    cas_free(search->links);
    if (search->queue) {
        cas_free(search->queue->items);
        cas_free(search->queue->heap);
    }
    cas_free(search->queue);
}

static bool
search_init(struct search *search, const struct net *net)
{
    size_t n = (size_t)net->n + 1;

    *search = (struct search){.net = net, .countable = true};
    search->length = cas_zalloc(n, sizeof(*search->length));
    search->actors = cas_zalloc(n, sizeof(*search->actors));
    search->settled = cas_zalloc(n, sizeof(*search->settled));
    search->queue = cas_zalloc(1, sizeof(*search->queue));
    if (!search->length || !search->actors || !search->settled || !search->queue) {
        return false;
    }
    for (uint32_t p = 0; p < net->n; p++) {
        search->length[p] = INFINITY;
    }
    search->queue->per_length = net->per_length;
    return true;
}

/* A first path to `to`, or a shorter one than all before. */
static void
found_shorter(struct search *search, uint32_t from, uint32_t to, double length)
{
    search->length[to] = length;
    search->actors[to] = (struct actor){search->actors[from].paths, 0, from, nobody};
    push(search->queue, length, to);
}

static void
found_equal(struct search *search, uint32_t from, uint32_t to)
{
    struct actor *actor = &search->actors[to];

    if (!cas_grow(&search->links, &search->link_room, search->link_count + 1,
                  sizeof(*search->links))) {
        search->failed = true;
        return;
    }
    search->links[search->link_count] = (struct link){from, actor->more};
    actor->more = (uint32_t)search->link_count++;
    actor->paths += search->actors[from].paths;
}

static void
follow_arcs(struct search *search, uint32_t from)
{
    const struct net *net = search->net;
    double so_far = search->length[from];

    for (uint32_t i = net->begin[from]; i < net->end[from]; i++) {
        uint32_t to = net->to[i];
        double length = so_far + net->length[i], known = search->length[to];
        if (length >= known * (1 + surely)) {
            continue;
        }
        if (fabs(length - known) < tolerance * (length + known)) {
            found_equal(search, from, to);
        } else if (length < known) {
            found_shorter(search, from, to, length);
        }
    }
}

/* An actor that was reached on shorter ways later waits more than once; the first time counts. */
static void
search_from(struct search *search, uint32_t source)
{
    struct waiting next = {0, source, 0};

    search->count = 0;
    search->link_count = 0;
    search->queue->count = 0;
    search->queue->at = 0;
    search->length[source] = 0;
    search->actors[source] = (struct actor){1, 0, nobody, nobody};
    do {
        if (next.length == search->length[next.place]) {
            search->settled[search->count++] = next.place;
            follow_arcs(search, next.place);
        }
    } while (pop(search->queue, &next));
    search->failed |= search->queue->failed;
}

/* The arcs of the source that are longer than another way to where they lead. */
static void
mark_longer(struct search *search, uint32_t source, bool *longer)
{
    const struct net *net = search->net;

    for (uint32_t i = net->begin[source]; i < net->end[source]; i++) {
        longer[i] = net->length[i] > search->length[net->to[i]] * (1 + surely);
    }
}

static void
owe(struct search *search, uint32_t before, double share)
{
    struct actor *actor = &search->actors[before];
    actor->owed += actor->paths * share;
}

static void
add_dependencies(struct search *search, double *out)
{
    for (uint32_t k = search->count; k-- > 1;) {
        uint32_t p = search->settled[k];
        const struct actor *actor = &search->actors[p];
        double share = (1 + actor->owed) / actor->paths;
        search->countable = search->countable && isfinite(actor->paths);
        out[p] += actor->owed;
        owe(search, actor->before, share);
        for (uint32_t i = actor->more; i != nobody; i = search->links[i].next) {
            owe(search, search->links[i].before, share);
        }
    }
}

static struct cas_reach
sum_lengths(const struct search *search)
{
    struct cas_reach reach = {.reached = search->count - 1};

    for (uint32_t k = 1; k < search->count; k++) {
        double length = search->length[search->settled[k]];
        reach.hops += length;
        reach.inverse += 1 / length;
    }
    return reach;
}

static void
forget(struct search *search)
{
    for (uint32_t k = 0; k < search->count; k++) {
        search->length[search->settled[k]] = INFINITY;
    }
}

/* --- rounds ------------------------------------------------------------------------------- */

struct work {
    const struct cas_lengths_job *job;
    struct net net;
    const struct cas_compact *graph;
    double *sums[CHUNKS]; /* by place */
    uint32_t first, last; /* sources of the round in hand */
    bool failed[CHUNKS], uncountable[CHUNKS], ended[CHUNKS];
};

static void
search_one(struct search *search, struct work *work, uint32_t source, double *sums)
{
    search_from(search, source);
    mark_longer(search, source, work->net.longer);
    if (sums) {
        add_dependencies(search, sums);
    }
    if (work->job->reach) {
        work->job->reach[work->graph->actor[source]] = sum_lengths(search);
    }
    forget(search);
}

/* Every CHUNKS-th source of the round. */
static void
run_chunk(void *context, size_t chunk)
{
    struct work *work = context;
    const struct cas_lengths_job *job = work->job;
    struct search search;
    bool good = search_init(&search, &work->net);

    for (size_t k = work->first + chunk; good && k < work->last; k += CHUNKS) {
        search_one(&search, work, work->net.sources[k], work->sums[chunk]);
        good = !search.failed;
        if (job->tell && !job->tell(job->context, 1)) {
            work->ended[chunk] = true;
            break;
        }
    }
    work->failed[chunk] |= !good;
    work->uncountable[chunk] |= !search.countable;
    search_done(&search);
}

static bool
any(const bool of[CHUNKS])
{
    for (int i = 0; i < CHUNKS; i++) {
        if (of[i]) {
            return true;
        }
    }
    return false;
}

static bool
run_rounds(struct work *work)
{
    uint32_t count = work->net.source_count, step = count / 64;

    step = step < FIRST_ROUND ? FIRST_ROUND : step;
    for (uint32_t first = 0; first < count && !any(work->ended); first = work->last, step *= 2) {
        work->first = first;
        work->last = count - first < step ? count : first + step;
        cas_parallel(work->job->threads, CHUNKS, run_chunk, work);
        if (any(work->failed)) {
            return false;
        }
        net_shrink(&work->net, work->first, work->last);
    }
    return true;
}

static void
add_sums(const struct work *work, double *out)
{
    for (uint32_t p = 0; p < work->net.n; p++) {
        double sum = 0;
        for (int i = 0; i < CHUNKS; i++) {
            sum += work->sums[i][p];
        }
        out[work->graph->actor[p]] = sum;
    }
}

static bool
sums_alloc(struct work *work)
{
    for (int i = 0; i < CHUNKS; i++) {
        work->sums[i] = cas_zalloc((size_t)work->graph->n + 1, sizeof(double));
        if (!work->sums[i]) {
            return false;
        }
    }
    return true;
}

static bool
run(struct work *work)
{
    const struct cas_lengths_job *job = work->job;

    if (job->between && !sums_alloc(work)) {
        return false;
    }
    if (job->reach) {
        memset(job->reach, 0, work->graph->n * sizeof(*job->reach));
    }
    if (!net_init(&work->net, work->graph, job->weighted) || !run_rounds(work)) {
        return false;
    }
    if (job->between) {
        add_sums(work, job->between);
    }
    return true;
}

enum casus_status
cas_lengths_run(const struct cas_lengths_job *job, bool *out_countable, struct casus_error *err)
{
    struct cas_compact *graph;
    struct work *work = cas_zalloc(1, sizeof(*work));
    enum casus_status status =
        work ? cas_compact_new(job->weighted, &graph, err) : cas_fail_memory(err);

    if (status == CASUS_OK) {
        work->job = job;
        work->graph = graph;
        status = run(work) ? CASUS_OK : cas_fail_memory(err);
        *out_countable = !any(work->uncountable) && !any(work->ended);
        for (int i = 0; i < CHUNKS; i++) {
            cas_free(work->sums[i]);
        }
        net_done(&work->net);
        cas_compact_free(graph);
    }
    cas_free(work);
    return status;
}
