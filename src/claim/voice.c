/* Who tells something. See voice.h. */
#include "claim/voice.h"

#include "claim/claimant.h"

struct casus_voice
cas_voice_of(const struct casus_dossier *dossier, const struct casus_claim *claim,
             const struct casus_event *event)
{
    if (claim->by == CASUS_NONE)
        return (struct casus_voice){CASUS_VOICE_SOURCE, claim->source};
    const struct casus_period *at = casus_period_known(&claim->date) ? &claim->date : &event->date;
    return (struct casus_voice){CASUS_VOICE_ACTOR, cas_claimant(dossier, claim->by, at)};
}

bool
cas_voice_same(struct casus_voice a, struct casus_voice b)
{
    return a.kind == b.kind && a.who == b.who;
}

static const char *
id_of(const struct casus_dossier *dossier, struct casus_voice voice)
{
    if (voice.kind == CASUS_VOICE_ACTOR)
        return casus_dossier_actor_at(dossier, voice.who)->id;
    if (voice.kind == CASUS_VOICE_SOURCE && voice.who != CASUS_NONE)
        return casus_dossier_source_at(dossier, voice.who)->id;
    return "";
}

int
cas_voice_compare(const struct casus_dossier *dossier, struct casus_voice a, struct casus_voice b)
{
    if (a.kind != b.kind)
        return a.kind < b.kind ? -1 : 1;
    return strcmp(id_of(dossier, a), id_of(dossier, b));
}

void
cas_voice_say(struct cas_buffer *out, const struct casus_dossier *dossier, struct casus_voice voice)
{
    if (voice.kind == CASUS_VOICE_ACTOR) {
        cas_buffer_text(out, casus_dossier_actor_at(dossier, voice.who)->name);
    } else if (voice.kind == CASUS_VOICE_DATA) {
        cas_buffer_text(out, "the data set");
    } else if (voice.who == CASUS_NONE) {
        cas_buffer_text(out, "a source without a name");
    } else {
        cas_buffer_text(out, "the source ");
        cas_buffer_text(out, casus_dossier_source_at(dossier, voice.who)->name);
    }
}
