/*
 * nianbao-pdf-text: what stands where in a PDF, for nianbao import, as lines of text.
 *
 * This is a program of its own. PDFs come from anywhere, and the library that reads them is large:
 * here it may run out of time or memory, or crash, without taking more than one file with it. It is
 * also what keeps poppler, with all that it loads, out of a command that mostly writes.
 *
 * Standard input is the PDF; standard output, lengths in hundredths of a point from the top left:
 *
 *   encrypted | damaged | large    instead of all else
 *   file LENGTH DESCRIPTION        report.json attached to it: LENGTH bytes and a newline follow
 *   page WIDTH HEIGHT              what follows is on this page
 *   text LEFT TOP RIGHT BOTTOM C   a character; what is blank is left out
 *   rule LEFT TOP RIGHT BOTTOM     a thin line, level or upright
 *   end
 */
#include <cairo.h>
#include <poppler.h>

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define DATA_NAME "report.json"

enum {
    MOST_SECONDS = 20,
    MOST_PAGES = 500,
    MOST_CHARACTERS = 300000, /* and rules */
    LARGEST_FILE = 64 << 20,  /* bytes */
    LARGEST_MEMORY = 1 << 30,
    LARGEST_SIDE = 1500, /* points: a larger page is drawn smaller */
    THIN = 300           /* hundredths of a point: how thick a rule may be */
};

static int written;      /* characters and rules */
static double scale = 1; /* at which the page is drawn */

static void set_limit(int resource, rlim_t value)
{
    struct rlimit limit = { value, value };
    (void)setrlimit((__rlimit_resource_t)resource, &limit);
}

static void limit_resources(void)
{
    set_limit(RLIMIT_CPU, MOST_SECONDS);
    set_limit(RLIMIT_FSIZE, LARGEST_MEMORY);
    set_limit(RLIMIT_CORE, 0);
#ifndef NB_MEMORY_WATCHED
    set_limit(RLIMIT_AS, LARGEST_MEMORY); /* who watches memory maps far more than is used */
#endif
}

static int hundredths(double points)
{
    return isfinite(points) && fabs(points) < 1e6 ? (int)lround(points * 100) : 0;
}

/* Nothing more can be said: the reader of a broken answer knows what to think. */
static void end(const char *word)
{
    printf("%s\n", word);
    fflush(stdout);
    _exit(0);
}

static void write_rule(double left, double top, double right, double bottom)
{
    int l = hundredths(fmin(left, right)), t = hundredths(fmin(top, bottom));
    int r = hundredths(fmax(left, right)), b = hundredths(fmax(top, bottom));
    if (r - l > THIN && b - t > THIN)
        return;
    if (++written > MOST_CHARACTERS)
        end("large");
    printf("rule %d %d %d %d\n", l, t, r, b);
}

typedef struct point {
    double x, y;
} point;

/* Where on the page; the scale by which it is drawn is that of the device. */
static point page_point(cairo_t *cairo, const cairo_path_data_t *data)
{
    point p = { data->point.x, data->point.y };
    cairo_user_to_device(cairo, &p.x, &p.y);
    return (point){ p.x / scale, p.y / scale };
}

/* Each straight side of a stroked path. */
static void stroked(cairo_surface_t *observer, cairo_surface_t *target, void *context)
{
    cairo_t *cairo = context;
    cairo_path_t *path = cairo_copy_path(cairo);
    point at = { 0, 0 }, start = { 0, 0 };
    (void)observer;
    (void)target;
    for (int i = 0; i < path->num_data && path->data[i].header.length > 0;
         i += path->data[i].header.length) {
        const cairo_path_data_t *data = &path->data[i];
        point to = start;
        switch (data->header.type) {
        case CAIRO_PATH_MOVE_TO:
            at = start = page_point(cairo, data + 1);
            continue;
        case CAIRO_PATH_LINE_TO:
            to = page_point(cairo, data + 1);
            break;
        case CAIRO_PATH_CURVE_TO:
            at = page_point(cairo, data + 3);
            continue;
        case CAIRO_PATH_CLOSE_PATH:
            break;
        }
        if (fabs(at.x - to.x) < 0.5 || fabs(at.y - to.y) < 0.5)
            write_rule(at.x, at.y, to.x, to.y);
        at = to;
    }
    cairo_path_destroy(path);
}

/* Each subpath of a filled path by its bounds: rules are often drawn as thin boxes. */
static void filled(cairo_surface_t *observer, cairo_surface_t *target, void *context)
{
    cairo_t *cairo = context;
    cairo_path_t *path = cairo_copy_path(cairo);
    point least = { 0, 0 }, most = { 0, 0 };
    int points = 0;
    bool is_straight = true;
    (void)observer;
    (void)target;
    for (int i = 0; i < path->num_data && path->data[i].header.length > 0;
         i += path->data[i].header.length) {
        const cairo_path_data_t *data = &path->data[i];
        if (data->header.type == CAIRO_PATH_CLOSE_PATH)
            continue;
        if (data->header.type == CAIRO_PATH_MOVE_TO) {
            if (points > 1 && is_straight)
                write_rule(least.x, least.y, most.x, most.y);
            points = 0;
            is_straight = true;
        }
        point p = page_point(cairo, data + data->header.length - 1);
        is_straight = is_straight && data->header.type != CAIRO_PATH_CURVE_TO;
        least = points ? (point){ fmin(least.x, p.x), fmin(least.y, p.y) } : p;
        most = points ? (point){ fmax(most.x, p.x), fmax(most.y, p.y) } : p;
        points++;
    }
    if (points > 1 && is_straight)
        write_rule(least.x, least.y, most.x, most.y);
    cairo_path_destroy(path);
}

/*
 * The page is drawn, and an observer of the drawing told of each line and box. Poppler shows them in
 * no other way.
 */
static void write_rules(PopplerPage *page, double width, double height)
{
    scale = fmin(1, LARGEST_SIDE / fmax(1, fmax(width, height)));
    cairo_surface_t *picture = cairo_image_surface_create(CAIRO_FORMAT_A8, (int)ceil(width * scale),
                                                          (int)ceil(height * scale));
    cairo_surface_t *surface =
        cairo_surface_create_observer(picture, CAIRO_SURFACE_OBSERVER_NORMAL);
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, scale, scale);
    cairo_surface_observer_add_stroke_callback(surface, stroked, cairo);
    cairo_surface_observer_add_fill_callback(surface, filled, cairo);
    poppler_page_render(page, cairo);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    cairo_surface_destroy(picture);
}

static bool is_blank(gunichar c)
{
    return g_unichar_isspace(c) || g_unichar_iscntrl(c) || c == 0x200B || c == 0xFEFF;
}

/* True when there is any text. */
static bool write_text(PopplerPage *page)
{
    char *text = poppler_page_get_text(page);
    PopplerRectangle *boxes = NULL;
    guint count = 0;
    bool has_text = false;
    if (!text || !poppler_page_get_text_layout(page, &boxes, &count))
        count = 0;
    const char *at = text;
    for (guint i = 0; i < count && *at; i++, at = g_utf8_next_char(at)) {
        char bytes[8] = "";
        gunichar c = g_utf8_get_char(at);
        if (is_blank(c))
            continue;
        has_text = true;
        if (++written > MOST_CHARACTERS)
            end("large");
        g_unichar_to_utf8(c, bytes);
        printf("text %d %d %d %d %s\n", hundredths(boxes[i].x1), hundredths(boxes[i].y1),
               hundredths(boxes[i].x2), hundredths(boxes[i].y2), bytes);
    }
    g_free(boxes);
    g_free(text);
    return has_text;
}

static void write_page(PopplerPage *page)
{
    double width, height;
    poppler_page_get_size(page, &width, &height);
    printf("page %d %d\n", hundredths(width), hundredths(height));
    if (write_text(page))
        write_rules(page, width, height);
}

static gboolean add_bytes(const char *bytes, gsize count, gpointer context, GError **error)
{
    (void)error;
    g_byte_array_append(context, (const guint8 *)bytes, (guint)count);
    return ((GByteArray *)context)->len <= LARGEST_FILE;
}

static void write_attachment(PopplerAttachment *attachment)
{
    GByteArray *bytes = g_byte_array_new();
    const char *description = attachment->description ? attachment->description : "";
    if (attachment->name && strcmp(attachment->name, DATA_NAME) == 0 &&
        poppler_attachment_save_to_callback(attachment, add_bytes, bytes, NULL)) {
        printf("file %u ", bytes->len);
        for (; *description; description++)
            putchar(*description == '\n' || *description == '\r' ? ' ' : *description);
        putchar('\n');
        fwrite(bytes->data, 1, bytes->len, stdout);
        putchar('\n');
    }
    g_byte_array_free(bytes, TRUE);
}

static GBytes *read_input(void)
{
    GByteArray *bytes = g_byte_array_new();
    static guint8 piece[1 << 16];
    ssize_t got;
    while (bytes->len <= LARGEST_FILE && (got = read(STDIN_FILENO, piece, sizeof piece)) > 0)
        g_byte_array_append(bytes, piece, (guint)got);
    return g_byte_array_free_to_bytes(bytes);
}

int main(void)
{
    limit_resources();
    GError *error = NULL;
    GBytes *bytes = read_input();
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, &error);
    if (!document)
        end(g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ? "encrypted"
                                                                           : "damaged");
    int pages = poppler_document_get_n_pages(document);
    if (pages > MOST_PAGES || g_bytes_get_size(bytes) > LARGEST_FILE)
        end("large");
    for (GList *item = poppler_document_get_attachments(document); item; item = item->next)
        write_attachment(item->data);
    for (int i = 0; i < pages; i++) {
        PopplerPage *page = poppler_document_get_page(document, i);
        if (!page)
            end("damaged");
        write_page(page);
        g_object_unref(page);
    }
    /* What is left is the process's, and ends with it. */
    end("end");
}
