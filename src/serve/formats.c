#include "serve/formats.h"

const nb_file_format nb_file_formats[] = {
    { "pdf", "application/pdf", NB_PDF },
    { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", NB_DOCX },
    { "ofd", "application/ofd", NB_OFD },
    { "html", "text/html; charset=utf-8", NB_HTML },
};

const int nb_file_format_count = sizeof nb_file_formats / sizeof nb_file_formats[0];

const nb_file_format *nb_file_format_find(nb_string name)
{
    for (int i = 0; i < nb_file_format_count; i++)
        if (nb_string_is(name, nb_file_formats[i].name))
            return &nb_file_formats[i];
    return NULL;
}
