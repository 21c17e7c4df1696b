/** The relationship diagram, by Graphviz. */
#ifndef CASUS_DRAW_H
#define CASUS_DRAW_H

#include <casus/balance.h>
#include <casus/brokers.h>
#include <casus/chains.h>
#include <casus/graph.h>
#include <casus/output.h>
#include <casus/windows.h>

enum casus_picture { CASUS_SVG, CASUS_PDF, CASUS_PNG, CASUS_DOT };
enum casus_paint { CASUS_PAINT_KIND, CASUS_PAINT_SIDE, CASUS_PAINT_BLOC };

/** What stands out while the rest is drawn faint; each needs its answer in casus_drawing. */
enum casus_highlight {
    CASUS_HIGHLIGHT_NONE,
    CASUS_HIGHLIGHT_FRUSTRATED, /**< `balance`: ties that do not fit two camps */
    CASUS_HIGHLIGHT_CHAINS,     /**< `chains`: support on a chain from a backer to a fighter */
    CASUS_HIGHLIGHT_CUTS,       /**< `brokers`: cut points and bridges */
    CASUS_HIGHLIGHT_BLOCS       /**< `balance`: ties inside of a bloc, and those that disagree */
};

/** All zero is: the light theme, by kind, an engine chosen by size and structure, all actors up to 60
 * and else the backbone. Everything is borrowed. */
struct casus_drawing {
    const char *title;   /**< NULL: the dossier's */
    const char *engine;  /**< "dot", "fdp", "sfdp", "neato", or NULL: chosen */
    const char *sources; /**< a line for the caption, or NULL */
    const char *theme;   /**< "light", "dark", "print", the path of a theme file; NULL: light */
    /** Names of actors: "en" or another language tag takes the alias of that language, "native" one
     * of another than English; NULL, or where there is none, the name. Needs `dossier`. */
    const char *labels;
    const struct casus_dossier *dossier;
    const struct casus_balance *balance; /**< for paint by bloc, highlight frustrated and blocs */
    const struct casus_chains *chains;   /**< for highlight chains, and implied ties */
    const struct casus_brokers *brokers; /**< for highlight cuts */
    const char *const *focus;            /**< ids, names or aliases: drawn with a bold edge */
    uint32_t focus_count;
    enum casus_paint paint;
    enum casus_highlight highlight;
    uint32_t seconds; /**< limit of time for the engine; 0 means 60 */
    uint32_t top;     /**< the backbone of so many pairs of actors; 0: of 100, where it is needed */
    bool all;         /**< everything, however large */
    bool implied;     /**< backers that face each other through others, joined; never counted */
    bool no_legend;
};

/** The picture named by a path's extension or a name ("svg"), or -1. */
CASUS_API int casus_picture_find(const char *name);

/**
 * Draw a graph. Graphviz runs in a forked child with limits of time and memory.
 *
 * Above 60 actors, or 150 pairs of them with ties, the backbone is drawn, and the caption says what
 * was left out: the rule and its source stand in src/draw/choice.c.
 *
 * @return CASUS_OK, CASUS_EINVAL (CAS-160; CAS-187: theme), CASUS_EIO (CAS-180, CAS-181: theme),
 *         CASUS_EENGINE (CAS-184), CASUS_ENOMEM
 */
CASUS_API enum casus_status casus_draw(const struct casus_graph *graph,
                                       const struct casus_drawing *drawing,
                                       enum casus_picture picture, struct casus_output *output,
                                       struct casus_error *err);

/**
 * Draw who speaks of which event: claimants on one side, events on the other, a line for each claim
 * with its stance. Of more than 30 events those of most claims are drawn, unless `all` or `top`
 * (events, here) ask for others.
 *
 * @param chosen  one byte an event, as casus_selection_apply() fills it; NULL means all
 * @param drawing title, engine, sources, theme, seconds, top, all and no_legend count; may be NULL
 * @return as casus_draw(); CASUS_EEMPTY (CAS-163: no event has a claim)
 */
CASUS_API enum casus_status casus_draw_claims(const struct casus_dossier *dossier,
                                              const struct casus_verdicts *verdicts,
                                              const uint8_t *chosen,
                                              const struct casus_drawing *drawing,
                                              enum casus_picture picture,
                                              struct casus_output *output, struct casus_error *err);

/**
 * Draw a picture a window, all of the same actors in the same places: those of the whole selection,
 * or of its backbone. Who takes no part in a window is drawn faint. Files are named after the
 * windows' first days: folder/frame-0001-2019-03-01.svg; each appears whole or not at all.
 *
 * @param name   of the files in place of "frame", or NULL
 * @param folder made if need be
 * @return as casus_draw(); CASUS_EINVAL (CAS-160: highlight, which is of the whole; DOT, which holds
 *         no places; CAS-171: more than 9,999 windows), CASUS_EIO (CAS-182)
 */
CASUS_API enum casus_status casus_draw_frames(struct casus_windows *windows,
                                              const struct casus_drawing *drawing,
                                              enum casus_picture picture, const char *folder,
                                              const char *name, struct casus_error *err);

#endif
