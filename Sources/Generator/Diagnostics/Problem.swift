/// Every mistake that a YAML can make; the raw value is its number.
///
/// Numbers are never given to another mistake: people search for them.
enum Problem: Int, CaseIterable {
    // The text, and YAML itself.
    case fileTooLarge = 1
    case wideEncoding
    case invalidUTF8
    case controlCharacter
    case syntax
    case tab
    case severalDocuments
    case emptyFile
    case duplicateKey
    case keyNotScalar
    case keyNotText
    case tag
    case unknownAnchor
    case recursiveAlias
    case badMerge
    case tooDeep
    case tooManyNodes

    // Keys and the types of their values.
    case unknownKey = 20
    case missingKey
    case wrongType
    case noValue
    case notAText
    case oddNumber
    case notABoolean
    case outOfRange
    case badDuration
    case bareDuration
    case badByteSize
    case unknownWord
    case emptyList
    case notSupported
    case mixedForms
    case referenceOutsideHeader
    case repeatedValue

    // The gateway itself.
    case badListenAddress = 40
    case badNetwork
    case networkHostBits
    case limitConflict
    case largeBurst
    case badNameServer = 48
    case nameServersUnused

    // Endpoints and their models.
    case badEndpointName = 50
    case duplicateEndpointName
    case badURL
    case urlHoldsRoute = 54
    case sameURL
    case badModelName
    case duplicateModel
    case patternWithUpstream
    case unreachableEndpoint
    case tooManyEndpoints

    // Headers and credentials.
    case badHeaderName = 70
    case managedHeader
    case duplicateHeader
    case badHeaderValue
    case malformedReference
    case literalSecret
    case authWithoutCredentials
    case authForeignKey
    case authTwice
    case authHeaderConflict
    case badPath

    // Routes, aliases, the default model.
    case badRoute = 90
    case builtInRoute
    case repeatedRoute
    case coveredRoute
    case aliasWithoutTarget
    case aliasHidesModel
    case aliasOfAlias
    case defaultModelUnserved

    // Olla's form.
    case ollaNoEffect = 110
    case ollaIgnored
    case ollaChanged

    // TLS, proxies, discovery.
    case secureKeyWithoutHTTPS = 120
    case unverified
    case badAuthorities
    case expiredAuthority
    case identityIncomplete
    case notAReference
    case badServerName
    case badProxy
    case socketEgress
    case awaitsDiscovery
    case unusedDiscovery

    // Lists of models: in files beside the YAML, and at the endpoints themselves.
    case includeUnreadable = 140
    case includeWithoutEndpoint
    case modelsTwice
    case modelNotThere
    case patternWithoutModel

    // How requests are spread over endpoints.
    case headerWithoutSticky = 150
    case balanceUnused
    case weightUnused
    case weightedWithoutWeights
    // Endpoints that fail.
    case badCheckPath = 160
    case checkSpendsTokens
    case checkMayCost
    case nothingCounts
    case unusedHealthKey
    // Retries and total times.
    case badPercentage = 170
    case totalCutsStreams
    // Clients, and pages of other origins.
    case badClientName = 180
    case duplicateClient
    case badKeyDigest
    case sharedKey
    case clientModelUnserved
    case clientRouteUnknown
    case badOrigin
    case anyOriginWithCredentials
    // Where a gateway is to run.
    case loopbackInImage = 195
    case unreachablePod
    case localEndpoint
    case fileOutsideImage
    case unscrapable

    /// `IN012`.
    var code: String {
        let digits = String(rawValue)
        return "IN" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    /// What is said about it.
    var entry: ProblemEntry {
        guard let entry = Self.entries[self] else {
            preconditionFailure("problem \(code) has no entry")
        }
        return entry
    }

    static let entries: [Problem: ProblemEntry] =
        textEntries
        .merging(valueEntries) { first, _ in first }
        .merging(gatewayEntries) { first, _ in first }
        .merging(endpointEntries) { first, _ in first }
        .merging(headerEntries) { first, _ in first }
        .merging(routeEntries) { first, _ in first }
        .merging(transportEntries) { first, _ in first }
        .merging(ollaEntries) { first, _ in first }
        .merging(includeEntries) { first, _ in first }
        .merging(liveEntries) { first, _ in first }
        .merging(balanceEntries) { first, _ in first }
        .merging(clientEntries) { first, _ in first }
        .merging(retryEntries) { first, _ in first }
        .merging(deploymentEntries) { first, _ in first }
        .merging(healthEntries) { first, _ in first }
}
