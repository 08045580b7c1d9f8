extension FieldMapping {
  /// How a value is made from the fields of a row: one of a list, with its parameters.
  ///
  /// Each transform leaves its target out where its field is absent or empty. What cannot be converted is
  /// left out too, and becomes a ``NormalizationIssue``.
  public struct Transform: Hashable, Sendable {
    let definition: any TransformDefinition.Type
    /// The parameters, in the order of the constant that makes the transform.
    public let parameters: [String]
    /// A function of the program, for ``CustomTransform``.
    let function: (@Sendable ([JSONValue?]) -> JSONValue?)?

    init(
      _ definition: any TransformDefinition.Type, _ parameters: [String] = [],
      function: (@Sendable ([JSONValue?]) -> JSONValue?)? = nil
    ) {
      self.definition = definition
      self.parameters = parameters
      self.function = function
    }

    /// The transform's name and parameters, as the reference shows them.
    public var name: String {
      parameters.isEmpty ? definition.name : "\(definition.name)(\(definition.shown(parameters)))"
    }

    /// What the transform gives.
    var result: TransformResult { definition.result(parameters) }

    /// Whether one row gives the whole array. Otherwise each row adds an element.
    var givesArray: Bool {
      switch result {
      case .texts, .array: true
      case .text, .integer, .number, .boolean, .object, .members, .typed: false
      }
    }

    /// Whether both have the same name and parameters.
    public static func == (left: Transform, right: Transform) -> Bool {
      left.definition.name == right.definition.name && left.parameters == right.parameters
    }

    /// Hashes name and parameters.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(definition.name)
      hasher.combine(parameters)
    }
  }
}
