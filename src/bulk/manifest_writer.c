/* A manifest being written: a file that appears when it is whole and on the disk. */
#include "bulk/manifest.h"

#include "bulk/part_file.h"

struct nb_manifest_writer {
    nb_arena *arena;
    nb_part_file *file;
    nb_sha256 digest;
};

int nb_manifest_writer_open(const char *part, nb_arena *arena, nb_manifest_writer **out)
{
    nb_manifest_writer *writer = *out = NB_NEW(arena, nb_manifest_writer);
    writer->arena = arena;
    writer->digest = nb_sha256_begin();
    return nb_part_file_open(part, arena, &writer->file);
}

int nb_manifest_writer_add(nb_manifest_writer *writer, nb_string line)
{
    nb_sha256_add(&writer->digest, line);
    return nb_part_file_add(writer->file, line);
}

int nb_manifest_writer_finish(nb_manifest_writer *writer, nb_manifest_end *end, const char *path)
{
    nb_buffer *line = nb_buffer_new(writer->arena, NB_LONGEST_MANIFEST_LINE);
    nb_sha256_end(&writer->digest, end->digest);
    nb_manifest_write_end(end, line);
    int reason =
        nb_part_file_add(writer->file, (nb_string){ (const char *)line->data, line->length });
    /* Not only the manifest: what it speaks of is on the disk before it has its name. */
    return reason ? reason : nb_part_file_put(writer->file, NB_SYNC_ALL, path);
}
