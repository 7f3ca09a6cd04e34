/*
 * A PDF file, made of libharu's objects and ours:
 *
 *   trailer ─┬─ Root ─┬─ Pages (MediaBox) ── Page ─┬─ Contents   content.c
 *            │        │                            └─ Resources  (one for all) ── Font   font.c
 *            │        ├─ Outlines                  outline.c
 *            │        └─ Metadata, Lang, …         metadata.c
 *            ├─ Info                               metadata.c
 *            └─ ID
 *
 * ISO 32000-1 (PDF 1.7). Which glyph stands for which text is collected first (usage.c), since fonts are written
 * before the pages that use them.
 */
#include "pdf/pdf.h"

#include "pdf/content.h"
#include "pdf/font.h"
#include "pdf/metadata.h"
#include "pdf/outline.h"

enum { CONTENT_LEVEL = 1 };

/* Up to so many pages hang on one node of the page tree; more are parted, since viewers look pages up by walking it. */
enum { PAGES_PER_NODE = 64 };

static HPDF_Dict write_resources(nb_pdf *pdf, const nb_buffer *fonts)
{
    nb_buffer *entries = nb_pdf_buffer(pdf);
    nb_buffer_text(entries, "/Font <<\n");
    nb_buffer_add(entries, fonts->data, fonts->length);
    nb_buffer_text(entries, ">>");
    return nb_pdf_dict_new(pdf, entries);
}

/* All pages have one size, which they inherit from the tree's root: libharu's reals would round it twice. */
static void write_media_box(nb_pdf *pdf, const nb_pages *pages)
{
    nb_buffer *entries = nb_pdf_buffer(pdf);
    nb_buffer_text(entries, "/MediaBox [0 0 ");
    nb_pdf_write_points(entries, nb_pdf_points(pages->width));
    nb_buffer_byte(entries, ' ');
    nb_pdf_write_points(entries, nb_pdf_points(pages->height));
    nb_buffer_byte(entries, ']');
    nb_pdf_add_entries(pdf, pdf->haru->root_pages, entries);
}

static nb_status write_pages(nb_pdf *pdf, const nb_pages *pages, const nb_pdf_usage *usage,
                             HPDF_Dict resources)
{
    nb_buffer *content = nb_pdf_buffer(pdf), *none = nb_pdf_buffer(pdf);
    write_media_box(pdf, pages);
    if (pages->count > PAGES_PER_NODE)
        HPDF_SetPagesConfiguration(pdf->haru, PAGES_PER_NODE);
    for (int i = 0; i < pages->count; i++) {
        nb_status status = nb_pdf_check(pdf, "页面", "pages");
        if (status)
            return status;
        HPDF_Page page = HPDF_AddPage(pdf->haru);
        if (!page)
            break;
        HPDF_Dict_RemoveElement(page, "MediaBox");
        HPDF_Dict_Add(page, "Resources", resources);
        content->length = 0;
        nb_pdf_content_write(content, usage, &pages->pages[i], pages->height);
        pdf->too_large |= content->overflowed;
        nb_pdf_digest(pdf, content->data, content->length);
        nb_pdf_stream_fill(pdf, ((HPDF_PageAttr)page->attr)->contents, none,
                           (nb_string){ (const char *)content->data, content->length },
                           CONTENT_LEVEL);
    }
    return nb_pdf_check(pdf, "页面", "pages");
}

static nb_status save(nb_pdf *pdf, nb_string *out)
{
    HPDF_SaveToStream(pdf->haru);
    nb_status status = nb_pdf_check(pdf, "文件", "file");
    if (status)
        return status;
    HPDF_UINT32 size = HPDF_GetStreamSize(pdf->haru);
    HPDF_BYTE *bytes = nb_arena_alloc(pdf->arena, size);
    HPDF_ResetStream(pdf->haru);
    HPDF_ReadFromStream(pdf->haru, bytes, &size);
    *out = (nb_string){ (const char *)bytes, size };
    return nb_pdf_check(pdf, "文件", "file");
}

static nb_status assemble(nb_pdf *pdf, const nb_document *document, const nb_pages *pages)
{
    nb_status status;
    nb_pdf_usage *usage = nb_pdf_usage_of(pages, pdf->arena);
    nb_buffer *fonts = nb_pdf_buffer(pdf);
    int first_number = pages->count > 0 ? pages->pages[0].number : 1;
    if ((status = nb_pdf_fonts_write(pdf, usage, fonts)) ||
        (status = write_pages(pdf, pages, usage, write_resources(pdf, fonts))) ||
        (status = nb_pdf_outline_write(pdf, pages)) ||
        (status = nb_pdf_metadata_write(pdf, document, first_number)))
        return status;
    return nb_pdf_identifier_write(pdf);
}

nb_status nb_pdf_write(const nb_document *document, const nb_pages *pages, nb_arena *arena,
                       nb_findings *findings, nb_string *out)
{
    nb_pdf *pdf;
    nb_status status = nb_pdf_open(arena, findings, &pdf);
    if (status)
        return status;
    status = assemble(pdf, document, pages);
    if (!status)
        status = save(pdf, out);
    nb_pdf_close(pdf);
    return status;
}
