/*
 * Runs every file of the given folders, or the given files, through a fuzz target, without
 * libFuzzer: what fuzzing once found stays found in the normal run.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST_INPUT = 16 << 20 };

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return 1;
    }
    uint8_t *data = malloc(LARGEST_INPUT);
    size_t size = data ? fread(data, 1, LARGEST_INPUT, file) : 0;
    fclose(file);
    /* A block of just this size lets the sanitizer see a read past the input's end. */
    uint8_t *exact = malloc(size ? size : 1);
    if (!data || !exact) {
        fprintf(stderr, "%s: out of memory\n", path);
        free(data);
        free(exact);
        return 1;
    }
    for (size_t i = 0; i < size; i++)
        exact[i] = data[i];
    free(data);
    /* Told before the run, so that a crash names its input. */
    fprintf(stderr, "%s: %zu bytes\n", path, size);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return 0;
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int replay_folder(const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_visible, alphasort);
    if (count < 0)
        return replay_file(folder);
    int failed = 0;
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        failed |= replay_file(path);
        free(entries[i]);
    }
    free(entries);
    if (count == 0) {
        fprintf(stderr, "%s: no inputs\n", folder);
        failed = 1;
    }
    return failed;
}

int main(int argc, char **argv)
{
    int failed = argc < 2;
    for (int i = 1; i < argc; i++)
        failed |= replay_folder(argv[i]);
    return failed;
}
