import GatewayRuntime

Gateway.run(gateway)
