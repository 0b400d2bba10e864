extension Problem {
    /// Mistakes that only `ingot image` and `ingot deploy` can see.
    static let deploymentEntries: [Problem: ProblemEntry] = [
        .loopbackInImage: ProblemEntry(
            "`{}` is loopback: nobody outside of the container reaches this gateway",
            severity: .warning, help: "write `server: {host: 0.0.0.0}`",
            meaning:
                "A container has a network of its own, in which its loopback is reached by itself "
                + "alone. Only with the network of the host is this what you want.",
            example: "server: {host: 127.0.0.1}", mend: "server: {host: 0.0.0.0}"),
        .unreachablePod: ProblemEntry(
            "`{}` cannot be reached from outside of a pod",
            help: "write `server: {host: 0.0.0.0}`",
            meaning:
                "The Service and the kubelet's probes come over the network of the pod. A gateway "
                + "at loopback or at a socket would never be ready.",
            example: "server: {host: 127.0.0.1}", mend: "server: {host: 0.0.0.0}"),
        .localEndpoint: ProblemEntry(
            "endpoint `{}` is at {}, which is inside of {} there", severity: .warning,
            help: "give the endpoint an address that others reach it at, unless it runs beside "
                + "the gateway",
            meaning:
                "What listens on the machine is not there for a container or pod, which has its "
                + "own loopback and its own files.",
            example: "url: http://127.0.0.1:8000", mend: "url: http://vllm.models.svc:8000"),
        .fileOutsideImage: ProblemEntry(
            "`{}` is not below the folder of the YAML, which is all that an image is built from",
            help: "put the file beside the YAML and name it by a relative path",
            meaning: "The build of an image sees one folder, its context, and nothing around it.",
            example: "tls: {ca: /etc/ssl/private-ca.pem}", mend: "tls: {ca: private-ca.pem}"),
        .unscrapable: ProblemEntry(
            "Prometheus could not read the metrics: the gateway {}",
            help: "write `admin: {host: 0.0.0.0, port: 9090}`",
            meaning:
                "`/internal/metrics` answers this machine alone unless `admin.allow` names "
                + "networks or `admin.port` is a port for it, and Prometheus asks from elsewhere.",
            example: "server: {host: 0.0.0.0}   # deployed with --service-monitor",
            mend: "server: {host: 0.0.0.0}\nadmin: {host: 0.0.0.0, port: 9090}"),
    ]
}
