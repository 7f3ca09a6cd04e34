/* The answer of nianbao-pdf-text, line by line; src/pdftext has its grammar. */
#include "import/pdf.h"

#include "import/placed.h"

enum {
    MOST_PAGES = 500,
    FARTHEST = 100000000 /* from the page's corner, either way */
};

typedef struct answer {
    nb_string rest;
    nb_placed_page *pages;
    int count;
    int capacity;
} answer;

static nb_string next_line(answer *a)
{
    const char *stop = memchr(a->rest.data, '\n', a->rest.length);
    nb_string line = { a->rest.data, stop ? (size_t)(stop - a->rest.data) : a->rest.length };
    size_t used = line.length + (stop ? 1 : 0);
    a->rest = (nb_string){ a->rest.data + used, a->rest.length - used };
    return line;
}

/* Move the line past its first word when that is the one. */
static bool take_word(nb_string *line, const char *word)
{
    size_t length = strlen(word);
    if (line->length < length || memcmp(line->data, word, length) != 0 ||
        (line->length > length && line->data[length] != ' '))
        return false;
    length += line->length > length;
    *line = (nb_string){ line->data + length, line->length - length };
    return true;
}

static bool take_number(nb_string *line, int *number)
{
    size_t i = line->length && line->data[0] == '-', first = i;
    int64_t value = 0;
    for (; i < line->length && line->data[i] >= '0' && line->data[i] <= '9' && value < FARTHEST;
         i++)
        value = value * 10 + line->data[i] - '0';
    if (i == first || value >= FARTHEST || (i < line->length && line->data[i] != ' '))
        return false;
    *number = (int)(first ? -value : value);
    i += i < line->length;
    *line = (nb_string){ line->data + i, line->length - i };
    return true;
}

static bool take_box(nb_string *line, nb_box *box)
{
    return take_number(line, &box->left) && take_number(line, &box->top) &&
           take_number(line, &box->right) && take_number(line, &box->bottom) &&
           box->left <= box->right && box->top <= box->bottom;
}

static void carry(nb_extract *extract, answer *a, nb_string line)
{
    enum { HEX = 64 };
    int length;
    if (!take_number(&line, &length) || length < 0 || (size_t)length > a->rest.length)
        return;
    nb_string json = { a->rest.data, (size_t)length };
    a->rest = (nb_string){ a->rest.data + length, a->rest.length - (size_t)length };
    next_line(a);
    extract->is_draft = nb_string_find(line, "draft") != SIZE_MAX;
    /* The description ends in the digest. */
    size_t digits = 0;
    while (digits < line.length && digits < HEX) {
        char c = line.data[line.length - 1 - digits];
        if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
            break;
        digits++;
    }
    nb_string digest = { line.data + line.length - digits, digits == HEX ? HEX : 0 };
    nb_extract_carry(extract, json, digest);
}

/* A character of the page, or of a text whose reading order is not asked for. */
static void add_character(nb_extract *extract, answer *a, nb_string line)
{
    nb_box box;
    if (!a->count || !take_box(&line, &box) || !line.length ||
        nb_utf8_valid_length(line) != line.length || nb_utf8_count(line) != 1)
        return;
    nb_placed_page *page = &a->pages[a->count - 1];
    NB_GROW(extract->arena, page->characters, page->count, &page->capacity);
    page->characters[page->count++] = (nb_placed_character){ .box = box, .text = line };
}

static void add_rule(nb_extract *extract, answer *a, nb_string line)
{
    nb_box box;
    if (!a->count || !take_box(&line, &box))
        return;
    nb_placed_page *page = &a->pages[a->count - 1];
    NB_GROW(extract->arena, page->rules, page->rule_count, &page->rule_capacity);
    page->rules[page->rule_count++] = box;
}

static void add_page(nb_extract *extract, answer *a, nb_string line)
{
    if (a->count == MOST_PAGES)
        return;
    NB_GROW(extract->arena, a->pages, a->count, &a->capacity);
    nb_placed_page *page = &a->pages[a->count++];
    *page = (nb_placed_page){ .width = 0 };
    if (!take_number(&line, &page->width) || !take_number(&line, &page->height))
        *page = (nb_placed_page){ .width = 0 };
}

static bool has_text(const answer *a)
{
    for (int i = 0; i < a->count; i++)
        if (a->pages[i].count)
            return true;
    return false;
}

nb_status nb_pdf_answer_read(nb_extract *extract, nb_string bytes)
{
    answer a = { .rest = bytes };
    bool ended = false;
    while (a.rest.length && !ended) {
        nb_string line = next_line(&a);
        if (take_word(&line, "text"))
            add_character(extract, &a, line);
        else if (take_word(&line, "rule"))
            add_rule(extract, &a, line);
        else if (take_word(&line, "page"))
            add_page(extract, &a, line);
        else if (take_word(&line, "file"))
            carry(extract, &a, line);
        else if (take_word(&line, "encrypted"))
            return nb_extract_refuse(extract, "PDF 已加密；请去掉密码再导入",
                                     "the PDF is encrypted; remove its password first");
        else if (take_word(&line, "large"))
            return nb_extract_refuse(extract, "PDF 太大，不会是报告",
                                     "the PDF is too large for a report");
        else if (take_word(&line, "damaged"))
            break;
        else
            ended = take_word(&line, "end");
    }
    if (!ended)
        return nb_extract_refuse(extract, "PDF 已损坏，读不出来",
                                 "the PDF is damaged and cannot be read");
    if (!has_text(&a))
        return nb_extract_refuse(
            extract, "PDF 里没有文字，可能是扫描件；请用文字识别（OCR）软件处理后再导入",
            "the PDF holds no text: scanned, it seems; have it recognised (OCR) first");
    nb_placed_read(extract, a.pages, a.count);
    return NB_OK;
}

nb_status nb_pdf_read(nb_extract *extract, nb_string bytes)
{
    nb_string text;
    if (!nb_pdf_text(bytes, extract->arena, &text))
        return nb_extract_refuse(extract, "读 PDF 的程序 nianbao-pdf-text 没有装好",
                                 "nianbao-pdf-text, which reads PDFs, is not installed");
    return nb_pdf_answer_read(extract, text);
}
