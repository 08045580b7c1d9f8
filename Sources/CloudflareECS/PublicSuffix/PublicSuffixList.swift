/// The Public Suffix List: the domains under which anyone can register a name, such as `com` and
/// `co.uk`.
///
/// It shows which part of a host name was registered: `example.co.uk` of `www.example.co.uk`. Only
/// the list's ICANN section is built in: the rules of the registries, not those of companies that
/// give out names below their own (`github.io` is a registered domain here, not a suffix).
///
/// The list's algorithm applies: of all rules that match, an exception wins, then the rule with the
/// most labels; if none matches, the last label is the suffix. A wildcard rule does not cover its
/// parent: with `*.kobe.jp`, `kobe.jp` is a registered domain. Letter case is ignored, and names
/// match both in Unicode and in punycode.
///
/// [publicsuffix.org/list](https://publicsuffix.org/list/)
public enum PublicSuffixList {
  /// Splits a host name into its public suffix, registered domain and subdomain.
  ///
  /// The parts keep the letter case of the host. One trailing dot, the root of the name system, is
  /// left out. Pass names only: the numbers of an IPv4 address would be taken for labels.
  ///
  /// ```swift
  /// let domain = PublicSuffixList.split("www.Example.co.uk")
  /// domain?.topLevelDomain    // "co.uk"
  /// domain?.registeredDomain  // "Example.co.uk"
  /// domain?.subdomain         // "www"
  /// ```
  ///
  /// - Parameter host: a host name without port, in Unicode or in punycode.
  /// - Returns: the parts; `nil` if the host is empty or has an empty label, as in `a..example`.
  /// - Complexity: O(*n*) in the length of the host.
  public static func split(_ host: String) -> Domain? {
    let bytes = host.utf8.span
    let isRooted = bytes.count > 0 && bytes[bytes.count - 1] == UInt8(ascii: ".")
    let name = bytes.extracting(droppingLast: isRooted ? 1 : 0)
    guard let boundaries = boundaries(of: name) else { return nil }

    func part(_ start: Int, _ end: Int) -> String {
      let first = host.utf8.index(host.startIndex, offsetBy: start)
      return String(host[first..<host.utf8.index(host.startIndex, offsetBy: end)])
    }
    let topLevelDomain = part(boundaries.suffixStart, name.count)
    guard let registeredStart = boundaries.registeredStart else {
      return Domain(topLevelDomain: topLevelDomain)
    }
    return Domain(
      topLevelDomain: topLevelDomain,
      registeredDomain: part(registeredStart, name.count),
      subdomain: registeredStart > 0 ? part(0, registeredStart - 1) : nil
    )
  }

  /// The offsets where the parts of a host start. The host must be without a trailing dot.
  ///
  /// Allocates nothing. Bytes that are not UTF-8 match no rule.
  package static func boundaries(of host: Span<UInt8>) -> Boundaries? {
    var labelEnd = host.count
    var labelStart = startOfLabel(in: host, endingAt: labelEnd)
    // If no rule matches, the last label is the suffix.
    var suffixStart = labelStart
    // Add labels from the right while the list has a line for them: usually one or two. The marks
    // are described at `lines`.
    labels: while labelStart < labelEnd,
      let mark = mark(of: host.extracting(droppingFirst: labelStart))
    {
      switch mark {
      case UInt8(ascii: "."):
        suffixStart = labelStart
        break labels
      case UInt8(ascii: "!"):
        suffixStart = labelEnd &+ 1
        break labels
      case UInt8(ascii: "+"):
        suffixStart = labelStart
      default:
        break
      }
      guard labelStart > 0 else { break }
      labelEnd = labelStart &- 1
      labelStart = startOfLabel(in: host, endingAt: labelEnd)
      if mark == UInt8(ascii: "*") { suffixStart = labelStart }
    }
    guard labelStart < labelEnd else { return nil }
    guard suffixStart > 0 else { return Boundaries(suffixStart: 0) }

    let registeredEnd = suffixStart &- 1
    let registeredStart = startOfLabel(in: host, endingAt: registeredEnd)
    guard registeredStart < registeredEnd else { return nil }
    if registeredStart > 0, hasEmptyLabel(in: host, endingAt: registeredStart &- 1) { return nil }
    return Boundaries(suffixStart: suffixStart, registeredStart: registeredStart)
  }

  private static func hasEmptyLabel(in host: Span<UInt8>, endingAt end: Int) -> Bool {
    var end = end
    while true {
      let start = startOfLabel(in: host, endingAt: end)
      if start == end { return true }
      if start == 0 { return false }
      end = start &- 1
    }
  }

  private static func startOfLabel(in host: Span<UInt8>, endingAt end: Int) -> Int {
    var start = end
    while start > 0, host[start &- 1] != UInt8(ascii: ".") { start &-= 1 }
    return start
  }
}
