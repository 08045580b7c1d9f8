/// What is wrong with a row, before its place in the table is known.
struct MappingFault: Error {
  let description: String

  init(_ description: String) { self.description = description }
}
