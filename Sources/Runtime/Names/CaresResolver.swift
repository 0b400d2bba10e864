import CCares
import GatewayRuntime
