import GatewayRuntime

/// Every model that clients may name, from the tables below: entries are the names in their order,
/// then the patterns, then what endpoints without a list serve.
let models = ModelDirectory(
    candidates: candidates.words,
    candidateStarts: candidates.starts,
    upstreamNames: upstreamNames,
    index: modelIndex,
    list: modelList,
    objectRanges: decimals(objectRanges)
)

/// The index of the entry that serves `name`.
@Sendable func modelIndex(of name: borrowing Span<UInt8>) -> Int? {
    if let index = names.index(of: name) { return index }
    if let index = patterns.index(of: name) { return index }
    return nil
}

private let candidates = CandidateTable(lists: candidateLists, listOfEntry: listOfEntry)

private let names = PerfectHash(
    names: modelNames,
    seed: 0,
    displacements: displacements,
    entries: entries
)

/// A name a line, in the order of the YAML.
private let modelNames: StaticString = """
    model-0
    model-1
    model-2
    model-3
    model-4
    model-5
    model-6
    model-7
    model-8
    model-9
    model-10
    model-11
    model-12
    model-13
    model-14
    model-15
    model-16
    model-17
    model-18
    model-19
    model-20
    model-21
    model-22
    model-23
    model-24
    model-25
    model-26
    model-27
    model-28
    model-29
    model-30
    model-31
    model-32
    model-33
    model-34
    model-35
    model-36
    model-37
    model-38
    model-39
    model-40
    model-41
    model-42
    model-43
    model-44
    model-45
    model-46
    model-47
    model-48
    model-49
    model-50
    model-51
    model-52
    model-53
    model-54
    model-55
    model-56
    model-57
    model-58
    model-59
    model-60
    model-61
    model-62
    model-63
    model-64
    model-65
    model-66
    model-67
    model-68
    model-69
    model-70
    model-71
    model-72
    model-73
    model-74
    model-75
    model-76
    model-77
    model-78
    model-79
    fast
    """

/// For each bucket of names what moves them to slots of their own.
private let displacements: StaticString = """
    33 9 0 800 0 13 0 3 496 6 81 8 262 36 31 424 14 128 43 6
    """

/// For each slot the index of its name.
private let entries: StaticString = """
    49 51 42 72 40 66 38 53 4 60 21 78 14 39 68 50 58 18 36 65 35 2 0 20 71 9 33 74
    13 24 34 45 61 10 70 19 63 44 48 62 79 73 77 28 57 37 46 11 26 8 30 15 64 41 54
    55 76 17 1 16 67 25 6 47 29 12 75 32 22 31 69 80 52 43 23 3 7 5 56 27 59
    """

private let patterns = PatternTable(prefixes: patternPrefixes, firstIndex: 81)

/// What a name begins with, a pattern a line, the longest first.
private let patternPrefixes: StaticString = """
    p-long-
    p-
    """

/// Endpoints in the order of trial, a list a line; after a colon the index of the endpoint's own
/// name of the model in `upstreamNames`.
private let candidateLists: StaticString = """
    0
    1 0
    1
    1:0 0:1
    """

/// For each entry the index of its list.
private let listOfEntry: StaticString = """
    0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 1 1 1 1 1 1 1 1 1
    1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 2 2 2 2 2 2 2 2 2
    3 2 2
    """

/// Names that endpoints know models by and clients do not.
private let upstreamNames: [StaticString] = [
    "model-77",
    "model-7",
]

/// Where each listed model's object begins and ends in `modelList`.
private let objectRanges: StaticString = """
    26 135 137 246 248 357 359 468 470 579 581 690 692 801 803 912 914 1023 1025
    1134 1136 1248 1250 1362 1364 1476 1478 1590 1592 1704 1706 1818 1820 1932 1934
    2046 2048 2160 2162 2274 2276 2388 2390 2502 2504 2616 2618 2730 2732 2844 2846
    2958 2960 3072 3074 3186 3188 3300 3302 3414 3416 3528 3530 3642 3644 3756 3758
    3870 3872 3984 3986 4098 4100 4212 4214 4326 4328 4440 4442 4554 4556 4668 4670
    4782 4784 4896 4898 5010 5012 5124 5126 5238 5240 5352 5354 5466 5468 5580 5582
    5694 5696 5808 5810 5922 5924 6036 6038 6150 6152 6264 6266 6378 6380 6492 6494
    6606 6608 6720 6722 6834 6836 6948 6950 7062 7064 7176 7178 7290 7292 7404 7406
    7518 7520 7632 7634 7746 7748 7860 7862 7974 7976 8088 8090 8202 8204 8316 8318
    8430 8432 8544 8546 8658 8660 8772 8774 8886 8888 9000 9002 9114 9116 9222
    """

/// The answer to `GET …/v1/models`.
private let modelList: StaticString = """
    {"object":"list","data":[
    {"id":"model-0","object":"model","created":0,"owned_by":"lab","permission":[],"root":"model-0","parent":null},
    {"id":"model-1","object":"model","created":1,"owned_by":"lab","permission":[],"root":"model-1","parent":null},
    {"id":"model-2","object":"model","created":2,"owned_by":"lab","permission":[],"root":"model-2","parent":null},
    {"id":"model-3","object":"model","created":3,"owned_by":"lab","permission":[],"root":"model-3","parent":null},
    {"id":"model-4","object":"model","created":4,"owned_by":"lab","permission":[],"root":"model-4","parent":null},
    {"id":"model-5","object":"model","created":5,"owned_by":"lab","permission":[],"root":"model-5","parent":null},
    {"id":"model-6","object":"model","created":6,"owned_by":"lab","permission":[],"root":"model-6","parent":null},
    {"id":"model-7","object":"model","created":7,"owned_by":"lab","permission":[],"root":"model-7","parent":null},
    {"id":"model-8","object":"model","created":8,"owned_by":"lab","permission":[],"root":"model-8","parent":null},
    {"id":"model-9","object":"model","created":9,"owned_by":"lab","permission":[],"root":"model-9","parent":null},
    {"id":"model-10","object":"model","created":10,"owned_by":"lab","permission":[],"root":"model-10","parent":null},
    {"id":"model-11","object":"model","created":11,"owned_by":"lab","permission":[],"root":"model-11","parent":null},
    {"id":"model-12","object":"model","created":12,"owned_by":"lab","permission":[],"root":"model-12","parent":null},
    {"id":"model-13","object":"model","created":13,"owned_by":"lab","permission":[],"root":"model-13","parent":null},
    {"id":"model-14","object":"model","created":14,"owned_by":"lab","permission":[],"root":"model-14","parent":null},
    {"id":"model-15","object":"model","created":15,"owned_by":"lab","permission":[],"root":"model-15","parent":null},
    {"id":"model-16","object":"model","created":16,"owned_by":"lab","permission":[],"root":"model-16","parent":null},
    {"id":"model-17","object":"model","created":17,"owned_by":"lab","permission":[],"root":"model-17","parent":null},
    {"id":"model-18","object":"model","created":18,"owned_by":"lab","permission":[],"root":"model-18","parent":null},
    {"id":"model-19","object":"model","created":19,"owned_by":"lab","permission":[],"root":"model-19","parent":null},
    {"id":"model-20","object":"model","created":20,"owned_by":"lab","permission":[],"root":"model-20","parent":null},
    {"id":"model-21","object":"model","created":21,"owned_by":"lab","permission":[],"root":"model-21","parent":null},
    {"id":"model-22","object":"model","created":22,"owned_by":"lab","permission":[],"root":"model-22","parent":null},
    {"id":"model-23","object":"model","created":23,"owned_by":"lab","permission":[],"root":"model-23","parent":null},
    {"id":"model-24","object":"model","created":24,"owned_by":"lab","permission":[],"root":"model-24","parent":null},
    {"id":"model-25","object":"model","created":25,"owned_by":"lab","permission":[],"root":"model-25","parent":null},
    {"id":"model-26","object":"model","created":26,"owned_by":"lab","permission":[],"root":"model-26","parent":null},
    {"id":"model-27","object":"model","created":27,"owned_by":"lab","permission":[],"root":"model-27","parent":null},
    {"id":"model-28","object":"model","created":28,"owned_by":"lab","permission":[],"root":"model-28","parent":null},
    {"id":"model-29","object":"model","created":29,"owned_by":"lab","permission":[],"root":"model-29","parent":null},
    {"id":"model-30","object":"model","created":30,"owned_by":"lab","permission":[],"root":"model-30","parent":null},
    {"id":"model-31","object":"model","created":31,"owned_by":"lab","permission":[],"root":"model-31","parent":null},
    {"id":"model-32","object":"model","created":32,"owned_by":"lab","permission":[],"root":"model-32","parent":null},
    {"id":"model-33","object":"model","created":33,"owned_by":"lab","permission":[],"root":"model-33","parent":null},
    {"id":"model-34","object":"model","created":34,"owned_by":"lab","permission":[],"root":"model-34","parent":null},
    {"id":"model-35","object":"model","created":35,"owned_by":"lab","permission":[],"root":"model-35","parent":null},
    {"id":"model-36","object":"model","created":36,"owned_by":"lab","permission":[],"root":"model-36","parent":null},
    {"id":"model-37","object":"model","created":37,"owned_by":"lab","permission":[],"root":"model-37","parent":null},
    {"id":"model-38","object":"model","created":38,"owned_by":"lab","permission":[],"root":"model-38","parent":null},
    {"id":"model-39","object":"model","created":39,"owned_by":"lab","permission":[],"root":"model-39","parent":null},
    {"id":"model-40","object":"model","created":40,"owned_by":"lab","permission":[],"root":"model-40","parent":null},
    {"id":"model-41","object":"model","created":41,"owned_by":"lab","permission":[],"root":"model-41","parent":null},
    {"id":"model-42","object":"model","created":42,"owned_by":"lab","permission":[],"root":"model-42","parent":null},
    {"id":"model-43","object":"model","created":43,"owned_by":"lab","permission":[],"root":"model-43","parent":null},
    {"id":"model-44","object":"model","created":44,"owned_by":"lab","permission":[],"root":"model-44","parent":null},
    {"id":"model-45","object":"model","created":45,"owned_by":"lab","permission":[],"root":"model-45","parent":null},
    {"id":"model-46","object":"model","created":46,"owned_by":"lab","permission":[],"root":"model-46","parent":null},
    {"id":"model-47","object":"model","created":47,"owned_by":"lab","permission":[],"root":"model-47","parent":null},
    {"id":"model-48","object":"model","created":48,"owned_by":"lab","permission":[],"root":"model-48","parent":null},
    {"id":"model-49","object":"model","created":49,"owned_by":"lab","permission":[],"root":"model-49","parent":null},
    {"id":"model-50","object":"model","created":50,"owned_by":"lab","permission":[],"root":"model-50","parent":null},
    {"id":"model-51","object":"model","created":51,"owned_by":"lab","permission":[],"root":"model-51","parent":null},
    {"id":"model-52","object":"model","created":52,"owned_by":"lab","permission":[],"root":"model-52","parent":null},
    {"id":"model-53","object":"model","created":53,"owned_by":"lab","permission":[],"root":"model-53","parent":null},
    {"id":"model-54","object":"model","created":54,"owned_by":"lab","permission":[],"root":"model-54","parent":null},
    {"id":"model-55","object":"model","created":55,"owned_by":"lab","permission":[],"root":"model-55","parent":null},
    {"id":"model-56","object":"model","created":56,"owned_by":"lab","permission":[],"root":"model-56","parent":null},
    {"id":"model-57","object":"model","created":57,"owned_by":"lab","permission":[],"root":"model-57","parent":null},
    {"id":"model-58","object":"model","created":58,"owned_by":"lab","permission":[],"root":"model-58","parent":null},
    {"id":"model-59","object":"model","created":59,"owned_by":"lab","permission":[],"root":"model-59","parent":null},
    {"id":"model-60","object":"model","created":60,"owned_by":"lab","permission":[],"root":"model-60","parent":null},
    {"id":"model-61","object":"model","created":61,"owned_by":"lab","permission":[],"root":"model-61","parent":null},
    {"id":"model-62","object":"model","created":62,"owned_by":"lab","permission":[],"root":"model-62","parent":null},
    {"id":"model-63","object":"model","created":63,"owned_by":"lab","permission":[],"root":"model-63","parent":null},
    {"id":"model-64","object":"model","created":64,"owned_by":"lab","permission":[],"root":"model-64","parent":null},
    {"id":"model-65","object":"model","created":65,"owned_by":"lab","permission":[],"root":"model-65","parent":null},
    {"id":"model-66","object":"model","created":66,"owned_by":"lab","permission":[],"root":"model-66","parent":null},
    {"id":"model-67","object":"model","created":67,"owned_by":"lab","permission":[],"root":"model-67","parent":null},
    {"id":"model-68","object":"model","created":68,"owned_by":"lab","permission":[],"root":"model-68","parent":null},
    {"id":"model-69","object":"model","created":69,"owned_by":"lab","permission":[],"root":"model-69","parent":null},
    {"id":"model-70","object":"model","created":70,"owned_by":"lab","permission":[],"root":"model-70","parent":null},
    {"id":"model-71","object":"model","created":71,"owned_by":"lab","permission":[],"root":"model-71","parent":null},
    {"id":"model-72","object":"model","created":72,"owned_by":"lab","permission":[],"root":"model-72","parent":null},
    {"id":"model-73","object":"model","created":73,"owned_by":"lab","permission":[],"root":"model-73","parent":null},
    {"id":"model-74","object":"model","created":74,"owned_by":"lab","permission":[],"root":"model-74","parent":null},
    {"id":"model-75","object":"model","created":75,"owned_by":"lab","permission":[],"root":"model-75","parent":null},
    {"id":"model-76","object":"model","created":76,"owned_by":"lab","permission":[],"root":"model-76","parent":null},
    {"id":"model-77","object":"model","created":77,"owned_by":"lab","permission":[],"root":"model-77","parent":null},
    {"id":"model-78","object":"model","created":78,"owned_by":"lab","permission":[],"root":"model-78","parent":null},
    {"id":"model-79","object":"model","created":79,"owned_by":"lab","permission":[],"root":"model-79","parent":null},
    {"id":"fast","object":"model","created":7,"owned_by":"lab","permission":[],"root":"model-7","parent":null}
    ]}
    """
