/*
 * A paragraph that speaks of the tables: as it is, and with each byte from 0x80 a word of the form.
 * What is read in it lies inside it, on whole characters, and refers only backwards.
 */
#include "target.h"

#include "check/check.h"
#include "check/reading.h"

/* Bytes below 0x80 stand for themselves, the others, by twos, for words of the form. */
static nb_string text_of_words(const target_input *input)
{
    const nb_lexicon *lexicon = shipped_form()->claims->lexicon;
    nb_buffer *text = nb_buffer_new(input->arena, 1 << 16);
    const uint8_t *bytes = (const uint8_t *)input->bytes.data;
    for (size_t i = 0; i < input->bytes.length; i++) {
        if (bytes[i] < 0x80) {
            if (bytes[i] >= ' ')
                nb_buffer_byte(text, bytes[i]);
            continue;
        }
        int low = i + 1 < input->bytes.length ? bytes[++i] : 0;
        int word = ((bytes[i] & 0x7F) << 8 | low) % nb_lexicon_count(lexicon);
        nb_string words = nb_lexicon_word(lexicon, word)->text;
        nb_buffer_add(text, words.data, words.length);
    }
    return (nb_string){ text->length ? (const char *)text->data : "", text->length };
}

static void expect_range(nb_string text, size_t start, size_t end)
{
    bool whole = start <= end && end <= text.length &&
                 (start == text.length || ((unsigned char)text.data[start] & 0xC0) != 0x80) &&
                 (end == text.length || ((unsigned char)text.data[end] & 0xC0) != 0x80);
    if (!whole)
        abort();
}

static void expect_before(int index, int limit)
{
    if (index < -1 || index >= limit)
        abort();
}

static void expect_good(const struct nb_claims *claims, nb_string text, const nb_reading *reading)
{
    for (int i = 0; i < reading->statement_count; i++) {
        const nb_statement *statement = &reading->statements[i];
        expect_range(text, statement->start, statement->end);
        expect_range(text, statement->phrase_start, statement->phrase_end);
        expect_before(statement->parent, i);
        expect_before(statement->echoes, i);
        if (statement->number.low > statement->number.high ||
            statement->label_count > NB_LABELS_MOST)
            abort();
        for (int l = 0; l < statement->label_count; l++)
            if (statement->labels[l].subject < 0 ||
                statement->labels[l].subject >= claims->subject_count)
                abort();
    }
    for (int i = 0; i < reading->percentage_count; i++) {
        expect_range(text, reading->percentages[i].start, reading->percentages[i].end);
        expect_before(reading->percentages[i].statement, reading->statement_count);
    }
    for (int i = 0; i < reading->list_count; i++) {
        const nb_part_list *list = &reading->lists[i];
        expect_before(list->whole, reading->statement_count);
        for (int part = 0; part < list->part_count; part++)
            if (list->parts[part] <= list->whole)
                abort();
    }
}

static void check_text(const target_input *input, nb_string text)
{
    nb_report *report = nb_report_new_empty(shipped_form(), "x", input->arena);
    nb_value *prose = &report->values[nb_form_slot(report->form, NB_STRING("/sections/overview"))];
    nb_value *year = &report->values[report->form->year_slot];
    nb_item *item = NB_NEW(input->arena, nb_item);
    *item = (nb_item){ .text = text, .line = 1, .column = 1 };
    *prose = (nb_value){ .state = NB_VALUE_STATED, .items = item, .item_count = 1 };
    *year = (nb_value){ .state = NB_VALUE_STATED, .number = 2022, .text = NB_STRING("2022") };
    for (int slot = 0; slot < report->form->slot_count; slot++)
        if (report->form->slots[slot].field->kind == NB_FIELD_VECTOR ||
            report->form->slots[slot].field->kind == NB_FIELD_COUNT)
            report->values[slot] =
                (nb_value){ .state = NB_VALUE_STATED, .number = slot % 7, .text = NB_STRING("1") };
    (void)nb_check(report, shipped_style(), NULL, input->arena, input->findings);

    nb_text_reader reader = nb_text_reader_of(report, input->arena);
    for (int subject = -1; subject < 2; subject++) {
        nb_reading reading = nb_read_text(&reader, text, subject);
        expect_good(report->form->claims, text, &reading);
    }
}

static nb_status body(void *context)
{
    const target_input *input = context;
    if (nb_utf8_valid_length(input->bytes) == input->bytes.length)
        check_text(input, input->bytes);
    check_text(input, text_of_words(input));
    return NB_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
