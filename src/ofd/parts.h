/* What the parts of an OFD share: the package being written, and the small habits of its XML. */
#ifndef NB_OFD_PARTS_H
#define NB_OFD_PARTS_H

#include "ofd/usage.h"
#include "pack/xml.h"

#define NB_OFD_TAG_NAMESPACE "urn:nianbao:report:1"

/* An object on a page that a tag points at. */
typedef struct nb_ofd_reference {
    int page_id, object_id;
    struct nb_ofd_reference *next;
} nb_ofd_reference;

/* A value of the report and the objects that show it, in reading order. */
typedef struct nb_ofd_tag {
    const char *name; /* of its element */
    const nb_text *text;
    nb_ofd_reference *references, **end;
    struct nb_ofd_tag *next;
} nb_ofd_tag;

typedef struct nb_ofd {
    const nb_document *document;
    const nb_pages *pages;
    nb_arena *arena;
    nb_findings *findings;
    nb_ofd_usage usage;
    int last_id;    /* GB/T 33190, 7.3: of all objects and resources one sequence */
    int *page_ids;  /* per page */
    int *image_ids; /* per image of the document */
    nb_ofd_tag *tags, *last_tag;
    nb_buffer *scratch;
} nb_ofd;

int nb_ofd_new_id(nb_ofd *ofd);

/* The report's own data is in the package only when there is data. */
bool nb_ofd_has_data(const nb_ofd *ofd);

/*
 * Subset the faces and number them. files has room for each: the bytes of its font file.
 * NB_E_RESOURCE with a finding for each face that must not or cannot be embedded.
 */
nb_status nb_ofd_embed_fonts(nb_ofd *ofd, nb_string *files);

/* One writer for each part. Pages come first: they give out the ids and make the tags. */
void nb_ofd_write_page(nb_ofd *ofd, nb_xml *xml, int index);
void nb_ofd_write_document(nb_ofd *ofd, nb_xml *xml);
void nb_ofd_write_resources(nb_ofd *ofd, nb_xml *xml);
void nb_ofd_write_pictures(nb_ofd *ofd, nb_xml *xml);
void nb_ofd_write_attachments(nb_ofd *ofd, nb_xml *xml);
void nb_ofd_write_tag_list(nb_ofd *ofd, nb_xml *xml);
void nb_ofd_write_tags(nb_ofd *ofd, nb_xml *xml);

/* The file of one of the document's images, in the package's folder of resources. */
const char *nb_ofd_picture_file(const nb_ofd *ofd, int index);

#define NB_OFD_DATA_FILE "report.json"
#define NB_OFD_TAG_FILE "report.xml"

/* A date that XML Schema takes as one: a report that is written by force may state any. */
bool nb_ofd_is_date(nb_string date);

/*
 * Open the root element of a part of the standard's, with its namespace under the prefix that it
 * asks for (7.1).
 */
void nb_ofd_open_root(nb_xml *xml, const char *name);
/* An element with a plain text of ours. */
void nb_ofd_element(nb_xml *xml, const char *name, const char *text);

/* A length in 1/10000 mm, to the nearest: the one rounding of coordinates in this writer. */
int64_t nb_ofd_units(nb_length length);
/* Lengths are written in mm. */
void nb_ofd_mm(nb_buffer *out, int64_t units);
void nb_ofd_mm_attribute(nb_ofd *ofd, nb_xml *xml, const char *name, int64_t units);

/* A rectangle in 1/10000 mm. */
typedef struct nb_ofd_box {
    int64_t x, y, width, height;
} nb_ofd_box;

/* The smallest box on the grid of 1/100 mm that holds what lies between two corners. */
nb_ofd_box nb_ofd_box_around(int64_t left, int64_t top, int64_t right, int64_t bottom);
void nb_ofd_box_attribute(nb_ofd *ofd, nb_xml *xml, const char *name, nb_ofd_box box);

/* An empty buffer for a value under way to its attribute; and that attribute. */
nb_buffer *nb_ofd_scratch(nb_ofd *ofd);
void nb_ofd_scratch_attribute(nb_ofd *ofd, nb_xml *xml, const char *name);

#endif
