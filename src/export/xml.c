/* XML as a stream, by libxml2's text writer. */
#include "export/xml.h"

#include <libxml/xmlwriter.h>

#include "base/fault.h"

struct cas_xml {
    xmlTextWriter *writer;
    struct cas_buffer mended, scratch;
    bool failed;
};

static int
write_bytes(void *context, const char *bytes, int length)
{
    casus_output_write(context, bytes, (size_t)length);
    return length;
}

static void
note(struct cas_xml *xml, int written)
{
    if (written < 0)
        xml->failed = true;
}

static bool
begin_document(struct cas_xml *xml, struct casus_output *output)
{
    xmlOutputBuffer *buffer = xmlOutputBufferCreateIO(write_bytes, NULL, output, NULL);
    xml->writer = buffer ? xmlNewTextWriter(buffer) : NULL;
    if (!xml->writer) {
        if (buffer)
            xmlOutputBufferClose(buffer);
        return false;
    }
    note(xml, xmlTextWriterSetIndent(xml->writer, 1));
    note(xml, xmlTextWriterSetIndentString(xml->writer, BAD_CAST " "));
    note(xml, xmlTextWriterStartDocument(xml->writer, NULL, "UTF-8", NULL));
    return true;
}

struct cas_xml *
cas_xml_new(struct casus_output *output)
{
    struct cas_xml *xml = cas_zalloc(1, sizeof *xml);
    if (xml && !begin_document(xml, output)) {
        cas_free(xml);
        return NULL;
    }
    return xml;
}

enum casus_status
cas_xml_free(struct cas_xml *xml, struct casus_error *err)
{
    if (!xml)
        return cas_fail_memory(err);
    note(xml, xmlTextWriterEndDocument(xml->writer));
    xmlFreeTextWriter(xml->writer);
    bool failed = xml->failed || xml->mended.failed || xml->scratch.failed;
    cas_buffer_done(&xml->mended);
    cas_buffer_done(&xml->scratch);
    cas_free(xml);
    return failed ? cas_fail_memory(err) : CASUS_OK;
}

/* --- text that XML can hold ----------------------------------------------------------------- */

/* Bytes of the character at s where XML 1.0 allows it, else 0. */
static size_t
allowed_length(const char *s, const char *end)
{
    size_t length = cas_utf8_length(s, end);
    if (length == 1 && (unsigned char)*s < 0x20)
        return strchr("\t\n\r", *s) ? 1 : 0;
    if (length == 3 && (memcmp(s, "\xef\xbf\xbe", 3) == 0 || memcmp(s, "\xef\xbf\xbf", 3) == 0))
        return 0;
    return length;
}

static bool
is_allowed(const char *text)
{
    const char *end = text + strlen(text);
    for (size_t n; text < end; text += n) {
        n = allowed_length(text, end);
        if (!n)
            return false;
    }
    return true;
}

static void
add_mended(struct cas_buffer *out, const char *text)
{
    const char *end = text + strlen(text);
    while (text < end) {
        size_t allowed = allowed_length(text, end);
        size_t length = cas_utf8_length(text, end);
        cas_buffer_add(out, allowed ? text : "\xef\xbf\xbd", allowed ? allowed : 3);
        text += length ? length : 1;
    }
}

/* The text itself, or a mended copy that holds until the next call. */
static const xmlChar *
mend(struct cas_xml *xml, const char *text)
{
    if (is_allowed(text))
        return BAD_CAST text;
    xml->mended.n = 0;
    add_mended(&xml->mended, text);
    return xml->mended.failed ? BAD_CAST "" : BAD_CAST xml->mended.s;
}

/* --- the stream ----------------------------------------------------------------------------- */

void
cas_xml_open(struct cas_xml *xml, const char *name)
{
    note(xml, xmlTextWriterStartElement(xml->writer, BAD_CAST name));
}

void
cas_xml_close(struct cas_xml *xml)
{
    note(xml, xmlTextWriterEndElement(xml->writer));
}

void
cas_xml_attribute(struct cas_xml *xml, const char *name, const char *text)
{
    note(xml, xmlTextWriterWriteAttribute(xml->writer, BAD_CAST name, mend(xml, text)));
}

void
cas_xml_text(struct cas_xml *xml, const char *text)
{
    note(xml, xmlTextWriterWriteString(xml->writer, mend(xml, text)));
}

void
cas_xml_element(struct cas_xml *xml, const char *name, const char *text)
{
    cas_xml_open(xml, name);
    cas_xml_text(xml, text);
    cas_xml_close(xml);
}

/* --- what of the graph ---------------------------------------------------------------------- */

/* Two ids that differ by a control character alone are mended to one text. The number behind a
 * mended id tells it from the other mended ones; it is repeated until no actor bears the whole. */
void
cas_xml_actor_id(struct cas_xml *xml, const char *name, const struct cas_job *job, uint32_t actor)
{
    const char *id = cas_job_actor_id(job, actor);
    if (is_allowed(id)) {
        cas_xml_attribute(xml, name, id);
        return;
    }
    struct cas_buffer *fit = &xml->scratch;
    fit->n = 0;
    add_mended(fit, id);
    do
        cas_buffer_printf(fit, "\xef\xbf\xbd%u", actor + 1);
    while (!fit->failed && casus_graph_actor_find(job->graph, fit->s) != CASUS_NONE);
    cas_xml_attribute(xml, name, fit->failed ? "" : fit->s);
}

const char *
cas_xml_value(struct cas_xml *xml, const struct cas_column *column, const struct cas_job *job,
              uint32_t record)
{
    return cas_column_text(column, job, record, &xml->scratch);
}

const char *
cas_xml_tie_id(struct cas_xml *xml, const struct cas_job *job, uint32_t tie)
{
    return cas_job_tie_id(job, tie, &xml->scratch);
}
