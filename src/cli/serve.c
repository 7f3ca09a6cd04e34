#include "cli/cli.h"

#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

/* The desktop's way to open an address; where there is none, the address was printed. */
static void open_browser(const char *url)
{
    char program[] = "xdg-open", address[1024];
    char *words[] = { program, address, NULL };
    pid_t child;
    snprintf(address, sizeof address, "%s", url);
    (void)posix_spawnp(&child, program, NULL, NULL, words, environ);
}

/* Until the terminal or the system asks to stop. */
static void wait_for_stop(const sigset_t *stops)
{
    int signal_number;
    while (sigwait(stops, &signal_number) != 0)
        ;
}

static int serve(nb_session *session, const sigset_t *stops)
{
    const nb_arguments *arguments = session->arguments;
    nb_server_options options = NB_SERVER_OPTIONS_INIT;
    nb_server *server;
    size_t from = nb_findings_count(session->findings);
    options.address = arguments->serve.address;
    options.port = arguments->serve.port;
    options.token = arguments->serve.token;
    options.hosts = arguments->serve.hosts.list;
    options.host_count = (size_t)arguments->serve.hosts.count;
    options.draft_dir = arguments->serve.dir;
    nb_status status = nb_server_new(session->library, &options, session->findings, &server);
    nb_print_findings(session->findings, from, NULL, arguments->language, stderr);
    if (status != NB_OK)
        return nb_exit_of(status);
    char url[512];
    snprintf(url, sizeof url, "%s%s%s", nb_server_lookup_url(server),
             arguments->serve.token ? "?token=" : "",
             arguments->serve.token ? arguments->serve.token : "");
    printf(NB_WORDS(arguments, "请在浏览器中打开 %s\n按 Ctrl+C 结束\n",
                    "open %s in a browser\npress Ctrl+C to stop\n"),
           url);
    fflush(stdout);
    if (arguments->serve.open)
        open_browser(url);
    wait_for_stop(stops);
    nb_server_drop(server);
    return NB_EXIT_DONE;
}

/* A terminal that closes stops the server, unless whoever started it wants it to go on (nohup). */
static bool is_hangup_heard(void)
{
    struct sigaction action;
    return sigaction(SIGHUP, NULL, &action) == 0 && action.sa_handler != SIG_IGN;
}

int nb_run_serve(const nb_arguments *arguments)
{
    nb_session session;
    sigset_t stops;
    int end = nb_session_begin(&session, arguments);
    /* Before the server's threads begin, so that none of them takes the signals. */
    sigemptyset(&stops);
    sigaddset(&stops, SIGINT);
    sigaddset(&stops, SIGTERM);
    if (is_hangup_heard())
        sigaddset(&stops, SIGHUP);
    sigprocmask(SIG_BLOCK, &stops, NULL);
    if (end == NB_EXIT_DONE)
        end = serve(&session, &stops);
    nb_session_end(&session);
    return end;
}
