#include "doc/document.h"

nb_string nb_text_plain(const nb_text *text, nb_arena *arena)
{
    size_t length = 0;
    for (int i = 0; i < text->span_count; i++)
        length += text->spans[i].text.length;
    char *plain = nb_arena_alloc(arena, length + 1), *to = plain;
    for (int i = 0; i < text->span_count; i++)
        for (size_t at = 0; at < text->spans[i].text.length; at++)
            if (text->spans[i].text.data[at] != '\n')
                *to++ = text->spans[i].text.data[at];
    return (nb_string){ plain, (size_t)(to - plain) };
}

int nb_document_image_index(const nb_document *document, const nb_image *image)
{
    int index = 0;
    while (index + 1 < document->image_count && document->images[index] != image)
        index++;
    return index;
}
