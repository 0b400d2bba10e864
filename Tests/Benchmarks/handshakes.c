// Clients that begin anew for each request: a TCP connection, a TLS session that resumes the last
// one, `GET /healthz`, and the end. One thread, bounded in time.
//
//     handshakes PORT CONNECTIONS MILLISECONDS AUTHORITY
//
// AUTHORITY is the PEM file with which the certificate is checked, for bench.test. It prints one
// line of JSON when it is done. A session that is not resumed counts as an error, each client's
// first aside, and so does one without the other side's farewell.
#define _GNU_SOURCE
#include "wire.h"
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <string.h>

enum { BATCH = 256, ANSWER_LIMIT = 4096, TIME_LIMIT = 30 * 1000000 };

static const char request[] = "GET /healthz HTTP/1.1\r\nHost: bench.test\r\nConnection: close\r\n\r\n";

struct client {
    int descriptor;
    bool has_asked, resumes;
    SSL *ssl;
    SSL_SESSION *session;  // the newest; NULL before the first answer
    size_t answer_count;
    char answer[ANSWER_LIMIT + 1];
};

static SSL_CTX *context;
static int poller;
static uint16_t port;
static unsigned running;
static unsigned long answers, resumed, errors;
static uint64_t stops;
static char first_error[160];

static void leave(struct client *client) {
    SSL_free(client->ssl);
    client->ssl = NULL;
    close(client->descriptor);
    running--;
}

static void fail(struct client *client, const char *reason) {
    if (errors++ == 0) {
        const char *words = ERR_reason_error_string(ERR_peek_last_error());
        snprintf(first_error, sizeof first_error, "%s; %.80s", reason, words ? words : "");
    }
    leave(client);
}

static int keep_session(SSL *ssl, SSL_SESSION *session) {
    struct client *client = SSL_get_app_data(ssl);
    SSL_SESSION_free(client->session);
    client->session = session;
    return 1;
}

static void advance(struct client *client);

static void begin(struct client *client) {
    running++;
    client->has_asked = false;
    client->resumes = client->session;
    client->answer_count = 0;
    client->descriptor = connect_to(port);
    client->ssl = SSL_new(context);
    if (client->descriptor < 0 || !client->ssl) die("connect");
    set_nonblocking(client->descriptor);
    SSL_set_app_data(client->ssl, client);
    SSL_set_connect_state(client->ssl);
    bool is_good = SSL_set_fd(client->ssl, client->descriptor)
        && SSL_set1_host(client->ssl, "bench.test")
        && SSL_set_tlsext_host_name(client->ssl, "bench.test")
        && (!client->session || SSL_set_session(client->ssl, client->session));
    if (!is_good) die("SSL_new");
    watch(poller, client->descriptor, client);
    advance(client);
}

// The answer is here, the farewell behind it.
static void go_on(struct client *client) {
    client->answer[client->answer_count] = 0;
    if (strncmp(client->answer, "HTTP/1.1 200 ", 13)) return fail(client, client->answer);
    bool is_resumed = SSL_session_reused(client->ssl);
    if (client->resumes && !is_resumed) return fail(client, "a session that is not resumed");
    answers++;
    resumed += is_resumed;
    SSL_shutdown(client->ssl);
    leave(client);
    if (microseconds() < stops) begin(client);
}

static void advance(struct client *client) {
    ERR_clear_error();
    if (!client->has_asked) {
        int result = SSL_do_handshake(client->ssl);
        if (result != 1) {
            if (SSL_get_error(client->ssl, result) != SSL_ERROR_WANT_READ) fail(client, "handshake");
            return;
        }
        client->has_asked = true;
        if (SSL_write(client->ssl, request, sizeof request - 1) != sizeof request - 1)
            return fail(client, "request not taken");
    }
    for (;;) {
        size_t room = ANSWER_LIMIT - client->answer_count;
        int count = SSL_read(client->ssl, client->answer + client->answer_count, (int)room);
        if (count > 0) {
            client->answer_count += (size_t)count;
            continue;
        }
        switch (SSL_get_error(client->ssl, count)) {
            case SSL_ERROR_WANT_READ: return;
            case SSL_ERROR_ZERO_RETURN: return go_on(client);
            default: return fail(client, "no whole answer");
        }
    }
}

static void prepare(const char *authority) {
    context = SSL_CTX_new(TLS_client_method());
    if (!context || !SSL_CTX_load_verify_file(context, authority)) die(authority);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_session_cache_mode(
        context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, keep_session);
}

static void run(unsigned count) {
    struct client *clients = calloc(count, sizeof *clients);
    uint64_t start = microseconds();
    if (!clients) die("calloc");
    for (unsigned index = 0; index < count; index++) begin(&clients[index]);
    while (running > 0 && microseconds() - start < TIME_LIMIT) {
        struct epoll_event events[BATCH];
        int ready = epoll_wait(poller, events, BATCH, 100);
        for (int index = 0; index < ready; index++) advance(events[index].data.ptr);
    }
    if (running > 0) fail(clients, "not over in time");
    printf(
        "{\"answers\":%lu,\"resumed\":%lu,\"errors\":%lu,\"first_error\":\"%s\","
        "\"seconds\":%.3f}\n",
        answers, resumed, errors, first_error, (double)(microseconds() - start) / 1e6);
}

int main(int count, char **arguments) {
    if (count != 5) return fprintf(stderr, "usage: at the top of handshakes.c\n"), 2;
    prepare_process();
    poller = epoll_create1(EPOLL_CLOEXEC);
    port = port_of(arguments[1]);
    unsigned clients = number(arguments[2], 1000);
    stops = microseconds() + number(arguments[3], 20000) * 1000u;
    prepare(arguments[4]);
    run(clients);
    return 0;
}
