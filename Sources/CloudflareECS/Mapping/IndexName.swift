/// Checks the names of indices and data streams, as Elasticsearch and OpenSearch do.
///
///     IndexName.index.fault(in: "WAF")          // "has a capital letter"
///     IndexName.pattern.fault(in: "waf-*")      // nil
///
/// [Elasticsearch: create an index](https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-indices-create)
package enum IndexName: Sendable {
  /// The name of an index or of a data stream.
  case index
  /// A pattern of such names, in which `*` is any text.
  case pattern
  /// The part of a data stream's name after its last hyphen.
  case namespace

  /// The longest name, in bytes.
  package static let longest = 255

  /// What is wrong with a name, as a predicate ("has a space"); nil if it is valid.
  package func fault(in name: String) -> String? {
    let refused: Set<Unicode.Scalar> = [
      "\\", "/", "*", "?", "\"", "<", ">", "|", ",", "#", ":", " ",
    ]
    if name.isEmpty { return "is empty" }
    if name.utf8.count > Self.longest { return "has more than \(Self.longest) bytes" }
    if name == "." || name == ".." { return "is not a name" }
    if let first = name.unicodeScalars.first, "-_+".unicodeScalars.contains(first) {
      return "begins with '\(first)'"
    }
    for scalar in name.unicodeScalars {
      if self == .pattern, scalar == "*" { continue }
      if scalar == " " { return "has a space" }
      if refused.contains(scalar) { return "has a '\(scalar)'" }
      if scalar.properties.isUppercase { return "has a capital letter" }
      if scalar.value < 0x20 || scalar.value == 0x7F { return "has a control character" }
      if self == .namespace, scalar == "-" { return "has a '-'" }
    }
    return nil
  }
}
