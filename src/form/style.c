#include "form/style.h"

#include "form/reader.h"
#include <stdlib.h>

const nb_paragraph_style *nb_page_style_lookup(const nb_page_style *style, nb_string name)
{
    for (int i = 0; i < style->style_count; i++)
        if (nb_string_is(name, style->styles[i].name))
            return &style->styles[i];
    return NULL;
}

bool nb_page_style_uses(const nb_page_style *style, const nb_paragraph_style *paragraph,
                        bool is_draft)
{
    return is_draft || paragraph != style->draft_mark.style;
}

static nb_align read_align(nb_reader *reader, const nb_json *node)
{
    static const char *const names[] = { "left", "center", "right", "justify" };
    nb_string name = nb_json_member_text(node, "align");
    for (int i = 0; i < 4; i++)
        if (nb_string_is(name, names[i]))
            return (nb_align)i;
    nb_reader_fault(reader, node,
                    NB_SAY(reader->findings, "align 要是 left、center、right 或 justify",
                           "align must be left, center, right or justify"));
    return NB_ALIGN_LEFT;
}

/* "#c00000"; black when it is left out. */
static uint32_t read_colour(nb_reader *reader, const nb_json *node)
{
    const char *text = nb_reader_text_or(reader, node, "colour", "#000000");
    char *end;
    unsigned long colour = strtoul(text + (*text == '#'), &end, 16);
    if (*text == '#' && strspn(text + 1, "0123456789abcdefABCDEF") == 6 && end == text + 7 && !*end)
        return (uint32_t)colour;
    nb_reader_fault(reader, node,
                    NB_SAY(reader->findings, "colour 要写成 \"#c00000\" 这样",
                           "colour is written like \"#c00000\""));
    return 0;
}

static void read_paragraph_style(nb_reader *reader, const nb_json *node, nb_paragraph_style *style)
{
    NB_READER_ONLY(reader, node, "docx", "outline", "role", "latin_role", "size", "pitch",
                   "tracking", "colour", "align", "indent", "indent_characters", "space_before",
                   "space_after", "hanging", "keep_next");
    const nb_json *docx = nb_reader_need(reader, node, "docx", NB_JSON_ARRAY);
    style->name = node->key.data;
    if (docx && docx->count == 2) {
        style->docx_id = docx->first->text.data;
        style->docx_name = docx->first->next->text.data;
    }
    if (!style->docx_id || !style->docx_name) {
        nb_reader_fault(reader, node,
                        NB_SAY(reader->findings, "docx 要是 [样式标识, 样式名]",
                               "docx must be [style id, style name]"));
        style->docx_id = style->docx_name = style->name;
    }
    style->role = nb_reader_text(reader, node, "role");
    style->latin_role = nb_reader_text_or(reader, node, "latin_role", "latin");
    style->size = nb_reader_length(reader, node, "size");
    style->pitch = nb_reader_length(reader, node, "pitch");
    style->tracking = nb_reader_length_or(reader, node, "tracking", 0);
    style->colour = read_colour(reader, node);
    style->first_line_indent = nb_reader_length_or(reader, node, "indent", 0);
    style->first_line_characters = nb_reader_whole_or(reader, node, "indent_characters", 0, 20, 0);
    style->space_before = nb_reader_length_or(reader, node, "space_before", 0);
    style->space_after = nb_reader_length_or(reader, node, "space_after", 0);
    style->align = read_align(reader, node);
    style->outline_level = nb_reader_whole_or(reader, node, "outline", 1, 9, 0);
    style->keep_next = nb_reader_flag(reader, node, "keep_next");
    style->hanging = nb_reader_flag(reader, node, "hanging");
    if (style->size <= 0 || style->pitch <= 0)
        nb_reader_fault(
            reader, node,
            NB_SAY(reader->findings, "字号和行距要大于 0", "size and pitch must be more than 0"));
    if (style->tracking <= -style->size || style->tracking > style->size ||
        style->first_line_indent < 0 || style->space_before < 0 || style->space_after < 0)
        nb_reader_fault(reader, node,
                        NB_SAY(reader->findings, "字距不能超过一个字，缩进和段前段后不能小于 0",
                               "tracking is at most a character, and neither the indent nor the "
                               "space around is less than 0"));
}

/* A line of each style, and its indent, must find room on the page. */
static void check_room(nb_reader *reader, const nb_json *root, const nb_page_style *style)
{
    for (int i = 0; i < style->style_count; i++) {
        const nb_paragraph_style *own = &style->styles[i];
        if (own->pitch > style->text_height ||
            own->size > style->text_width - own->first_line_indent)
            nb_reader_fault(reader, root,
                            NB_SAY(reader->findings, "样式“%s”的一行在版心里放不下",
                                   "a line of style “%s” has no room in the text block"),
                            own->name);
    }
    const nb_margin_line *mark = &style->draft_mark;
    if (mark->style && (mark->distance < 0 || mark->distance + mark->style->pitch > style->top))
        nb_reader_fault(reader, root, "%s",
                        NB_SAY(reader->findings, "版心以上放不下草稿标记",
                               "the mark of a draft has no room above the text block"));
}

static void read_styles(nb_reader *reader, const nb_json *root, nb_page_style *style)
{
    const nb_json *styles = nb_reader_need(reader, root, "styles", NB_JSON_OBJECT);
    if (!styles)
        return;
    style->style_count = 0;
    style->styles = NB_NEW_ARRAY(reader->arena, nb_paragraph_style, (size_t)styles->count);
    for (const nb_json *node = styles->first; node; node = node->next)
        read_paragraph_style(reader, node, &style->styles[style->style_count++]);
}

/* A style that the program itself asks for by name. */
static const nb_paragraph_style *need_style(nb_reader *reader, const nb_page_style *style,
                                            const nb_json *node, const char *name)
{
    const nb_paragraph_style *found = nb_page_style_lookup(style, nb_string_of(name));
    if (!found)
        nb_reader_fault(reader, node, NB_SAY(reader->findings, "缺少样式“%s”", "no style “%s”"),
                        name);
    return found;
}

static void read_pattern(nb_reader *reader, const nb_page_style *style, const nb_json *node,
                         nb_heading_pattern *pattern)
{
    static const char *const digits[] = { "{digit}", "{chinese}" };
    const char *number = nb_reader_text(reader, node, "number");
    for (int i = 0; i < 2; i++) {
        const char *at = strstr(number, digits[i]);
        if (!at)
            continue;
        pattern->before = nb_arena_copy(reader->arena, number, (size_t)(at - number));
        pattern->chinese = i == 1;
        pattern->after = at + strlen(digits[i]);
    }
    if (!pattern->after || !*pattern->after) {
        nb_reader_fault(reader, node,
                        NB_SAY(reader->findings, "number 要有 {chinese} 或 {digit}，其后要有标点",
                               "number must have {chinese} or {digit} and a mark after it"));
        pattern->before = pattern->after = "";
    }
    pattern->style = need_style(reader, style, node, nb_reader_text(reader, node, "style"));
}

static void read_headings(nb_reader *reader, const nb_json *root, nb_page_style *style)
{
    const nb_json *headings = nb_reader_need(reader, root, "headings", NB_JSON_OBJECT);
    const nb_json *levels =
        headings ? nb_reader_need(reader, headings, "levels", NB_JSON_ARRAY) : NULL;
    if (!levels)
        return;
    style->section =
        need_style(reader, style, headings, nb_reader_text(reader, headings, "section"));
    style->heading_characters = nb_reader_whole_or(reader, headings, "longest", 1, 1000, 40);
    style->sentence_marks = nb_string_of(nb_reader_text(reader, headings, "sentence_marks"));
    style->pattern_count = 0;
    if (levels->count > NB_HEADING_LEVELS_MOST) {
        nb_reader_fault(
            reader, levels,
            NB_SAY(reader->findings, "标题最多 %d 级", "headings have at most %d levels"),
            NB_HEADING_LEVELS_MOST);
        return;
    }
    style->patterns = NB_NEW_ARRAY(reader->arena, nb_heading_pattern, (size_t)levels->count);
    for (const nb_json *node = levels->first; node; node = node->next)
        read_pattern(reader, style, node, &style->patterns[style->pattern_count++]);
}

static void read_page(nb_reader *reader, const nb_json *root, nb_page_style *style)
{
    const nb_json *page = nb_reader_need(reader, root, "page", NB_JSON_OBJECT);
    if (!page)
        return;
    NB_READER_ONLY(reader, page, "width", "height", "left", "top", "text_width", "text_height");
    style->paper_width = nb_reader_length(reader, page, "width");
    style->paper_height = nb_reader_length(reader, page, "height");
    style->top = nb_reader_length(reader, page, "top");
    style->text_width = nb_reader_length(reader, page, "text_width");
    style->text_height = nb_reader_length(reader, page, "text_height");
    style->left = nb_reader_length(reader, page, "left");
    if (style->text_width <= 0 || style->text_height <= 0 || style->left < 0 || style->top < 0 ||
        style->left + style->text_width > style->paper_width ||
        style->top + style->text_height > style->paper_height)
        nb_reader_fault(
            reader, page,
            NB_SAY(reader->findings, "版心超出纸面", "the text block lies outside the paper"));
}

static void read_margin_line(nb_reader *reader, const nb_json *node, const char *distance,
                             nb_margin_line *line)
{
    line->before = line->after = "";
    line->inset = nb_reader_length_or(reader, node, "inset", 0);
    line->inset_characters = nb_reader_whole_or(reader, node, "inset_characters", 0, 20, 0);
    line->distance = nb_reader_length(reader, node, distance);
}

static void read_page_number(nb_reader *reader, const nb_json *root, nb_page_style *style)
{
    const nb_json *number = nb_reader_need(reader, root, "page_number", NB_JSON_OBJECT);
    nb_margin_line *line = &style->page_number;
    if (!number)
        return;
    NB_READER_ONLY(reader, number, "before", "after", "inset", "inset_characters", "foot_distance");
    read_margin_line(reader, number, "foot_distance", line);
    line->has_number = true;
    line->before = nb_reader_text_or(reader, number, "before", "");
    line->after = nb_reader_text_or(reader, number, "after", "");
}

static void read_draft_mark(nb_reader *reader, const nb_json *root, nb_page_style *style)
{
    const nb_json *mark = nb_reader_need(reader, root, "draft_mark", NB_JSON_OBJECT);
    if (!mark)
        return;
    NB_READER_ONLY(reader, mark, "words", "title_after", "inset", "inset_characters",
                   "head_distance");
    read_margin_line(reader, mark, "head_distance", &style->draft_mark);
    style->draft_mark.before = nb_reader_text(reader, mark, "words");
    style->draft_title_after = nb_reader_text_or(reader, mark, "title_after", "");
}

static void read_table(nb_reader *reader, const nb_json *root, nb_page_style *style)
{
    const nb_json *table = nb_reader_need(reader, root, "table", NB_JSON_OBJECT);
    if (!table)
        return;
    style->table_rule = nb_reader_length(reader, table, "rule");
    style->table_cell_left = nb_reader_length(reader, table, "cell_left");
    style->table_cell_right = nb_reader_length(reader, table, "cell_right");
    if (style->table_rule <= 0 || style->table_cell_left < 0 || style->table_cell_right < 0)
        nb_reader_fault(reader, table,
                        NB_SAY(reader->findings, "线宽要大于 0，单元格边距不能小于 0",
                               "the rule must be wider than 0, and the cell's edges not less"));
}

static void read_line_break(nb_reader *reader, const nb_json *root, nb_page_style *style)
{
    const nb_json *rules = nb_reader_need(reader, root, "line_break", NB_JSON_OBJECT);
    if (!rules)
        return;
    NB_READER_ONLY(reader, rules, "profile", "units", "prefixes");
    const char *profile = nb_reader_text(reader, rules, "profile");
    style->compact = strcmp(profile, "compact") == 0;
    if (!style->compact && strcmp(profile, "grid") != 0)
        nb_reader_fault(reader, rules,
                        NB_SAY(reader->findings, "profile 要是 grid 或 compact",
                               "profile must be grid or compact"));
    style->held_units = nb_string_of(nb_reader_text_or(reader, rules, "units", ""));
    style->held_prefixes = nb_string_of(nb_reader_text_or(reader, rules, "prefixes", ""));
}

static void read_script_gap(nb_reader *reader, const nb_json *root, nb_page_style *style)
{
    int64_t value;
    const char *unit;
    nb_string text = nb_json_member_text(root, "script_gap");
    if (nb_reader_decimal(text, &value, &unit) && strcmp(unit, "em") == 0 && value >= 0 &&
        value <= 10000)
        style->script_gap_per_mille = (int)(value / 10);
    else
        nb_reader_fault(reader, root,
                        NB_SAY(reader->findings, "script_gap 要是 0em 到 1em，如 \"0.2em\"",
                               "script_gap must be 0em to 1em, such as \"0.2em\""));
}

/* The styles that the program itself asks for. */
static void find_named_styles(nb_reader *reader, const nb_json *root, nb_page_style *style)
{
    style->title = need_style(reader, style, root, "title");
    style->body = need_style(reader, style, root, "body");
    style->note = need_style(reader, style, root, "note");
    style->caption = need_style(reader, style, root, "caption");
    style->attachment = need_style(reader, style, root, "attachment");
    style->signature = need_style(reader, style, root, "signature");
    style->signature_date = need_style(reader, style, root, "signature_date");
    style->page_number.style = need_style(reader, style, root, "page_number");
    style->draft_mark.style = need_style(reader, style, root, "draft_mark");
}

const char *nb_page_style_base(nb_string json, nb_arena *arena)
{
    const nb_json *root;
    /* Loading the file tells its faults. */
    nb_findings *unheard = nb_findings_new_in(arena, NB_ENGLISH);
    if (nb_json_read(json, "", nb_json_default_limits, arena, unheard, &root) != NB_OK)
        return "";
    return nb_json_member_text(root, "based_on").data;
}

nb_status nb_page_style_load(nb_string json, const char *name, const nb_page_style *base,
                             nb_arena *arena, nb_findings *findings, const nb_page_style **out)
{
    static const struct {
        const char *key;
        void (*read)(nb_reader *reader, const nb_json *root, nb_page_style *style);
    } sections[] = {
        { "line_break", read_line_break },
        { "script_gap", read_script_gap },
        { "page", read_page },
        { "table", read_table },
        { "styles", read_styles },
        { "headings", read_headings },
        { "page_number", read_page_number },
        { "draft_mark", read_draft_mark },
    };
    nb_reader reader = { name, arena, findings, false };
    nb_page_style *style = NB_NEW(arena, nb_page_style);
    const nb_json *root;
    *out = NULL;
    if (nb_json_read(json, name, nb_json_default_limits, arena, findings, &root) != NB_OK)
        return NB_E_RESOURCE;
    NB_READER_ONLY(&reader, root, "style", "source", "based_on", "page", "page_number",
                   "draft_mark", "script_gap", "line_break", "table", "headings", "styles");
    if (base)
        *style = *base;
    style->id = nb_reader_text(&reader, root, "style");
    style->source = nb_reader_text(&reader, root, "source");
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        if (!base || nb_json_member(root, sections[i].key))
            sections[i].read(&reader, root, style);
    find_named_styles(&reader, root, style);
    check_room(&reader, root, style);
    *out = style;
    return reader.failed ? NB_E_RESOURCE : NB_OK;
}
