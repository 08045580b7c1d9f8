/// Why a Logpush job would not do what is asked, or an answer of Cloudflare says nothing.
///
///     do {
///       _ = try LogpushJob(fields: []).body()
///     } catch {
///       error.code == .noFields      // true
///       error.description            // "the job selects no field"
///     }
///
/// The description never repeats the destination of a job, nor anything that may be one: it holds a
/// key.
public struct LogpushError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault it is. New kinds may be added; compare with the constants.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The code as text.
    public let rawValue: String

    /// The answer is not a list of fields.
    public static let notAFieldList = Code(rawValue: "not_a_field_list")
    /// The answer says that Cloudflare refused the call.
    public static let callRefused = Code(rawValue: "call_refused")
    /// The job selects no field.
    public static let noFields = Code(rawValue: "no_fields")
    /// A field has a name that cannot be one.
    public static let badFieldName = Code(rawValue: "bad_field_name")
    /// The destination is no URL.
    public static let badDestination = Code(rawValue: "bad_destination")
    /// The filter is not of the form that Cloudflare reads.
    public static let badFilter = Code(rawValue: "bad_filter")
    /// A number is beyond what Cloudflare accepts.
    public static let outOfRange = Code(rawValue: "out_of_range")

    /// The code's text.
    public var description: String { rawValue }
  }

  /// The kind of fault.
  public let code: Code
  /// A sentence for people; it says the limit, where there is one.
  public let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
