"""Requests over a loopback that delays and loses packets; runs in a network namespace of its own.

Prints how many requests were answered with which status, as JSON.
"""

import collections
import json
import subprocess

import configurations
import faulty
import processes


def main():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    endpoints = [
        faulty.Faulty(configurations.ADDRESS, port) for port in configurations.FAULTY_PORTS[:2]
    ]
    gateway = processes.Gateway(configurations.FAULTS)
    weather = ["delay", "20ms", "15ms", "loss", "2%"]
    subprocess.run(["tc", "qdisc", "add", "dev", "lo", "root", "netem", *weather], check=True)
    statuses = collections.Counter(
        faulty.chat(gateway, "pair", stream=bool(number % 2)).status for number in range(100)
    )
    gateway.stop()
    for endpoint in endpoints:
        endpoint.stop()
    print(json.dumps(statuses))


if __name__ == "__main__":
    main()
