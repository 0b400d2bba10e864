// What the programs of the benchmark share: a clock, sockets of 127.0.0.1, and epoll.
#ifndef BENCH_WIRE_H
#define BENCH_WIRE_H

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// Microseconds of the clock that all processes of the machine share.
static inline uint64_t microseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static inline void die(const char *what) {
    perror(what);
    exit(1);
}

// As many descriptors as the hard limit allows, and no death by writing to a closed socket.
static inline void prepare_process(void) {
    struct rlimit files;
    signal(SIGPIPE, SIG_IGN);
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

// A port from the command line; anything else ends the program.
static inline uint16_t port_of(const char *text) {
    char *end;
    unsigned long port = strtoul(text, &end, 10);
    if (*end || port < 1 || port > 65535) {
        fprintf(stderr, "not a port: %s\n", text);
        exit(2);
    }
    return (uint16_t)port;
}

// A number from the command line; anything else ends the program.
static inline unsigned number(const char *text, unsigned most) {
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*end || value < 1 || value > most) {
        fprintf(stderr, "not a number from 1 to %u: %s\n", most, text);
        exit(2);
    }
    return (unsigned)value;
}

static inline struct sockaddr_in loopback(uint16_t port) {
    return (struct sockaddr_in){
        .sin_family = AF_INET,
        .sin_port = htons(port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
}

static inline void send_at_once(int descriptor) {
    int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static inline void set_nonblocking(int descriptor) {
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

// A listener that does not block.
static inline int listener(uint16_t port) {
    struct sockaddr_in address = loopback(port);
    int on = 1, descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(descriptor, (struct sockaddr *)&address, sizeof address)) die("bind");
    if (listen(descriptor, 4096)) die("listen");
    return descriptor;
}

// A connection, or -1. It blocks: a listener of this machine answers at once.
static inline int connect_to(uint16_t port) {
    struct sockaddr_in address = loopback(port);
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    if (connect(descriptor, (struct sockaddr *)&address, sizeof address)) {
        close(descriptor);
        return -1;
    }
    send_at_once(descriptor);
    return descriptor;
}

static inline void watch(int poller, int descriptor, void *owner) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = owner};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event)) die("epoll_ctl");
}

#endif
