/// The steps for shapes of events that came often.
///
/// A shape has one place, by its hash. The shape that holds a place gets its own steps when it has come
/// a few times. One that differs takes the place over when it and its like have come as often as the
/// holder did, so that two shapes that share a place do not make their steps again and again. So the
/// work of making steps is never more than a part of the work of the events, whatever shapes come.
struct ShapeCache {
  private struct Place {
    var shape = Shape()
    /// How often the shape came before it got steps; then, how many others it outlasts.
    var count = 0
    var steps: [Plan.Step]?
  }

  /// Made when the first document is written: the typed path writes none.
  private var places: [Place] = []

  private static let placeCount = 1024

  /// So often a shape must have come.
  private static let threshold = 128

  /// The steps for an event, if its shape has some.
  mutating func steps(
    of shape: Shape, _ fields: borrowing EventFields, _ plan: Plan
  ) -> [Plan.Step]? {
    let index = shape.bucket(of: Self.placeCount)
    if index < places.count, places[index].shape == shape, let steps = places[index].steps {
      return steps
    }
    return count(shape, at: index, fields, plan)
  }

  @inline(never)
  private mutating func count(
    _ shape: Shape, at index: Int, _ fields: borrowing EventFields, _ plan: Plan
  ) -> [Plan.Step]? {
    if places.isEmpty { places = Array(repeating: Place(), count: Self.placeCount) }
    if places[index].shape != shape {
      places[index].count -= 1
      guard places[index].count < 0 else { return nil }
      places[index] = Place(shape: shape)
    }
    places[index].count += 1
    // A field that came twice, empty at last, is in the shape, but is not there. Such an event must not
    // make the steps; one that uses them is told by the steps themselves.
    guard places[index].count >= Self.threshold, plan.fieldCount <= Shape.capacity,
      fields.measuredShape == fields.shape
    else { return nil }
    var compiler = ShapeCompiler(plan, shape)
    compiler.compile(fields)
    places[index].steps = compiler.steps
    places[index].count = Self.threshold
    return compiler.steps
  }
}
