/* casus formats: what can be read and written. */
#include "cli/cli.h"

static void
write_readable(struct casus_output *output)
{
    casus_output_text(output, "read (known by content; --from NAME decides)\n");
    for (size_t i = 0; i < casus_format_count(); i++) {
        const struct casus_format *format = casus_format_at(i);
        casus_output_printf(output, "  %-14s %s%s%s\n", format->name, format->title,
                            format->licence ? "; " : "", format->licence ? format->licence : "");
    }
}

static enum casus_status
write_formats(void *context, struct casus_output *output, struct casus_error *err)
{
    (void)context;
    (void)err;
    write_readable(output);
    casus_output_text(output, "\nwritten by export --to NAME\n");
    for (size_t i = 0; i < casus_exporter_count(); i++) {
        const struct casus_exporter *exporter = casus_exporter_at(i);
        casus_output_printf(output, "  %-14s %s (%s)\n", exporter->name, exporter->title,
                            exporter->extension);
    }
    casus_output_text(output, "\nwritten by draw -o FILE\n  .svg .pdf .png .dot\n"
                              "\nwritten by convert -o FILE\n"
                              "  .json .jsonl, or a folder: a CSV set\n");
    return CASUS_OK;
}

int
cmd_formats(const struct command *command, struct options *options)
{
    (void)command;
    return answer(options, write_formats, options);
}
