/* casus explain: a numbered message, at length. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/cli.h"

static const struct casus_message *
find_message(const char *word)
{
    if (strncasecmp(word, "CAS-", 4) == 0)
        word += 4;
    if (strlen(word) != 3 || strspn(word, "0123456789") != 3)
        return NULL;
    return casus_message_find((unsigned)atoi(word));
}

/* Prints at most 76 columns a line; texts are of words, so a break is at a space. */
static void
print_wrapped(struct casus_output *output, const char *text)
{
    enum { WIDTH = 76 };
    while (*text) {
        size_t n = 0, columns = 0, fit = 0;
        for (; text[n] && columns <= WIDTH; n++) {
            if (text[n] == ' ')
                fit = n;
            columns += ((unsigned char)text[n] & 0xC0) != 0x80;
        }
        size_t take = text[n] && fit ? fit : n;
        casus_output_text(output, "  ");
        casus_output_write(output, text, take);
        casus_output_text(output, "\n");
        text += take + (text[take] == ' ');
    }
}

static enum casus_status
write_messages(void *context, struct casus_output *output, struct casus_error *err)
{
    (void)err;
    const struct options *options = context;
    for (uint32_t i = 0; i < options->inputs.count; i++) {
        const struct casus_message *message = find_message(options->inputs.at[i]);
        casus_output_printf(output, "%sCAS-%03u: %s\n\n", i ? "\n" : "", message->code,
                            message->title);
        print_wrapped(output, message->text);
    }
    return CASUS_OK;
}

int
cmd_explain(const struct command *command, struct options *options)
{
    for (uint32_t i = 0; i < options->inputs.count; i++) {
        if (find_message(options->inputs.at[i]))
            continue;
        return complain_message(command, "no message '%.40s'; they run from CAS-%03u to CAS-%03u",
                                options->inputs.at[i], casus_message_at(0)->code,
                                casus_message_at(casus_message_count() - 1)->code);
    }
    return answer(options, write_messages, options);
}
