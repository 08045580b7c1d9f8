#!/usr/bin/env bash
# Builds a package that embeds the library, once by path and once by version, and compares what it
# prints with expected-output.txt. Needs no network.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# run PACKAGE OPTIONS…: only the program's own output is compared.
run() {
  swift build --package-path "$@" >"$work/build.log" 2>&1 || {
    tail -n 40 "$work/build.log" >&2
    return 1
  }
  "$(swift build --package-path "$@" --show-bin-path)/consumer"
}

# A new scratch path each time: SwiftPM does not see files that were added to a dependency by path.
run "$here" --scratch-path "$work/build" >"$work/by-path.txt"
diff "$here/expected-output.txt" "$work/by-path.txt"
echo "by path: as expected"

version=$(sed -n 's/.*current = "\(.*\)"/\1/p' "$root/Sources/CloudflareECS/Version.swift")
# The version is a tag in a copy of the repository, of what is committed.
git clone --quiet --no-tags "$root" "$work/CloudflareECS"
git -C "$work/CloudflareECS" -c user.name=consumer -c user.email=consumer@example.com \
  tag -a "$version" -m "$version"
mkdir "$work/consumer"
cp -R "$here/Package.swift" "$here/Sources" "$work/consumer/"
export CLOUDFLARE_ECS_URL="file://$work/CloudflareECS" CLOUDFLARE_ECS_VERSION=$version
run "$work/consumer" --cache-path "$work/cache" >"$work/by-version.txt"
diff "$here/expected-output.txt" "$work/by-version.txt"
grep -q "\"version\" : \"$version\"" "$work/consumer/Package.resolved"
echo "by version $version: as expected"
