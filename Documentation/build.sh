#!/usr/bin/env bash
# Writes the documentation as a static site: Documentation/build.sh FOLDER [PATH]
# PATH is that of the site's address, such as CloudflareECS in https://example.com/CloudflareECS; by default the root.
# A warning is an error, and so are a broken link between pages and a public symbol without a comment.
# Needs nothing but the Swift toolchain.
set -euo pipefail

output=${1:?usage: Documentation/build.sh FOLDER [PATH]}
mkdir -p "$output"
output=$(cd "$output" && pwd)
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The tests, because the graphs of their modules are written, too.
swift build --build-tests
swift package dump-symbol-graph --minimum-access-level public --skip-synthesized-members
# Only the library's own graph: those of the test runner break links between pages.
mkdir "$work/graphs"
cp "$(swift build --show-bin-path)/../symbolgraph/CloudflareECS.symbols.json" "$work/graphs"

# DocC takes a page's address from its file name, and under FieldMapping is the symbol of that name.
# And it wants the title in line 1, where a generated page says that it is one.
cp -R Documentation/CloudflareECS.docc "$work"
catalog=$work/CloudflareECS.docc
mv "$catalog/FieldMapping.md" "$catalog/FieldMappingTables.md"
# The pages have links and pictures that a reader of plain Markdown can follow; DocC has its own form of them.
sed -i -E '
  1{/^<!--/d}
  s|\]\(Resources/|](|g
  s|\]\(FieldMapping\.md|](FieldMappingTables.md|g
  s|^- \[[^]]*\]\(([A-Za-z]+)\.md\)$|- <doc:\1>|
  s|\]\(([A-Za-z]+)\.md\)|](doc:\1)|g
' "$catalog"/*.md

docc=$(command -v docc || echo "$(dirname "$(command -v swift)")/docc")
"$docc" convert "$catalog" \
  --additional-symbol-graph-dir "$work/graphs" \
  --fallback-display-name CloudflareECS \
  --fallback-bundle-identifier CloudflareECS \
  ${2:+--hosting-base-path "$2"} \
  --warnings-as-errors \
  --experimental-documentation-coverage --coverage-summary-level none \
  --output-path "$output"

# DocC leaves the root empty, and cuts off tables with long names, which it does not break.
echo '<!doctype html><meta http-equiv="refresh" content="0; url=documentation/cloudflareecs/">' >"$output/index.html"
echo 'td code{overflow-wrap:anywhere}td:has(code){min-width:6.5em}' | tee -a "$output"/css/index.*.css >/dev/null

# One entry a line. The initializers of enumerations, and those of most Codable types, are the compiler's.
entries=$(sed 's/},{/}\n{/g' "$output/documentation-coverage.json" | grep '"isSymbol":true')
rm "$output/documentation-coverage.json"
undocumented=$(grep '"hasAbstract":false' <<<"$entries" | grep -vE '"title":"init\((rawValue|from):\)"' |
  sed 's/.*"referencePath":"\([^"]*\)".*/\1/; s/\\//g' || true)
if [[ -n $undocumented ]]; then
  printf 'Public symbols without a comment:\n%s\n' "$undocumented" >&2
  exit 1
fi
echo "$(wc -l <<<"$entries") public symbols, each with a comment."
