#include "doc/pictures.h"

#include "base/base64.h"
#include "base/file.h"
#include "form/fill.h"

typedef struct loading {
    nb_document *document;
    const char *folder;
    nb_arena *arena;
    nb_findings *findings;
} loading;

static nb_place place_of(const loading *l, const nb_block *block)
{
    return (nb_place){ l->document->name, block->text.line, block->text.column,
                       nb_arena_print(l->arena, "%s/picture", block->text.pointer) };
}

static bool refuse(const loading *l, const nb_block *block, const char *why, const char *hint)
{
    nb_finding *finding =
        nb_findings_add(l->findings, NB_ERROR, "IMG", place_of(l, block), "%s", why);
    nb_finding_hint(l->findings, finding, "%s", hint);
    return false;
}

/* data:image/png;base64,… The type is not looked at: the bytes tell it. */
static bool read_data_address(const loading *l, const nb_block *block, nb_string *out)
{
    static const char mark[] = ";base64,";
    const size_t head = sizeof mark - 1, longest_type = 64;
    nb_string source = block->picture->source;
    for (size_t i = 0; i < longest_type && i + head <= source.length; i++) {
        if (memcmp(source.data + i, mark, head) != 0)
            continue;
        nb_string digits = { source.data + i + head, source.length - i - head };
        if (nb_base64_decode(digits, l->arena, out))
            return true;
        break;
    }
    return refuse(l, block,
                  NB_SAY(l->findings, "这个 data: 地址里不是 Base64 编码的图片",
                         "this data: address holds no picture in Base64"),
                  NB_SAY(l->findings, "要写成 data:image/png;base64,…",
                         "it must be data:image/png;base64,…"));
}

static bool read_file(const loading *l, const nb_block *block, nb_string *out)
{
    nb_string source = block->picture->source;
    if (!l->folder)
        return refuse(l, block,
                      nb_arena_print(l->arena,
                                     NB_SAY(l->findings, "没有文件夹可读图片“%s”",
                                            "there is no folder to read picture “%s” from"),
                                     source.data),
                      NB_SAY(l->findings, "把图片写成 data: 地址，放在报告里",
                             "write the picture into the report, as a data: address"));
    const char *path = nb_arena_print(l->arena, "%s/%s", l->folder, source.data);
    /* What is told is told at the picture's place. */
    nb_findings *unheard = nb_findings_new_in(l->arena, NB_ENGLISH);
    /* Nothing but a plain file is opened: a pipe would never end. */
    if (!nb_file_exists(path))
        return refuse(
            l, block,
            nb_arena_print(l->arena,
                           NB_SAY(l->findings, "没有图片文件“%s”", "there is no picture file “%s”"),
                           source.data),
            nb_arena_print(l->arena, NB_SAY(l->findings, "它应在 %s", "it should be %s"), path));
    if (!unheard || nb_file_read(path, NB_IMAGE_LARGEST_FILE, l->arena, unheard, out) != NB_OK)
        return refuse(
            l, block,
            nb_arena_print(l->arena,
                           NB_SAY(l->findings, "图片文件“%s”读不出来，或超过 %d MiB",
                                  "picture file “%s” cannot be read, or has more than %d MiB"),
                           source.data, NB_IMAGE_LARGEST_FILE >> 20),
            NB_SAY(l->findings, "看它的大小和读取权限", "look at its size and who may read it"));
    return true;
}

/* The document's image of these bytes, which is made when it is new; NULL when it cannot be. */
static const nb_image *image_of(const loading *l, const nb_block *block, nb_string bytes)
{
    nb_document *document = l->document;
    for (int i = 0; i < document->image_count; i++)
        if (nb_string_equal(document->images[i]->bytes, bytes))
            return document->images[i];
    const nb_image *image = nb_image_load(bytes, place_of(l, block), l->arena, l->findings);
    if (image)
        document->images[document->image_count++] = image;
    return image;
}

nb_status nb_load_pictures(nb_document *document, const char *folder, nb_arena *arena,
                           nb_findings *findings)
{
    loading l = { document, folder, arena, findings };
    bool failed = false;
    document->images = NB_NEW_ARRAY(arena, const nb_image *, (size_t)document->block_count);
    for (int i = 0; i < document->block_count; i++) {
        nb_block *block = &document->blocks[i];
        nb_string bytes;
        if (block->kind != NB_BLOCK_PICTURE)
            continue;
        bool is_read = nb_is_data_address(block->picture->source)
                           ? read_data_address(&l, block, &bytes)
                           : read_file(&l, block, &bytes);
        block->picture->image = is_read ? image_of(&l, block, bytes) : NULL;
        failed |= !block->picture->image;
    }
    return failed ? NB_E_RESOURCE : NB_OK;
}
