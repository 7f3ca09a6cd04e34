/*
 * A PDF file, made of libharu's objects and ours:
 *
 *   trailer ─┬─ Root ─┬─ Pages (MediaBox) ── Page ─┬─ Contents   content.c
 *            │        │                            └─ Resources  (one for all) ─┬─ Font      font.c
 *            │        │                                                  └─ XObject   picture.c
 *            │        ├─ StructTreeRoot            structure.c
 *            │        ├─ Outlines                  outline.c
 *            │        ├─ Metadata, Lang, …         metadata.c
 *            │        ├─ OutputIntents             output_intent.c
 *            │        └─ AF, Names                 attachment.c
 *            ├─ Info                               metadata.c
 *            └─ ID                                 save.c
 *
 * ISO 32000-1 (PDF 1.7). Which glyph stands for which text is collected first (usage.c), since
 * fonts are written before the pages that use them; the structure grows with the pages and is
 * written after them.
 */
#include "pdf/pdf.h"

#include "pdf/attachment.h"
#include "pdf/content.h"
#include "pdf/font.h"
#include "pdf/metadata.h"
#include "pdf/outline.h"
#include "pdf/output_intent.h"
#include "pdf/picture.h"
#include "pdf/save.h"

/*
 * Up to so many pages hang on one node of the page tree; more are parted, since viewers look pages
 * up by walking it.
 */
enum { PAGES_PER_NODE = 64 };

static void add_names(nb_buffer *entries, const char *key, const nb_buffer *names)
{
    if (names->length == 0)
        return;
    nb_buffer_text(entries, key);
    nb_buffer_text(entries, " <<\n");
    nb_buffer_add(entries, names->data, names->length);
    nb_buffer_text(entries, ">>");
}

static int write_resources(nb_pdf *pdf, const nb_buffer *fonts, const nb_buffer *pictures)
{
    nb_buffer *entries = nb_pdf_buffer(pdf);
    add_names(entries, "/Font", fonts);
    add_names(entries, "/XObject", pictures);
    return nb_pdf_dict_new(pdf, entries);
}

/*
 * All pages have one size, which they inherit from the tree's root: libharu's reals would round it
 * twice.
 */
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

/*
 * libharu's page tree, with pages of our own text: its pages come with streams and resources that
 * would be thrown away.
 */
static nb_status make_page_tree(nb_pdf *pdf, const nb_pages *pages)
{
    HPDF_Doc haru = pdf->haru;
    HPDF_Pages node = haru->root_pages;
    pdf->pages = NB_NEW_ARRAY(pdf->arena, HPDF_Dict, (size_t)pages->count);
    write_media_box(pdf, pages);
    for (int i = 0; i < pages->count; i++) {
        if (pages->count > PAGES_PER_NODE && i % PAGES_PER_NODE == 0)
            node = HPDF_Pages_New(haru->mmgr, haru->root_pages, haru->xref);
        HPDF_Dict page = HPDF_Dict_New(haru->mmgr);
        if (!node || !page || HPDF_Xref_Add(haru->xref, page) != HPDF_OK ||
            HPDF_Pages_AddKids(node, page) != HPDF_OK)
            break;
        /* Only now: it also says that libharu's own attributes hang on it. */
        page->header.obj_class |= HPDF_OSUBCLASS_PAGE;
        pdf->pages[i] = page;
    }
    return nb_pdf_check(pdf, "页面", "pages");
}

static void write_page(nb_pdf *pdf, int index, const nb_buffer *content, bool is_tagged,
                       int resources)
{
    nb_buffer *entries = nb_pdf_buffer(pdf);
    int stream = nb_pdf_stream_new(
        pdf, entries, (nb_string){ (const char *)content->data, content->length }, NB_PDF_CONTENT);
    nb_buffer_text(entries, "/Type/Page/Contents ");
    nb_pdf_write_reference(entries, stream);
    nb_buffer_text(entries, "/Resources ");
    nb_pdf_write_reference(entries, resources);
    if (is_tagged) {
        nb_buffer_text(entries, "/Tabs/S/StructParents ");
        nb_buffer_integer(entries, index);
    }
    nb_pdf_add_entries(pdf, pdf->pages[index], entries);
}

static nb_status write_pages(nb_pdf *pdf, const nb_pages *pages, const nb_pdf_usage *usage,
                             nb_pdf_structure *structure, int resources)
{
    nb_buffer *content = nb_pdf_buffer(pdf);
    for (int i = 0; i < pages->count; i++) {
        content->length = 0;
        nb_pdf_content_write(content, usage, structure, pages, i);
        pdf->too_large |= content->overflowed;
        write_page(pdf, i, content, structure != NULL, resources);
        nb_status status = nb_pdf_check(pdf, "页面", "pages");
        if (status)
            return status;
    }
    return NB_OK;
}

static nb_status assemble(nb_pdf *pdf, const nb_document *document, const nb_pages *pages,
                          nb_pdf_standard standard)
{
    nb_status status;
    nb_pdf_usage *usage = nb_pdf_usage_of(pages, pdf->arena);
    nb_buffer *fonts = nb_pdf_buffer(pdf), *pictures = nb_pdf_buffer(pdf);
    nb_buffer *catalog = nb_pdf_buffer(pdf);
    nb_pdf_structure *structure = NULL;
    int first_number = pages->count > 0 ? pages->pages[0].number : 1;
    if ((status = make_page_tree(pdf, pages)))
        return status;
    nb_pdf_own_objects_begin(pdf);
    if (standard != NB_PDF_PLAIN)
        structure = nb_pdf_structure_new(pdf, pages);
    if ((status = nb_pdf_fonts_write(pdf, usage, fonts)) ||
        (status = nb_pdf_outline_write(pdf, pages, catalog)) ||
        (status = nb_pdf_pictures_write(pdf, document, pictures)) ||
        (status =
             write_pages(pdf, pages, usage, structure, write_resources(pdf, fonts, pictures))) ||
        (status = nb_pdf_metadata_write(pdf, document, standard, first_number, catalog)))
        return status;
    if (standard != NB_PDF_PLAIN && (status = nb_pdf_output_intent_write(pdf, catalog)))
        return status;
    if (standard == NB_PDF_A_3A && (status = nb_pdf_attachment_write(pdf, document, catalog)))
        return status;
    if (structure && (status = nb_pdf_structure_write(pdf, structure, catalog)))
        return status;
    nb_pdf_add_entries(pdf, pdf->haru->catalog, catalog);
    return nb_pdf_check(pdf, "目录", "catalog");
}

nb_status nb_pdf_write(const nb_document *document, const nb_pages *pages, nb_pdf_standard standard,
                       nb_deflate_stock *stock, nb_arena *arena, nb_findings *findings,
                       nb_string *out)
{
    nb_pdf *pdf;
    nb_status status = nb_pdf_open(stock, arena, findings, &pdf);
    if (status)
        return status;
    status = assemble(pdf, document, pages, standard);
    if (!status)
        status = nb_pdf_save(pdf, out);
    nb_pdf_close(pdf);
    return status;
}
