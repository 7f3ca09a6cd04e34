#include "cli/bulk_progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { BAR = 24 /* columns */ };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

bool nb_bulk_meter_is_shown(nb_bulk_meter *meter, bool is_quiet)
{
    meter->started = now();
    return meter->as_json || (!is_quiet && isatty(STDERR_FILENO));
}

/* Seconds that are left at the pace so far, or below 0 when that is not known. */
static double seconds_left(const nb_bulk_progress *progress, double spent)
{
    if (!progress->size || !progress->read || progress->read > progress->size)
        return -1;
    return spent * (double)(progress->size - progress->read) / (double)progress->read;
}

static void show_json(const nb_bulk_progress *progress, double spent, double rate)
{
    fprintf(stderr,
            "{\"done\":%zu,\"failed\":%zu,\"kept\":%zu,\"read\":%llu,\"size\":%llu,"
            "\"milliseconds\":%ld,\"rows_per_second\":%ld,\"is_last\":%s}\n",
            progress->done, progress->failed, progress->kept, (unsigned long long)progress->read,
            (unsigned long long)progress->size, (long)(spent * 1000), (long)rate,
            progress->is_last ? "true" : "false");
}

static void show_bar(const nb_bulk_meter *meter, const nb_bulk_progress *progress, double spent,
                     double rate)
{
    double left = seconds_left(progress, spent);
    bool is_english = meter->language == NB_ENGLISH;
    putc('\r', stderr);
    if (progress->size) {
        double part = (double)progress->read / (double)progress->size;
        int filled = part > 1 ? BAR : (int)(part * BAR);
        putc('[', stderr);
        for (int i = 0; i < BAR; i++)
            putc(i < filled ? '#' : '.', stderr);
        fprintf(stderr, "] %3d%% ", part > 1 ? 100 : (int)(part * 100));
    }
    fprintf(stderr, is_english ? "%zu done" : "做成 %zu", progress->done);
    if (progress->failed)
        fprintf(stderr, is_english ? ", %zu failed" : "，没有做成 %zu", progress->failed);
    fprintf(stderr, is_english ? ", %.0f a second" : "，每秒 %.0f", rate);
    if (left >= 0 && !progress->is_last)
        fprintf(stderr, is_english ? ", %d:%02d:%02d left" : "，还要 %d:%02d:%02d",
                (int)left / 3600, (int)left / 60 % 60, (int)left % 60);
    fputs("\033[K", stderr);
    if (progress->is_last)
        putc('\n', stderr);
    fflush(stderr);
}

void nb_bulk_meter_show(void *context, const nb_bulk_progress *progress)
{
    const nb_bulk_meter *meter = context;
    double spent = now() - meter->started;
    double rate =
        spent > 0 ? (double)(progress->done + progress->failed - progress->kept) / spent : 0;
    if (meter->as_json)
        show_json(progress, spent, rate);
    else
        show_bar(meter, progress, spent, rate);
}
