/// Why a Logpush job cannot be created, or why an answer from Cloudflare cannot be used.
///
///     do {
///       _ = try LogpushJob(fields: []).body()
///     } catch {
///       error.code == .noFields      // true
///       error.description            // "the job selects no field"
///     }
///
/// The description never quotes a job's destination or anything that may be one, since a
/// destination contains a key.
public struct LogpushError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of error. New kinds may be added; compare with the constants.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The code as text.
    public let rawValue: String

    /// The answer is not a list of fields.
    public static let notAFieldList = Code(rawValue: "not_a_field_list")
    /// Cloudflare refused the call.
    public static let callRefused = Code(rawValue: "call_refused")
    /// The job selects no field.
    public static let noFields = Code(rawValue: "no_fields")
    /// A field name is empty, or has a comma or a space.
    public static let badFieldName = Code(rawValue: "bad_field_name")
    /// The dataset has no field of that name.
    public static let unknownField = Code(rawValue: "unknown_field")
    /// The filter uses a field by which Cloudflare cannot filter.
    public static let unfilterableField = Code(rawValue: "unfilterable_field")
    /// Two settings of the job do not go together.
    public static let conflict = Code(rawValue: "conflict")
    /// The destination is not a URL.
    public static let badDestination = Code(rawValue: "bad_destination")
    /// The filter does not have the form that Cloudflare accepts.
    public static let badFilter = Code(rawValue: "bad_filter")
    /// A number is outside the range that Cloudflare accepts.
    public static let outOfRange = Code(rawValue: "out_of_range")

    /// The code's text.
    public var description: String { rawValue }
  }

  /// The kind of error.
  public let code: Code
  /// A message for people; it includes the limit, if there is one.
  public let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
