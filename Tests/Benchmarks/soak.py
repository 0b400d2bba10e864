#!/usr/bin/env python3
"""Random faults under load for as long as is asked: `soak.py --minutes 30`.

Writes a line each minute with what the gateway holds; ends with 1 where memory, descriptors,
connections or exchanges are not back where they were after the first minute.
"""

import argparse
import os
import pathlib
import sys
import time

TESTS = pathlib.Path(__file__).resolve().parents[1] / "GatewayTests"
sys.path.insert(0, os.fspath(TESTS))

import configurations  # noqa: E402
import faulty  # noqa: E402
import processes  # noqa: E402
import storm  # noqa: E402

MEMORY_SLACK = 16 << 20


def rest(gateway, endpoints):
    """Waits until nothing is under way, and says what is held then."""
    for endpoint in endpoints:
        endpoint.drop()
    processes.wait_until(lambda: storm.settled(gateway)[:2] == (1, 1), 120, 0.1)
    return {
        "resident_kib": gateway.resident_bytes() >> 10,
        "descriptors": gateway.descriptor_count(),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    pathlib.Path(configurations.FOLDER).mkdir(parents=True, exist_ok=True)
    endpoints = [
        faulty.Faulty(configurations.ADDRESS, port) for port in configurations.FAULTY_PORTS[:2]
    ]
    gateway = processes.Gateway(configurations.FAULTS)
    first = None
    end = time.monotonic() + options.minutes * 60
    number = 0
    while time.monotonic() < end:
        number += 1
        weather = storm.Storm(
            gateway, endpoints, seed=options.seed + 1000 * number, clients=options.clients)
        weather.run(min(60, max(end - time.monotonic(), 1)))
        held = rest(gateway, endpoints)
        first = first or held
        print(number, weather.statuses, held, flush=True)
        if weather.wrong:
            print(f"an answer that nobody should get: {weather.wrong[0]}")
            return 1
    grown = (held["resident_kib"] - first["resident_kib"]) << 10
    is_back = grown < MEMORY_SLACK and held["descriptors"] <= first["descriptors"] + 4
    print("back where it was" if is_back else f"grown: {first} to {held}")
    gateway.stop()
    return 0 if is_back else 1


if __name__ == "__main__":
    sys.exit(main())
