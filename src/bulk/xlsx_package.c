/* The parts of an Excel workbook, but for its sheet. Names are compared, never used as paths. */
#include "bulk/xlsx_parts.h"

#include <stdio.h>
#include <stdlib.h>

/* No DTD and no network, nothing printed; the parser's own limits stay. */
enum { XML_OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING };

/* Called by libxml2: nothing here may jump. */
static int read_part(void *context, char *bytes, int length)
{
    nb_xlsx_part *part = context;
    zip_int64_t got = zip_fread(part->file, bytes, (zip_uint64_t)length);
    if (got < 0)
        return -1;
    part->read += (uint64_t)got;
    return part->read > part->most ? -1 : (int)got;
}

void nb_xlsx_part_close(nb_xlsx_part *part)
{
    xmlFreeTextReader(part->reader);
    if (part->file)
        zip_fclose(part->file);
    part->reader = NULL;
    part->file = NULL;
}

static void close_part(void *part)
{
    nb_xlsx_part_close(part);
}

bool nb_xlsx_part_open(zip_t *zip, const char *name, uint64_t most, nb_arena *arena,
                       nb_xlsx_part **out)
{
    nb_xlsx_part *part = *out = NB_NEW(arena, nb_xlsx_part);
    zip_stat_t about;
    part->most = most;
    nb_arena_defer(arena, close_part, part);
    if (zip_stat(zip, name, ZIP_FL_NOCASE, &about) != 0 || !(about.valid & ZIP_STAT_SIZE) ||
        about.size > most)
        return false;
    part->size = about.size;
    part->file = zip_fopen_index(zip, about.index, 0);
    if (part->file)
        part->reader = xmlReaderForIO(read_part, NULL, part, NULL, NULL, XML_OPTIONS);
    return part->reader != NULL;
}

int nb_xlsx_part_next(nb_xlsx_part *part)
{
    int state = xmlTextReaderRead(part->reader);
    /* No office file has a DTD. */
    if (state == 1 && xmlTextReaderNodeType(part->reader) == XML_READER_TYPE_DOCUMENT_TYPE)
        return -1;
    return state;
}

static bool is_named(const nb_xlsx_part *part, const char *name)
{
    const xmlChar *local = xmlTextReaderConstLocalName(part->reader);
    return local && strcmp((const char *)local, name) == 0;
}

bool nb_xlsx_begins(const nb_xlsx_part *part, const char *name)
{
    return xmlTextReaderNodeType(part->reader) == XML_READER_TYPE_ELEMENT && is_named(part, name);
}

bool nb_xlsx_ends(const nb_xlsx_part *part, const char *name)
{
    int type = xmlTextReaderNodeType(part->reader);
    return (type == XML_READER_TYPE_END_ELEMENT ||
            (type == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement(part->reader))) &&
           is_named(part, name);
}

nb_string nb_xlsx_attribute(const nb_xlsx_part *part, const char *name, nb_arena *arena)
{
    nb_string value = NB_STRING("");
    while (xmlTextReaderMoveToNextAttribute(part->reader) == 1)
        if (is_named(part, name) && xmlTextReaderIsNamespaceDecl(part->reader) != 1 &&
            !value.length) {
            const char *text = (const char *)xmlTextReaderConstValue(part->reader);
            if (text)
                value = nb_string_of(nb_arena_copy(arena, text, strlen(text)));
        }
    xmlTextReaderMoveToElement(part->reader);
    return value;
}

void nb_xlsx_add_text(const nb_xlsx_part *part, nb_buffer *out)
{
    int type = xmlTextReaderNodeType(part->reader);
    if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
        type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE || type == XML_READER_TYPE_WHITESPACE) {
        const char *text = (const char *)xmlTextReaderConstValue(part->reader);
        if (text)
            nb_buffer_text(out, text);
    }
}

typedef struct opening {
    nb_row_source *source;
    zip_t *zip;
    nb_arena *arena;
    nb_workbook *workbook;
} opening;

static nb_status damaged(const opening *o)
{
    return nb_row_source_say(o->source, 0, "文件已损坏，或者不是 Excel 工作簿",
                             "the file is damaged, or no Excel workbook");
}

/* The path of a relation's target, from the folder that its source is in. */
static const char *target_path(nb_string target, const char *folder, nb_arena *arena)
{
    if (target.length && target.data[0] == '/')
        return target.data + 1;
    return nb_arena_print(arena, "%s%s", folder, target.data);
}

/* The target of the relation with that id, or whose type ends so; "" when there is none. */
static const char *find_relation(const opening *o, const char *rels, const char *folder,
                                 nb_string id, const char *type)
{
    nb_xlsx_part *part;
    const char *found = "";
    if (!nb_xlsx_part_open(o->zip, rels, NB_MOST_PART_BYTES, o->arena, &part))
        return "";
    while (!*found && nb_xlsx_part_next(part) == 1) {
        if (!nb_xlsx_begins(part, "Relationship"))
            continue;
        nb_string type_here = nb_xlsx_attribute(part, "Type", o->arena);
        nb_string id_here = nb_xlsx_attribute(part, "Id", o->arena);
        size_t length = type ? strlen(type) : 0;
        bool is_it = type ? type_here.length >= length &&
                                strcmp(type_here.data + type_here.length - length, type) == 0
                          : nb_string_equal(id_here, id);
        if (is_it)
            found = target_path(nb_xlsx_attribute(part, "Target", o->arena), folder, o->arena);
    }
    nb_xlsx_part_close(part);
    return found;
}

static bool is_true(nb_string text)
{
    return nb_string_is(text, "1") || nb_string_is(text, "true");
}

static nb_status no_sheet(const opening *o, const char *sheet, const char *names)
{
    nb_findings *findings = o->source->findings;
    if (!sheet)
        return damaged(o);
    nb_finding *finding =
        nb_findings_add(findings, NB_ERROR, "IO", (nb_place){ .file = o->source->name },
                        NB_SAY(findings, "没有工作表“%s”", "there is no sheet “%s”"), sheet);
    nb_finding_hint(findings, finding,
                    NB_SAY(findings, "有这些工作表：%s", "the sheets there are: %s"), names);
    return NB_E_NOT_A_REPORT;
}

/* Which relation is the sheet, and how days are counted. */
static nb_status read_workbook(opening *o, const char *path, const char *sheet, nb_string *id)
{
    nb_xlsx_part *part;
    const char *names = "";
    int state;
    *id = NB_STRING("");
    if (!nb_xlsx_part_open(o->zip, path, NB_MOST_PART_BYTES, o->arena, &part))
        return damaged(o);
    while ((state = nb_xlsx_part_next(part)) == 1) {
        if (nb_xlsx_begins(part, "workbookPr"))
            o->workbook->counts_from_1904 = is_true(nb_xlsx_attribute(part, "date1904", o->arena));
        if (!nb_xlsx_begins(part, "sheet"))
            continue;
        nb_string name = nb_xlsx_attribute(part, "name", o->arena);
        names = nb_arena_print(o->arena, "%s%s%s", names, *names ? "、" : "", name.data);
        if (!id->length && (!sheet || nb_string_is(name, sheet)))
            *id = nb_xlsx_attribute(part, "id", o->arena);
    }
    nb_xlsx_part_close(part);
    if (state < 0)
        return damaged(o);
    return id->length ? NB_OK : no_sheet(o, sheet, names);
}

typedef struct format {
    int id;
    nb_string code;
} format;

/* Which cell styles show dates: cellXfs name number formats, of which some are listed before. */
static nb_status read_styles(opening *o, const char *path)
{
    nb_xlsx_part *part;
    format *formats = NULL;
    int count = 0, capacity = 0, styles = 0, state;
    bool is_in_styles = false;
    nb_workbook *workbook = o->workbook;
    if (!*path || !nb_xlsx_part_open(o->zip, path, NB_MOST_PART_BYTES, o->arena, &part))
        return NB_OK;
    while ((state = nb_xlsx_part_next(part)) == 1) {
        if (nb_xlsx_begins(part, "numFmt")) {
            NB_GROW(o->arena, formats, count, &capacity);
            formats[count++] =
                (format){ nb_xlsx_whole(nb_xlsx_attribute(part, "numFmtId", o->arena), 0),
                          nb_xlsx_attribute(part, "formatCode", o->arena) };
        } else if (nb_xlsx_begins(part, "cellXfs")) {
            is_in_styles = true;
        } else if (nb_xlsx_ends(part, "cellXfs")) {
            is_in_styles = false;
        } else if (is_in_styles && nb_xlsx_begins(part, "xf")) {
            int id = nb_xlsx_whole(nb_xlsx_attribute(part, "numFmtId", o->arena), 0);
            nb_string code = NB_STRING("");
            for (int i = 0; i < count; i++)
                if (formats[i].id == id)
                    code = formats[i].code;
            NB_GROW(o->arena, workbook->date_styles, workbook->style_count, &styles);
            workbook->date_styles[workbook->style_count++] = nb_is_date_format(id, code);
        }
    }
    nb_xlsx_part_close(part);
    return state < 0 ? damaged(o) : NB_OK;
}

static bool keep_string(opening *o, nb_string text, size_t *capacity)
{
    nb_workbook *workbook = o->workbook;
    text = nb_xlsx_unescaped(text, o->arena);
    if (workbook->string_count == *capacity) {
        size_t more = *capacity ? 2 * *capacity : 1024;
        size_t *offsets = NB_NEW_ARRAY(o->arena, size_t, more);
        if (*capacity)
            memcpy(offsets, workbook->string_offsets, *capacity * sizeof *offsets);
        workbook->string_offsets = offsets;
        *capacity = more;
    }
    workbook->string_offsets[workbook->string_count++] = workbook->strings->length;
    nb_buffer_add(workbook->strings, text.data, text.length);
    nb_buffer_byte(workbook->strings, '\0');
    return !workbook->strings->overflowed;
}

/* Each si is one string, all of its t together, but for what tells how to read it aloud. */
static nb_status read_strings(opening *o, const char *path)
{
    nb_xlsx_part *part;
    nb_buffer *text = nb_buffer_new(o->arena, NB_LONGEST_CELL);
    size_t capacity = 0;
    int state;
    bool is_in_text = false, is_aloud = false, fits = true;
    if (!*path || !nb_xlsx_part_open(o->zip, path, NB_MOST_PART_BYTES, o->arena, &part))
        return NB_OK;
    while (fits && (state = nb_xlsx_part_next(part)) == 1) {
        if (nb_xlsx_begins(part, "si"))
            text->length = 0;
        if (nb_xlsx_begins(part, "rPh"))
            is_aloud = true;
        if (nb_xlsx_begins(part, "t"))
            is_in_text = true;
        if (is_in_text && !is_aloud)
            nb_xlsx_add_text(part, text);
        if (nb_xlsx_ends(part, "t"))
            is_in_text = false;
        if (nb_xlsx_ends(part, "rPh"))
            is_aloud = false;
        if (nb_xlsx_ends(part, "si"))
            fits = !text->overflowed &&
                   keep_string(o, (nb_string){ (const char *)text->data, text->length }, &capacity);
    }
    nb_xlsx_part_close(part);
    if (!fits)
        return nb_row_source_say(o->source, 0, "工作簿里的文字太多",
                                 "there is too much text in the workbook");
    return state < 0 ? damaged(o) : NB_OK;
}

/* "xl/" of "xl/workbook.xml". */
static const char *folder_of(const char *path, nb_arena *arena)
{
    const char *slash = strrchr(path, '/');
    return slash ? nb_arena_copy(arena, path, (size_t)(slash - path) + 1) : "";
}

nb_status nb_workbook_open(nb_row_source *source, zip_t *zip, const char *sheet, nb_arena *arena,
                           nb_workbook **out)
{
    opening o = { source, zip, arena, NB_NEW(arena, nb_workbook) };
    nb_string id;
    *out = o.workbook;
    o.workbook->strings = nb_buffer_new(arena, NB_MOST_STRING_BYTES);
    const char *path = find_relation(&o, "_rels/.rels", "", NB_STRING(""), "/officeDocument");
    if (!*path)
        return damaged(&o);
    const char *folder = folder_of(path, arena), *name = path + strlen(folder);
    const char *rels = nb_arena_print(arena, "%s_rels/%s.rels", folder, name);
    nb_status status = read_workbook(&o, path, sheet, &id);
    if (status == NB_OK)
        status = read_styles(&o, find_relation(&o, rels, folder, NB_STRING(""), "/styles"));
    if (status == NB_OK)
        status = read_strings(&o, find_relation(&o, rels, folder, NB_STRING(""), "/sharedStrings"));
    if (status == NB_OK)
        o.workbook->sheet_part = find_relation(&o, rels, folder, id, NULL);
    return status == NB_OK && !*o.workbook->sheet_part ? damaged(&o) : status;
}

nb_string nb_workbook_string(const nb_workbook *workbook, size_t number)
{
    if (number >= workbook->string_count)
        return NB_STRING("");
    return nb_string_of((const char *)workbook->strings->data + workbook->string_offsets[number]);
}
