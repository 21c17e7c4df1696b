/* The numbered list of messages, as casus/error.h shows it. */
#include <casus/error.h>

static const struct casus_message messages[] = {
#define M(number, name, title, text) {number, title, text},
#include "base/messages.def"
#undef M
};

size_t
casus_message_count(void)
{
    return sizeof messages / sizeof *messages;
}

const struct casus_message *
casus_message_at(size_t index)
{
    return &messages[index];
}

const struct casus_message *
casus_message_find(unsigned code)
{
    for (size_t i = 0; i < casus_message_count(); i++) {
        if (messages[i].code == code)
            return &messages[i];
    }
    return NULL;
}
