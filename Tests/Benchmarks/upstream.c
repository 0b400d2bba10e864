// The endpoint behind the gateways: answers chat completions with fixed texts, at a fixed pace.
//
//     upstream PORT
//
// One thread, 127.0.0.1 only; it ends when its standard input does. The request says what it wants:
//     "stream":true    server-sent events instead of one JSON
//     "max_tokens":N   that many events with text, then one that finishes and [DONE]
//     "interval-T"     T milliseconds from one event to the next; 0: one event, and then silence
// The text of an event is "@@" and 16 digits: the microsecond it was sent at, on the clock that
// the load reads as well. Anything but a request with Content-Length loses its connection,
// and "Connection: close" is for requests without a stream.
#define _GNU_SOURCE
#include "wire.h"
#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum { BATCH = 256, REQUEST_LIMIT = 8192, STAMP_DIGITS = 16 };

struct client {
    int descriptor;
    bool streaming;
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
static struct text completion, stream_head, event, last_event;

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

static void write_json(struct text *text, const char *json) {
    text->count = (size_t)snprintf(
        text->bytes, sizeof text->bytes,
        "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 12:00:00 GMT\r\nServer: bench\r\n"
        "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s", strlen(json), json);
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
    write_json(
        &completion,
        "{\"id\":\"chatcmpl-bench0001\",\"object\":\"chat.completion\",\"created\":1795348800,"
        "\"model\":\"gpt-3.5-turbo-0125\",\"system_fingerprint\":null,\"choices\":[{\"index\":0,"
        "\"message\":{\"role\":\"assistant\",\"content\":\"Bronze is poured at about eleven "
        "hundred degrees. The founder breaks the mould once the casting has cooled, saws off the "
        "sprues and files the seams; what is left has the shape of the wax that was lost, with "
        "every mark that the sculptor's thumb made in it.\"},\"logprobs\":null,"
        "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":26,"
        "\"completion_tokens\":62,\"total_tokens\":88}}");
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
static bool deliver(struct client *client, const char *bytes, size_t count) {
    ssize_t sent = send(client->descriptor, bytes, count, MSG_DONTWAIT);
    return sent == (ssize_t)count;
}

static void stamp(struct text *text) {
    uint64_t time = microseconds();
    for (int place = STAMP_DIGITS - 1; place >= 0; place--, time /= 10)
        text->bytes[text->stamp + (size_t)place] = (char)('0' + time % 10);
}

static bool send_event(struct client *client) {
    if (client->events_left == 0) {
        client->streaming = false;
        return deliver(client, last_event.bytes, last_event.count);
    }
    client->events_left--;
    stamp(&event);
    return deliver(client, event.bytes, event.count);
}

static unsigned number_after(const char *text, const char *name, unsigned otherwise) {
    const char *found = strstr(text, name);
    return found ? (unsigned)strtoul(found + strlen(name), NULL, 10) : otherwise;
}

static bool answer(struct client *client, const char *body) {
    if (!strstr(body, "\"stream\":true"))
        return deliver(client, completion.bytes, completion.count);
    client->streaming = true;
    client->events_left = number_after(body, "\"max_tokens\":", 50);
    client->interval_milliseconds = number_after(body, "\"interval-", 20);
    if (!deliver(client, stream_head.bytes, stream_head.count) || !send_event(client)) return false;
    if (client->interval_milliseconds > 0)
        schedule(client, microseconds() + client->interval_milliseconds * 1000);
    return true;
}

// Reads what has come and answers each whole request; false where the client is to be dropped.
static bool serve(struct client *client) {
    size_t room = REQUEST_LIMIT - client->filled;
    ssize_t count = recv(client->descriptor, client->request + client->filled, room, MSG_DONTWAIT);
    if (count <= 0) return false;
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
        if (!answer(client, end + 4) || closes) return false;
        client->request[whole] = kept;
        client->filled -= whole;
        memmove(client->request, client->request + whole, client->filled + 1);
    }
    return true;
}

static void drop(struct client *client) {
    unschedule(client);
    close(client->descriptor);
    free(client);
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

static void accept_all(int poller, int door) {
    int descriptor;
    while ((descriptor = accept4(door, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
        struct client *client = calloc(1, sizeof *client);
        if (!client) die("calloc");
        client->descriptor = descriptor;
        send_at_once(descriptor);
        watch(poller, descriptor, client);
    }
}

int main(int count, char **arguments) {
    if (count != 2) return fprintf(stderr, "usage: upstream PORT\n"), 2;
    prepare_process();
    write_texts();
    int door = listener(port_of(arguments[1])), poller = epoll_create1(EPOLL_CLOEXEC);
    int *standard_input = &(int){STDIN_FILENO};
    watch(poller, door, &door);
    watch(poller, STDIN_FILENO, standard_input);
    for (;;) {
        struct epoll_event events[BATCH];
        int ready = epoll_wait(poller, events, BATCH, milliseconds_until_due());
        for (int index = 0; index < ready; index++) {
            void *owner = events[index].data.ptr;
            char ignored[64];
            if (owner == &door)
                accept_all(poller, door);
            else if (owner != standard_input) {
                if (!serve(owner)) drop(owner);
            } else if (read(STDIN_FILENO, ignored, sizeof ignored) <= 0)
                return 0;
        }
        send_due_events();
    }
}
