#include "pdf/attachment.h"

#include "pdf/metadata.h"

#define NAME "(report.json)"

/*
 * Without /CheckSum, an MD5 that is optional and costs as much as compressing the data: the
 * description states their SHA-256.
 */
static int write_embedded_file(nb_pdf *pdf, const nb_document *document)
{
    nb_string json = document->report_json;
    nb_buffer *entries = nb_pdf_buffer(pdf);
    nb_buffer_text(entries, "/Type /EmbeddedFile /Subtype /application#2Fjson /Params << /Size ");
    nb_buffer_integer(entries, (int64_t)json.length);
    const char *date = nb_pdf_date(pdf->arena, document->date);
    if (date) {
        nb_buffer_text(entries, " /ModDate (");
        nb_buffer_text(entries, date);
        nb_buffer_byte(entries, ')');
    }
    nb_buffer_text(entries, " >> ");
    return nb_pdf_stream_new(pdf, entries, json, NB_PDF_JSON);
}

nb_status nb_pdf_attachment_write(nb_pdf *pdf, const nb_document *document, nb_buffer *catalog)
{
    if (document->report_json.length == 0)
        return NB_OK;
    int file = write_embedded_file(pdf, document);
    nb_buffer *entries = nb_pdf_buffer(pdf);
    nb_buffer_text(entries, "/Type /Filespec /F " NAME " /UF " NAME " /Desc <FEFF");
    nb_pdf_write_utf16(entries, NB_STRING("本报告的结构化数据，"));
    if (document->is_draft)
        nb_pdf_write_utf16(entries, NB_STRING("draft，"));
    nb_pdf_write_utf16(entries, NB_STRING("SHA-256 "));
    nb_pdf_write_utf16(entries, nb_string_of(document->report_digest));
    /* The pages were made from it. */
    nb_buffer_text(entries, "> /AFRelationship /Source /EF << /F ");
    nb_pdf_write_reference(entries, file);
    nb_buffer_text(entries, " /UF ");
    nb_pdf_write_reference(entries, file);
    nb_buffer_text(entries, " >>");
    int specification = nb_pdf_dict_new(pdf, entries);
    nb_buffer_text(catalog, "/AF [");
    nb_pdf_write_reference(catalog, specification);
    nb_buffer_text(catalog, "]\n/Names << /EmbeddedFiles << /Names [" NAME " ");
    nb_pdf_write_reference(catalog, specification);
    nb_buffer_text(catalog, "] >> >>\n");
    return nb_pdf_check(pdf, "附件", "attachment");
}
