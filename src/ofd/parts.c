#include "ofd/parts.h"

enum { GRID = 100 }; /* units of 1/10000 mm */

int nb_ofd_new_id(nb_ofd *ofd)
{
    return ++ofd->last_id;
}

bool nb_ofd_has_data(const nb_ofd *ofd)
{
    return ofd->document->report_json.length > 0;
}

bool nb_ofd_is_date(nb_string date)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int parts[3] = { 0 };
    if (date.length != 10 || date.data[4] != '-' || date.data[7] != '-')
        return false;
    for (int i = 0; i < 10; i++) {
        if (i == 4 || i == 7)
            continue;
        if (date.data[i] < '0' || date.data[i] > '9')
            return false;
        int *part = &parts[i < 4 ? 0 : i < 7 ? 1 : 2];
        *part = *part * 10 + (date.data[i] - '0');
    }
    int year = parts[0], month = parts[1], day = parts[2];
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return false;
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && is_leap);
}

void nb_ofd_open_root(nb_xml *xml, const char *name)
{
    nb_xml_open(xml, name);
    nb_xml_attribute(xml, "xmlns:ofd", "http://www.ofdspec.org/2016");
}

void nb_ofd_element(nb_xml *xml, const char *name, const char *text)
{
    nb_xml_element(xml, name, nb_string_of(text));
}

int64_t nb_ofd_units(nb_length length)
{
    /* 36000 EMU are 10000 units: 18 to 5. */
    int64_t scaled = (int64_t)length * 5;
    return (scaled + (scaled < 0 ? -9 : 9)) / 18;
}

void nb_ofd_mm(nb_buffer *out, int64_t units)
{
    nb_buffer_decimal(out, units, 4);
}

static int64_t floor_to_grid(int64_t units)
{
    int64_t rest = units % GRID;
    return units - (rest < 0 ? rest + GRID : rest);
}

nb_ofd_box nb_ofd_box_around(int64_t left, int64_t top, int64_t right, int64_t bottom)
{
    nb_ofd_box box = { .x = floor_to_grid(left), .y = floor_to_grid(top) };
    box.width = floor_to_grid(right + GRID - 1) - box.x;
    box.height = floor_to_grid(bottom + GRID - 1) - box.y;
    return box;
}

nb_buffer *nb_ofd_scratch(nb_ofd *ofd)
{
    ofd->scratch->length = 0;
    return ofd->scratch;
}

void nb_ofd_scratch_attribute(nb_ofd *ofd, nb_xml *xml, const char *name)
{
    nb_string value = { (const char *)ofd->scratch->data, ofd->scratch->length };
    nb_xml_attribute_string(xml, name, value);
}

void nb_ofd_mm_attribute(nb_ofd *ofd, nb_xml *xml, const char *name, int64_t units)
{
    nb_ofd_mm(nb_ofd_scratch(ofd), units);
    nb_ofd_scratch_attribute(ofd, xml, name);
}

void nb_ofd_box_attribute(nb_ofd *ofd, nb_xml *xml, const char *name, nb_ofd_box box)
{
    nb_buffer *out = nb_ofd_scratch(ofd);
    int64_t numbers[] = { box.x, box.y, box.width, box.height };
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            nb_buffer_byte(out, ' ');
        nb_ofd_mm(out, numbers[i]);
    }
    nb_ofd_scratch_attribute(ofd, xml, name);
}
