#include "text/installed.h"

#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>

struct nb_installed {
    nb_arena *arena;
    FcConfig *config; /* our own: the library's global one would outlive us */
    bool started;
    FcPattern *pattern;
    FcObjectSet *objects;
    FcFontSet *set;
};

static void end_query(nb_installed *installed)
{
    if (installed->set)
        FcFontSetDestroy(installed->set);
    if (installed->objects)
        FcObjectSetDestroy(installed->objects);
    if (installed->pattern)
        FcPatternDestroy(installed->pattern);
    installed->set = NULL;
    installed->objects = NULL;
    installed->pattern = NULL;
}

void nb_installed_close(nb_installed *installed)
{
    end_query(installed);
    if (installed->config)
        FcConfigDestroy(installed->config);
    installed->config = NULL;
}

static void release(void *object)
{
    nb_installed_close(object);
}

nb_installed *nb_installed_new(nb_arena *arena)
{
    nb_installed *installed = NB_NEW(arena, nb_installed);
    installed->arena = arena;
    nb_arena_defer(arena, release, installed);
    return installed;
}

/* "" when the pattern does not say. */
static const char *text_of(const FcPattern *pattern, const char *object)
{
    FcChar8 *text = NULL;
    FcResult result = FcPatternGetString(pattern, object, 0, &text);
    return result == FcResultMatch && text ? (const char *)text : "";
}

static int number_of(const FcPattern *pattern, const char *object, int missing)
{
    int number = 0;
    return FcPatternGetInteger(pattern, object, 0, &number) == FcResultMatch ? number : missing;
}

/* An instance of a variable font has a number above the lower 16 bits of its index. */
static bool is_usable(const FcPattern *pattern)
{
    const char *format = text_of(pattern, FC_FONTFORMAT);
    return (strcmp(format, "TrueType") == 0 || strcmp(format, "CFF") == 0) &&
           number_of(pattern, FC_INDEX, 0) >> 16 == 0 && *text_of(pattern, FC_FILE) &&
           *text_of(pattern, FC_POSTSCRIPT_NAME);
}

/* How far a face is from upright and regular. */
static int distance(const FcPattern *pattern)
{
    return abs(number_of(pattern, FC_WEIGHT, FC_WEIGHT_REGULAR) - FC_WEIGHT_REGULAR) +
           1000 * abs(number_of(pattern, FC_SLANT, FC_SLANT_ROMAN) - FC_SLANT_ROMAN) +
           10 * abs(number_of(pattern, FC_WIDTH, FC_WIDTH_NORMAL) - FC_WIDTH_NORMAL);
}

/* Ties are decided by name, since fontconfig's order is that of the folders on the disk. */
static bool is_better(const FcPattern *a, const FcPattern *b)
{
    int difference = distance(a) - distance(b);
    if (difference == 0)
        difference = strcmp(text_of(a, FC_POSTSCRIPT_NAME), text_of(b, FC_POSTSCRIPT_NAME));
    if (difference == 0)
        difference = strcmp(text_of(a, FC_FILE), text_of(b, FC_FILE));
    return difference < 0;
}

/* The best face whose property is exactly value; it lives until the next query. */
static const FcPattern *query(nb_installed *installed, const char *property, const char *value)
{
    const FcPattern *best = NULL;
    end_query(installed);
    installed->pattern = FcPatternCreate();
    installed->objects = FcObjectSetBuild(FC_FILE, FC_INDEX, FC_POSTSCRIPT_NAME, FC_FONTFORMAT,
                                          FC_WEIGHT, FC_SLANT, FC_WIDTH, (char *)NULL);
    if (!installed->pattern || !installed->objects ||
        !FcPatternAddString(installed->pattern, property, (const FcChar8 *)value))
        return NULL;
    installed->set = FcFontList(installed->config, installed->pattern, installed->objects);
    for (int i = 0; installed->set && i < installed->set->nfont; i++) {
        const FcPattern *found = installed->set->fonts[i];
        if (is_usable(found) && (!best || is_better(found, best)))
            best = found;
    }
    return best;
}

bool nb_installed_find(nb_installed *installed, const nb_candidate *candidate, const char **file,
                       const char **name)
{
    if (!installed->started) {
        installed->started = true;
        installed->config = FcInitLoadConfigAndFonts();
    }
    if (!installed->config)
        return false;
    const FcPattern *found = query(installed, FC_POSTSCRIPT_NAME, candidate->name);
    if (!found && candidate->family)
        found = query(installed, FC_FAMILY, candidate->family);
    if (!found)
        return false;
    *file = nb_arena_print(installed->arena, "%s", text_of(found, FC_FILE));
    *name = nb_arena_print(installed->arena, "%s", text_of(found, FC_POSTSCRIPT_NAME));
    end_query(installed);
    return true;
}
