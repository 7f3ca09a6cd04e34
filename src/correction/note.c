#include "correction/note.h"

#include "report/json.h"

static void write_member(nb_buffer *out, const char *key, nb_string text)
{
    if (!text.length)
        return;
    nb_buffer_byte(out, ',');
    nb_json_write_string(out, nb_string_of(key));
    nb_buffer_byte(out, ':');
    nb_json_write_string(out, text);
}

static void write_number(nb_buffer *out, const char *key, int number)
{
    nb_json_write_string(out, nb_string_of(key));
    nb_buffer_byte(out, ':');
    nb_buffer_integer(out, number);
}

static void write_change(nb_buffer *out, const nb_correction_change *change, int number)
{
    nb_buffer_byte(out, '{');
    write_number(out, "number", number);
    write_member(out, "section", nb_string_of(change->section));
    write_member(out, "place", nb_string_of(change->place));
    write_member(out, "old", nb_string_of(change->old_text));
    write_member(out, "new", nb_string_of(change->new_text));
    nb_buffer_byte(out, '}');
}

void nb_correction_note_write(const nb_note *note, const nb_form *form, nb_buffer *out)
{
    nb_buffer_byte(out, '{');
    write_number(out, "year", note->year);
    write_member(out, "form", nb_string_of(form->id));
    write_member(out, "agency", note->agency);
    write_member(out, "date", note->date);
    nb_buffer_text(out, ",\"signature\":true");
    write_member(out, "report",
                 nb_form_phrase_with(form, "report", "title", note->title, out->arena));
    nb_buffer_byte(out, ',');
    write_number(out, "count", note->change_count);
    write_member(out, "reason", note->reason);
    nb_buffer_text(out, note->relations_hold ? ",\"relations_hold\":true" : "");
    nb_buffer_text(out, ",\"changes\":[");
    for (int i = 0; i < note->change_count; i++) {
        if (i)
            nb_buffer_byte(out, ',');
        write_change(out, &note->changes[i], i + 1);
    }
    nb_buffer_text(out, "]}");
}
