// The clients: chat completions over keep-alive connections, on one thread, bounded in time.
//
//     load PORT requests CONNECTIONS MILLISECONDS   one request after the other, for that long
//     load PORT count REQUESTS                      so many, on one connection
//     load PORT parting CONNECTIONS MILLISECONDS    as `requests`, of an upstream that ends each of
//                                                   its connections behind the answer
//     load PORT streams CONNECTIONS ROUNDS EVENTS INTERVAL
//                                                   ROUNDS streams on each, INTERVAL milliseconds
//                                                   from event to event; begun spread over a stream
//     load PORT hold CONNECTIONS                    streams that fall silent after one event
//
// Each prints one line of JSON when it is done; `hold` prints it once all streams have begun, and
// ends when its standard input does. No request is ever cut off: a gateway may take a client that
// leaves for a failure of its endpoint. What is not over after TIME_LIMIT counts as an error.
#define _GNU_SOURCE
#include "wire.h"
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define TARGET "/olla/openai/v1/chat/completions"

enum { BATCH = 256, HEAD_LIMIT = 4096, STAMP_DIGITS = 16, TIME_LIMIT = 60 * 1000000 };

// Where in an answer the next byte is. FIXED: in a body with a Content-Length.
enum place { HEAD, SIZE, EXTENSION, DATA, DATA_END, TRAILER, FIXED };
enum outcome { MORE, WHOLE, BROKEN };

struct client {
    int descriptor;
    enum place place;
    bool any_text, done_seen, closes;
    unsigned rounds_left, events, digits_left, line_count;
    uint64_t begins, sent, left, stamp;
    uint64_t window;  // the last eight bytes of text
    size_t head_count;
    char head[HEAD_LIMIT + 1];
};

struct samples {
    uint32_t *values;
    size_t count, room;
};

static bool streams, holds, parts;
static uint16_t port;
static int poller;
static unsigned rounds = 1, events_wanted = 1, running, begun;
static unsigned long answers, resumed, events_seen, errors;
static uint64_t stops = UINT64_MAX;
static char request[2048], first_error[160];
static size_t request_count;
static struct samples latencies, delays;

static void keep(struct samples *samples, uint64_t value) {
    if (samples->count == samples->room) {
        samples->room = samples->room ? samples->room * 2 : 65536;
        samples->values = realloc(samples->values, samples->room * sizeof *samples->values);
        if (!samples->values) die("realloc");
    }
    samples->values[samples->count++] = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
}

static int ascending(const void *left, const void *right) {
    uint32_t one = *(const uint32_t *)left, other = *(const uint32_t *)right;
    return (one > other) - (one < other);
}

static unsigned percentile(const struct samples *sorted, size_t percent) {
    return sorted->count ? sorted->values[(sorted->count - 1) * percent / 100] : 0;
}

static void hang_up(struct client *client) {
    if (client->descriptor >= 0) close(client->descriptor);
    client->descriptor = -1;
}

static void leave(struct client *client) {
    hang_up(client);
    running--;
}

static void fail(struct client *client, const char *reason) {
    if (errors++ == 0) {
        snprintf(first_error, sizeof first_error, "%s; %.100s", reason, client->head);
        for (char *byte = first_error; *byte; byte++)
            if (*byte < ' ' || *byte == '"' || *byte == '\\') *byte = ' ';
    }
    leave(client);
}

static void ask(struct client *client) {
    client->place = HEAD;
    client->any_text = client->done_seen = client->closes = false;
    client->events = client->digits_left = client->line_count = 0;
    client->window = client->left = client->head_count = 0;
    client->head[0] = 0;
    if (client->descriptor < 0) {
        client->descriptor = connect_to(port);
        if (client->descriptor < 0) return fail(client, "no connection");
        watch(poller, client->descriptor, client);
    }
    client->sent = microseconds();
    if (send(client->descriptor, request, request_count, MSG_DONTWAIT) != (ssize_t)request_count)
        fail(client, "request not taken");
}

static const char *field(const struct client *client, const char *start) {
    const char *found = strcasestr(client->head, start);
    return found ? found + strlen(start) : NULL;
}

// Takes one byte of the head; at its end decides what kind of body follows.
static enum outcome read_head(struct client *client, char byte) {
    if (client->head_count == HEAD_LIMIT) return BROKEN;
    client->head[client->head_count++] = byte;
    client->head[client->head_count] = 0;
    if (byte != '\n' || client->head_count < 4) return MORE;
    if (memcmp(client->head + client->head_count - 4, "\r\n\r\n", 4)) return MORE;
    if (strncmp(client->head, "HTTP/1.1 200 ", 13)) return BROKEN;
    const char *length = field(client, "\r\ncontent-length:");
    client->closes = field(client, "\r\nconnection: close");
    if (length) {
        client->place = FIXED;
        client->left = strtoull(length, NULL, 10);
        return client->left ? MORE : WHOLE;
    }
    client->place = SIZE;
    return field(client, "\r\ntransfer-encoding: chunked") ? MORE : BROKEN;
}

#define LAST_EVENT_WINDOW 0x613a205b444f4e45u  // "a: [DONE"

static void read_text(struct client *client, const char *text, size_t count, uint64_t now) {
    if (!streams) return;
    if (!client->any_text) {
        client->any_text = true;
        begun++;
        keep(&latencies, now - client->sent);
    }
    for (size_t index = 0; index < count; index++) {
        client->window = client->window << 8 | (unsigned char)text[index];
        if (client->digits_left > 0) {
            client->stamp = client->stamp * 10 + (uint64_t)(text[index] - '0');
            if (--client->digits_left == 0) {
                client->events++;
                keep(&delays, now > client->stamp ? now - client->stamp : 0);
            }
        } else if ((client->window & 0xffff) == ('@' << 8 | '@')) {
            client->digits_left = STAMP_DIGITS;
            client->stamp = 0;
        } else if (client->window == LAST_EVENT_WINDOW) {
            client->done_seen = true;
        }
    }
}

// Takes one byte of what frames the chunks of a body (RFC 9112, section 7.1).
static enum outcome read_framing(struct client *client, char byte) {
    switch (client->place) {
        case SIZE:
        case EXTENSION:
            if (byte == '\n')
                client->place = client->left ? DATA : TRAILER;
            else if (client->place == SIZE && strchr("0123456789abcdefABCDEF", byte))
                client->left = client->left * 16 + (uint64_t)((byte & 15) + (byte > '9' ? 9 : 0));
            else
                client->place = EXTENSION;
            return MORE;
        case DATA_END:
            if (byte == '\n') client->place = SIZE;
            return MORE;
        default:
            if (byte == '\n' && client->line_count == 0) return WHOLE;
            if (byte == '\n')
                client->line_count = 0;
            else if (byte != '\r')
                client->line_count++;
            return MORE;
    }
}

static enum outcome read_answer(
    struct client *client, const char *bytes, size_t count, uint64_t now) {
    while (count > 0) {
        size_t taken = 1;
        enum outcome outcome = MORE;
        if (client->place == HEAD) {
            outcome = read_head(client, *bytes);
        } else if (client->place == DATA || client->place == FIXED) {
            taken = client->left < count ? (size_t)client->left : count;
            read_text(client, bytes, taken, now);
            client->left -= taken;
            if (client->left == 0 && client->place == FIXED) outcome = WHOLE;
            if (client->left == 0 && client->place == DATA) client->place = DATA_END;
        } else {
            outcome = read_framing(client, *bytes);
        }
        bytes += taken;
        count -= taken;
        if (outcome == WHOLE && count > 0) return BROKEN;
        if (outcome != MORE) return outcome;
    }
    return MORE;
}

static void go_on(struct client *client, uint64_t now) {
    if (streams && (!client->done_seen || client->events != events_wanted))
        return fail(client, "a stream that lacks events");
    answers++;
    if (parts && field(client, "\r\nx-resumed: yes")) resumed++;
    events_seen += client->events;
    if (!streams) keep(&latencies, now - client->sent);
    if (client->closes) hang_up(client);
    if (--client->rounds_left > 0 && now < stops)
        ask(client);
    else
        leave(client);
}

static void receive(struct client *client) {
    static char bytes[65536];
    if (client->descriptor < 0) return;
    ssize_t count = recv(client->descriptor, bytes, sizeof bytes, MSG_DONTWAIT);
    uint64_t now = microseconds();
    if (count <= 0) return fail(client, "closed early");
    switch (read_answer(client, bytes, (size_t)count, now)) {
        case MORE: return;
        case BROKEN: return fail(client, "not the answer that was asked for");
        case WHOLE: return go_on(client, now);
    }
}

static void write_request(unsigned interval) {
    char body[512];
    int count = snprintf(
        body, sizeof body,
        "{\"model\":\"gpt-3.5-turbo\",\"messages\":[{\"role\":\"system\",\"content\":\"You answer "
        "in plain words.\"},{\"role\":\"user\",\"content\":\"How is a bronze statue cast?\"}],"
        "\"temperature\":0.7,\"max_tokens\":%u,\"user\":\"interval-%u\",\"stream\":%s%s}",
        streams ? events_wanted : 300, interval, streams ? "true" : "false",
        parts ? ",\"metadata\":\"parting\"" : "");
    request_count = (size_t)snprintf(
        request, sizeof request,
        "POST " TARGET " HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nContent-Type: application/json\r\n"
        "Authorization: Bearer sk-of-the-client\r\nUser-Agent: OpenAI/Python 1.99.0\r\n"
        "Accept: %s\r\nContent-Length: %d\r\n\r\n%s",
        port, streams ? "text/event-stream" : "application/json", count, body);
}

static void report(double seconds) {
    qsort(latencies.values, latencies.count, sizeof *latencies.values, ascending);
    qsort(delays.values, delays.count, sizeof *delays.values, ascending);
    printf(
        "{\"answers\":%lu,\"resumed\":%lu,\"events\":%lu,\"begun\":%u,\"errors\":%lu,"
        "\"first_error\":\"%s\","
        "\"seconds\":%.3f,\"latency_p50\":%u,\"latency_p99\":%u,"
        "\"delay_p50\":%u,\"delay_p99\":%u}\n",
        answers, resumed, events_seen, begun, errors, first_error, seconds, percentile(&latencies, 50),
        percentile(&latencies, 99), percentile(&delays, 50), percentile(&delays, 99));
    fflush(stdout);
}

// Runs `count` clients until all are through, or, for held streams, until standard input ends.
static void run(unsigned count, uint64_t spread) {
    struct client *clients = calloc(count, sizeof *clients);
    uint64_t start = microseconds();
    unsigned next = 0;
    bool told = false, ended = false;
    if (!clients) die("calloc");
    running = count;
    while (!ended && running > 0 && microseconds() - start < TIME_LIMIT) {
        struct epoll_event events[BATCH];
        for (; next < count && microseconds() - start >= spread * next / count; next++) {
            clients[next].descriptor = -1;
            clients[next].rounds_left = rounds;
            ask(&clients[next]);
        }
        int ready = epoll_wait(poller, events, BATCH, next < count ? 1 : 100);
        for (int index = 0; index < ready; index++) {
            if (events[index].data.ptr)
                receive(events[index].data.ptr);
            else
                ended = true;
        }
        if (holds && !told && begun + errors >= count) {
            report((double)(microseconds() - start) / 1e6);
            told = true;
        }
    }
    if (!holds && running > 0) fail(clients, "not over in time");
    if (!told) report((double)(microseconds() - start) / 1e6);
}

int main(int count, char **arguments) {
    const char *mode = count > 3 ? arguments[2] : "";
    unsigned clients = 1, interval = 0;
    uint64_t spread = 0;
    prepare_process();
    poller = epoll_create1(EPOLL_CLOEXEC);
    parts = !strcmp(mode, "parting");
    if ((parts || !strcmp(mode, "requests")) && count == 5) {
        clients = number(arguments[3], 10000);
        stops = microseconds() + number(arguments[4], 30000) * 1000u;
        rounds = UINT32_MAX;
    } else if (!strcmp(mode, "count") && count == 4) {
        rounds = number(arguments[3], 1000000);
    } else if (!strcmp(mode, "streams") && count == 7) {
        streams = true;
        clients = number(arguments[3], 20000);
        rounds = number(arguments[4], 1000);
        events_wanted = number(arguments[5], 10000);
        interval = number(arguments[6], 1000);
        spread = (uint64_t)events_wanted * interval * 1000;
    } else if (!strcmp(mode, "hold") && count == 4) {
        streams = holds = true;
        clients = number(arguments[3], 20000);
        spread = (uint64_t)clients * 400;
        watch(poller, STDIN_FILENO, NULL);
    } else {
        return fprintf(stderr, "usage: at the top of load.c\n"), 2;
    }
    port = port_of(arguments[1]);
    write_request(interval);
    run(clients, spread);
    return 0;
}
