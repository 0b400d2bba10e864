// The endpoint behind the gateways: answers chat completions with fixed texts, at a fixed pace.
//
//     upstream PORT [SECURE_PORT CERTIFICATE KEY]
//
// One thread, 127.0.0.1 only; it ends when its standard input does. At SECURE_PORT it speaks TLS.
// The request says what it wants:
//     "stream":true    server-sent events instead of one JSON
//     "max_tokens":N   that many events with text, then one that finishes and [DONE]
//     "interval-T"     T milliseconds from one event to the next; 0: one event, and then silence
//     "parting"        one JSON, and the end of the connection; "X-Resumed: yes" stands in its head
//                      where the TLS session was an earlier one's
// The text of an event is "@@" and 16 digits: the microsecond it was sent at, on the clock that
// the load reads as well. Anything but a request with Content-Length loses its connection,
// and "Connection: close" is for requests without a stream.
#define _GNU_SOURCE
#include "wire.h"
#include <openssl/ssl.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum { BATCH = 256, REQUEST_LIMIT = 8192, STAMP_DIGITS = 16 };

struct client {
    int descriptor;
    SSL *session;  // NULL where no TLS is spoken
    bool streaming, parting;
    unsigned events_left, interval_milliseconds;
    uint64_t due_microseconds;
    struct client *before, *after;  // among those whose next event is due; NULL outside
    size_t filled;
    char request[REQUEST_LIMIT + 1];
};

struct text {
    char bytes[2048];
    size_t count, stamp;  // where the digits go
};

// The ring of clients by the time their next event is due; the ring's own node is no client.
static struct client due = {.before = &due, .after = &due};
static struct text completion, parting, resumed_parting, stream_head, event, last_event;

static void schedule(struct client *client, uint64_t time) {
    struct client *before = due.before;
    while (before != &due && before->due_microseconds > time) before = before->before;
    client->due_microseconds = time;
    client->before = before;
    client->after = before->after;
    client->before->after = client->after->before = client;
}

static void unschedule(struct client *client) {
    if (!client->after) return;
    client->before->after = client->after;
    client->after->before = client->before;
    client->before = client->after = NULL;
}

static void write_json(struct text *text, const char *fields, const char *json) {
    text->count = (size_t)snprintf(
        text->bytes, sizeof text->bytes,
        "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 12:00:00 GMT\r\nServer: bench\r\n"
        "Content-Type: application/json\r\n%sContent-Length: %zu\r\n\r\n%s", fields, strlen(json),
        json);
}

// `text` as one chunk of a body; `end` follows the chunk.
static void write_chunk(struct text *text, const char *data, const char *end) {
    text->count = (size_t)snprintf(
        text->bytes, sizeof text->bytes, "%zx\r\n%s\r\n%s", strlen(data), data, end);
    const char *marks = strstr(text->bytes, "@@");
    text->stamp = marks ? (size_t)(marks - text->bytes) + 2 : 0;
}

#define EVENT_START                                                                       \
    "data: {\"id\":\"chatcmpl-bench0001\",\"object\":\"chat.completion.chunk\","          \
    "\"created\":1795348800,\"model\":\"gpt-3.5-turbo-0125\",\"system_fingerprint\":null," \
    "\"choices\":[{\"index\":0,\"logprobs\":null,"

static void write_texts(void) {
    static const char json[] =
        "{\"id\":\"chatcmpl-bench0001\",\"object\":\"chat.completion\",\"created\":1795348800,"
        "\"model\":\"gpt-3.5-turbo-0125\",\"system_fingerprint\":null,\"choices\":[{\"index\":0,"
        "\"message\":{\"role\":\"assistant\",\"content\":\"Bronze is poured at about eleven "
        "hundred degrees. The founder breaks the mould once the casting has cooled, saws off the "
        "sprues and files the seams; what is left has the shape of the wax that was lost, with "
        "every mark that the sculptor's thumb made in it.\"},\"logprobs\":null,"
        "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":26,"
        "\"completion_tokens\":62,\"total_tokens\":88}}";
    write_json(&completion, "", json);
    write_json(&parting, "Connection: close\r\n", json);
    write_json(&resumed_parting, "Connection: close\r\nX-Resumed: yes\r\n", json);
    stream_head.count = (size_t)snprintf(
        stream_head.bytes, sizeof stream_head.bytes,
        "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 12:00:00 GMT\r\nServer: bench\r\n"
        "Content-Type: text/event-stream\r\nCache-Control: no-cache\r\n"
        "Transfer-Encoding: chunked\r\n\r\n");
    write_chunk(
        &event,
        EVENT_START
        "\"finish_reason\":null,\"delta\":{\"content\":\"@@0000000000000000\"}}]}\n\n",
        "");
    write_chunk(
        &last_event,
        EVENT_START "\"finish_reason\":\"stop\",\"delta\":{}}]}\n\ndata: [DONE]\n\n",
        "0\r\n\r\n");
}

// A client that does not take what it asked for at once is given up, and the load reports it.
static bool deliver(struct client *client, const struct text *text) {
    ssize_t sent = client->session ? SSL_write(client->session, text->bytes, (int)text->count)
                                   : send(client->descriptor, text->bytes, text->count, 0);
    return sent == (ssize_t)text->count;
}

static void stamp(struct text *text) {
    uint64_t time = microseconds();
    for (int place = STAMP_DIGITS - 1; place >= 0; place--, time /= 10)
        text->bytes[text->stamp + (size_t)place] = (char)('0' + time % 10);
}

static bool send_event(struct client *client) {
    if (client->events_left == 0) {
        client->streaming = false;
        return deliver(client, &last_event);
    }
    client->events_left--;
    stamp(&event);
    return deliver(client, &event);
}

static unsigned number_after(const char *text, const char *name, unsigned otherwise) {
    const char *found = strstr(text, name);
    return found ? (unsigned)strtoul(found + strlen(name), NULL, 10) : otherwise;
}

static bool answer(struct client *client, const char *body) {
    if (strstr(body, "\"parting\"")) {
        bool is_resumed = client->session && SSL_session_reused(client->session);
        client->parting = true;
        return deliver(client, is_resumed ? &resumed_parting : &parting);
    }
    if (!strstr(body, "\"stream\":true")) return deliver(client, &completion);
    client->streaming = true;
    client->events_left = number_after(body, "\"max_tokens\":", 50);
    client->interval_milliseconds = number_after(body, "\"interval-", 20);
    if (!deliver(client, &stream_head) || !send_event(client)) return false;
    if (client->interval_milliseconds > 0)
        schedule(client, microseconds() + client->interval_milliseconds * 1000);
    return true;
}

// Reads what has come: how many bytes; 0: none yet; -1: the connection is over.
static ssize_t receive(struct client *client) {
    char *start = client->request + client->filled;
    size_t room = REQUEST_LIMIT - client->filled;
    if (client->session) {
        int count = SSL_read(client->session, start, (int)room);
        if (count > 0) return count;
        return SSL_get_error(client->session, count) == SSL_ERROR_WANT_READ ? 0 : -1;
    }
    ssize_t count = recv(client->descriptor, start, room, 0);
    return count > 0 ? count : -1;
}

// Answers each whole request that has come; false where the client is to be dropped.
static bool serve(struct client *client) {
    ssize_t count = receive(client);
    if (count <= 0) return count == 0;
    client->filled += (size_t)count;
    client->request[client->filled] = 0;
    while (!client->streaming && client->filled > 0) {
        char *end = strstr(client->request, "\r\n\r\n");
        if (!end) return client->filled < REQUEST_LIMIT;
        *end = 0;
        const char *length = strcasestr(client->request, "\r\ncontent-length:");
        size_t body = length ? strtoul(length + strlen("\r\ncontent-length:"), NULL, 10) : 0;
        size_t whole = (size_t)(end - client->request) + 4 + body;
        bool closes = strcasestr(client->request, "\r\nconnection: close");
        *end = '\r';
        if (!length || whole > REQUEST_LIMIT) return false;
        if (client->filled < whole) return true;
        char kept = client->request[whole];
        client->request[whole] = 0;
        if (!answer(client, end + 4) || closes || client->parting) return false;
        client->request[whole] = kept;
        client->filled -= whole;
        memmove(client->request, client->request + whole, client->filled + 1);
    }
    return true;
}

static void drop(struct client *client) {
    unschedule(client);
    if (client->session) {
        SSL_shutdown(client->session);
        SSL_free(client->session);
    }
    close(client->descriptor);
    free(client);
}

// What a session has decrypted already has no event of its own.
static void serve_event(struct client *client) {
    do {
        if (!serve(client)) return drop(client);
    } while (client->session && !client->streaming && SSL_pending(client->session) > 0);
}

static void send_due_events(void) {
    uint64_t now = microseconds();
    while (due.after != &due && due.after->due_microseconds <= now) {
        struct client *client = due.after;
        uint64_t next = client->due_microseconds + client->interval_milliseconds * 1000;
        unschedule(client);
        if (!send_event(client)) {
            // The socket is left for its own event, which finds it closed: drop() would free it
            // under an event that is already fetched.
            shutdown(client->descriptor, SHUT_RDWR);
        } else if (client->streaming) {
            schedule(client, next);
        }
    }
}

static int milliseconds_until_due(void) {
    if (due.after == &due) return -1;
    uint64_t now = microseconds(), time = due.after->due_microseconds;
    return time <= now ? 0 : (int)((time - now + 999) / 1000);
}

// What TLS sessions at SECURE_PORT have in common; whoever resumes one shows a ticket for it.
static SSL_CTX *secured_by(const char *certificate, const char *key) {
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (!context || !SSL_CTX_use_certificate_chain_file(context, certificate)
        || !SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM))
        return fprintf(stderr, "no certificate and key: %s, %s\n", certificate, key), exit(2), NULL;
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    return context;
}

static void accept_all(int poller, int door, SSL_CTX *context) {
    int descriptor;
    while ((descriptor = accept4(door, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0) {
        struct client *client = calloc(1, sizeof *client);
        if (!client) die("calloc");
        client->descriptor = descriptor;
        if (context) {
            client->session = SSL_new(context);
            if (!client->session || !SSL_set_fd(client->session, descriptor)) die("SSL_new");
            SSL_set_accept_state(client->session);
        }
        send_at_once(descriptor);
        watch(poller, descriptor, client);
    }
}

int main(int count, char **arguments) {
    if (count != 2 && count != 5) return fprintf(stderr, "usage: at the top of upstream.c\n"), 2;
    prepare_process();
    write_texts();
    int door = listener(port_of(arguments[1])), poller = epoll_create1(EPOLL_CLOEXEC);
    SSL_CTX *context = count == 5 ? secured_by(arguments[3], arguments[4]) : NULL;
    int secure_door = context ? listener(port_of(arguments[2])) : -1;
    int *standard_input = &(int){STDIN_FILENO};
    watch(poller, door, &door);
    if (context) watch(poller, secure_door, &secure_door);
    watch(poller, STDIN_FILENO, standard_input);
    for (;;) {
        struct epoll_event events[BATCH];
        int ready = epoll_wait(poller, events, BATCH, milliseconds_until_due());
        for (int index = 0; index < ready; index++) {
            void *owner = events[index].data.ptr;
            char ignored[64];
            if (owner == &door)
                accept_all(poller, door, NULL);
            else if (owner == &secure_door)
                accept_all(poller, secure_door, context);
            else if (owner != standard_input)
                serve_event(owner);
            else if (read(STDIN_FILENO, ignored, sizeof ignored) <= 0)
                return 0;
        }
        send_due_events();
    }
}
