/// The answer to `GET …/v1/models` with what endpoints have told.
struct DirectoryListing {
    var text = Array("{\"object\":\"list\",\"data\":[".utf8)
    /// Where each entry's object stands in `text`; empty where it is not listed.
    var objects: [Range<Int>]
    var listedCount = 0
}
