/// Files with secrets as the volumes of a pod: a volume for each folder that they lie in.
struct SecretVolumes {
    let volumes: [Volume]
    /// Keys of the Secret with the files, each with the file that it becomes.
    let keys: [(key: String, path: String)]

    struct Volume {
        /// `files-1`.
        var name: String
        var folder: String
        var files: [File]

        /// Whether the folder has other things in it, which a mount would hide.
        var isShared: Bool { folder == "/" || folder == "/etc" }
    }

    struct File: Equatable {
        var secret: String
        var key: String
        /// Without its folder.
        var name: String
    }

    /// - Parameter name: of the deployment; its Secrets are `NAME-files` and `NAME-tls`.
    init(_ needs: SecretNeeds, name: String) {
        var keys: [(key: String, path: String)] = []
        var volumes: [Volume] = []
        let add = { (path: String, secret: String, key: String) in
            let folder = Files.folder(of: path)
            let file = File(secret: secret, key: key, name: Files.name(of: path))
            if let known = volumes.firstIndex(where: { $0.folder == folder }) {
                volumes[known].files.append(file)
            } else {
                volumes.append(
                    Volume(name: "files-\(volumes.count + 1)", folder: folder, files: [file]))
            }
        }
        for path in needs.files {
            let key = Self.key(for: path, besides: keys.map(\.key))
            keys.append((key, path))
            add(path, "\(name)-files", key)
        }
        if let certificate = needs.certificate {
            add(certificate.certificate, "\(name)-tls", "tls.crt")
            add(certificate.key, "\(name)-tls", "tls.key")
        }
        self.keys = keys
        self.volumes = volumes
    }

    /// The file's name or, where another has it, its whole path, in letters that a key may have.
    private static func key(for path: String, besides taken: [String]) -> String {
        let tame = { (text: String) in
            String(
                text.map {
                    $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) ? $0 : "-"
                })
        }
        let name = tame(Files.name(of: path))
        if !taken.contains(name) { return name }
        let whole = tame(String(path.dropFirst()))
        if !taken.contains(whole) { return whole }
        return "\(whole)-\(taken.count)"
    }
}
