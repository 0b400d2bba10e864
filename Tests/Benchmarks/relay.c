// The floor: copies bytes between a client and the upstream, and knows nothing of HTTP.
//
//     relay PORT UPSTREAM_PORT
//
// One thread, one upstream connection for each client. What one thread with epoll does for an
// answer cannot be done in fewer system calls, so a gateway is read against this.
#define _GNU_SOURCE
#include "wire.h"

enum { BATCH = 256 };

// One end of a pair; `partner` is the other. A pair dies together.
struct end {
    int descriptor;
    struct end *partner, *next_dead;
};

static struct end *dead;

static void accept_all(int poller, int door, uint16_t upstream) {
    int client;
    while ((client = accept4(door, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
        int server = connect_to(upstream);
        struct end *pair = server < 0 ? NULL : calloc(2, sizeof *pair);
        if (!pair) {
            close(client);
            if (server >= 0) close(server);
            continue;
        }
        send_at_once(client);
        pair[0] = (struct end){.descriptor = client, .partner = &pair[1]};
        pair[1] = (struct end){.descriptor = server, .partner = &pair[0]};
        watch(poller, client, &pair[0]);
        watch(poller, server, &pair[1]);
    }
}

// Events of the same batch may still name the pair, so its memory goes after the batch.
static void bury(struct end *end) {
    struct end *first = end < end->partner ? end : end->partner;
    close(first->descriptor);
    close(first->partner->descriptor);
    first->descriptor = first->partner->descriptor = -1;
    first->next_dead = dead;
    dead = first;
}

static void copy(struct end *from) {
    static char bytes[65536];
    if (from->descriptor < 0) return;
    ssize_t count = recv(from->descriptor, bytes, sizeof bytes, MSG_DONTWAIT);
    if (count <= 0 || send(from->partner->descriptor, bytes, (size_t)count, MSG_DONTWAIT) != count)
        bury(from);
}

int main(int count, char **arguments) {
    if (count != 3) return fprintf(stderr, "usage: relay PORT UPSTREAM_PORT\n"), 2;
    prepare_process();
    int door = listener(port_of(arguments[1])), poller = epoll_create1(EPOLL_CLOEXEC);
    uint16_t upstream = port_of(arguments[2]);
    watch(poller, door, NULL);
    for (;;) {
        struct epoll_event events[BATCH];
        int ready = epoll_wait(poller, events, BATCH, -1);
        for (int index = 0; index < ready; index++) {
            struct end *end = events[index].data.ptr;
            if (end)
                copy(end);
            else
                accept_all(poller, door, upstream);
        }
        while (dead) {
            struct end *pair = dead;
            dead = pair->next_dead;
            free(pair);
        }
    }
}
