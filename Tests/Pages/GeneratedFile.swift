import CloudflareECS
import Foundation
import TestSupport
import Testing

/// A file of the repository that is made from code: a page of the documentation, or the documents of the golden records.
struct GeneratedFile: Sendable, CustomTestStringConvertible {
  /// From the root of the repository.
  let path: String
  let text: @Sendable () throws -> String

  var testDescription: String { path }

  /// Whether this run writes the files instead of comparing them.
  static let areWritten = ProcessInfo.processInfo.environment["RECORD"] == "1"

  static let all = pages + golden

  private static let pages = [
    GeneratedFile(path: AttackCoveragePicture.path) { AttackCoveragePicture.svg },
    GeneratedFile(path: DetectionRulesPage.path) { DetectionRulesPage.text },
    GeneratedFile(path: DifferencesPage.path) { DifferencesPage.text },
    GeneratedFile(path: FieldMappingPage.path) { FieldMappingPage.text },
    GeneratedFile(path: IndicatorFeedsPage.path) { IndicatorFeedsPage.text },
    GeneratedFile(path: ManualPage.path) { ManualPage.text },
    GeneratedFile(path: ProfilesPage.path) { ProfilesPage.text },
    GeneratedFile(path: PublicSurface.page) { try PublicSurface.currentPage() },
    GeneratedFile(path: UnsafeCode.page) { try UnsafeCode.currentPage() },
  ]

  /// The documents of `golden/X.ndjson`, byte by byte. The reference implementation in `Tests/Reference` gives
  /// the same.
  private static let golden = ["actions", "sources"].flatMap { subject in
    BuiltInProfiles.all.map { profile in
      let name = "Tests/CloudflareECSTests/Fixtures/golden/\(subject)"
      return GeneratedFile(path: "\(name).\(profile.name).ndjson") {
        Conversion(try Repository.text("\(name).ndjson"), profile).text
      }
    }
  }
}
