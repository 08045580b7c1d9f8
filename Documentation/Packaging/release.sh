#!/usr/bin/env bash
# Builds what is released, and checks it: Documentation/Packaging/release.sh FOLDER
#
# FOLDER gets cf-ecs-VERSION-SYSTEM-MACHINE.tar.gz and SHA256SUMS. The program uses ISA-L for gzip, whose library is packed
# with it; with TRAITS= in the environment it uses zlib alone. The same source, toolchain and ISA-L give the same bytes,
# wherever it runs; the time in the archive is SOURCE_DATE_EPOCH, or the last commit's.
# Needs Linux, Swift 6.2 or later, the headers of zlib and ISA-L, and GNU tar; for the last check root, or user namespaces.
set -Eeuo pipefail
trap 'echo "release.sh: line $LINENO failed: $BASH_COMMAND" >&2' ERR

output=${1:?usage: Documentation/Packaging/release.sh FOLDER}
mkdir -p "$output"
output=$(cd "$output" && pwd)
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

traits=${TRAITS-ISAL}
# Where the program looks for what is packed with it, and the system lacks.
libraries=lib/cf-ecs

# The name of no folder and no user gets into the program.
options=(-c release --product cf-ecs --scratch-path "$work/build" --static-swift-stdlib
  -Xswiftc -warnings-as-errors -Xswiftc -file-prefix-map -Xswiftc "$PWD=." -Xswiftc -gnone
  -Xlinker --gc-sections -Xlinker -s -Xlinker --build-id=none)
if [[ -n $traits ]]; then
  options+=(--traits "$traits" -Xlinker -rpath -Xlinker "\$ORIGIN/../$libraries")
fi
swift build "${options[@]}" >"$work/build.log" 2>&1 || {
  tail -n 40 "$work/build.log" >&2
  if grep -q "'isa-l.h' file not found" "$work/build.log"; then
    echo "release.sh: ISA-L's headers are missing: install libisal-dev, or set TRAITS= to use zlib alone" >&2
  fi
  exit 1
}
binary=$(swift build "${options[@]}" --show-bin-path)/cf-ecs
# The compiler notes hashes of what it compiled, for the next build. They depend on the folders.
objcopy=$(command -v objcopy || echo "$(dirname "$(readlink -f "$(command -v swift)")")/llvm-objcopy")
"$objcopy" --dump-section .swift_modhash="$work/hashes" "$binary" "$work/copy"
head -c "$(stat -c %s "$work/hashes")" /dev/zero >"$work/zeros"
"$objcopy" --update-section .swift_modhash="$work/zeros" "$binary"

# The version stands in Version.swift, and everything asks the program.
version=$("$binary" --version)
version=${version#cf-ecs }
grep -q "^## $version" Documentation/CHANGELOG.md ||
  echo "Note: the change log has no section for $version yet."
system=$(uname -s | tr '[:upper:]' '[:lower:]')
name=cf-ecs-$version-$system-$(uname -m)

# As below /usr/local.
tree=$work/$name
documents=share/doc/cf-ecs
install -D -m 755 "$binary" "$tree/bin/cf-ecs"
install -D -m 644 Documentation/cf-ecs.1 "$tree/share/man/man1/cf-ecs.1"
mkdir -p "$tree"/share/{bash-completion/completions,zsh/site-functions,fish/vendor_completions.d}
"$binary" completions bash >"$tree/share/bash-completion/completions/cf-ecs"
"$binary" completions zsh >"$tree/share/zsh/site-functions/_cf-ecs"
"$binary" completions fish >"$tree/share/fish/vendor_completions.d/cf-ecs.fish"
install -D -m 644 -t "$tree/$documents" LICENSE Documentation/CHANGELOG.md \
  Documentation/Packaging/NOTICE Documentation/Packaging/Licenses/*.txt \
  Sources/CloudflareECS/PublicSuffix/PublicSuffixList+Rules.swift
# In swift.org's toolchains, or in Debian's package.
swift_license=$(dirname "$(readlink -f "$(command -v swift)")")/../share/swift/LICENSE.txt
[[ -e $swift_license ]] || swift_license=/usr/share/doc/swiftlang/copyright
install -m 644 "$swift_license" "$tree/$documents/Swift-LICENSE.txt"
isal=$(ldd "$binary" | sed -nE 's/^\s*libisal\.so\S* => (\S+).*/\1/p')
if [[ -n $isal ]]; then install -D -m 644 -t "$tree/$libraries" "$isal"; fi
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
Documentation/Packaging/sbom.sh "$tree/bin/cf-ecs" "$epoch" >"$tree/$documents/cf-ecs.cdx.json"
chmod -R u=rwX,go=rX "$tree"

tar --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --format=ustar \
  -C "$work" -cf - "$name" | gzip -n -9 >"$output/$name.tar.gz"
(cd "$output" && sha256sum "$name.tar.gz" >SHA256SUMS)

# From here on what was packed is checked, in a root with nothing but the libraries that it loads, and
# /proc, from which the Swift runtime reads the arguments.
root=$work/root
mkdir -p "$root/samples" "$root/proc"
tar -xzf "$output/$name.tar.gz" -C "$root" --strip-components=1
(cd "$root/$documents" && sha256sum --quiet -c) <<<"$(sha256sum <LICENSE | sed 's/-/LICENSE/')"
cp Documentation/Samples/firewall_events*.ndjson.gz "$root/samples"
echo "Loaded by bin/cf-ecs:"
ldd "$root/bin/cf-ecs" | while read -r library _ path _; do
  case $library in
    linux-vdso.so.*) continue ;;
    libc.so.* | libm.so.* | libgcc_s.so.* | libstdc++.so.* | libz.so.*) ;;
    libisal.so.*)
      # Packed.
      [[ $path -ef $root/$libraries/$library ]]
      echo "  $library"
      continue
      ;;
    /*/ld-linux*) path=$library ;;
    *)
      echo "release.sh: a library that is not expected: $library" >&2
      exit 1
      ;;
  esac
  echo "  ${library##*/}"
  mkdir -p "$root$(dirname "$path")"
  cp -L "$path" "$root$path"
done
# A mount of one's own, which ends with the program.
as_root=()
if [[ $EUID -ne 0 ]]; then as_root=(-r); fi
inside=(unshare "${as_root[@]}" --mount
  bash -c 'mount --rbind /proc "$0/proc" && exec chroot "$0" "$@"' "$root")
if unshare "${as_root[@]}" --mount true 2>/dev/null; then
  [[ $("${inside[@]}" /bin/cf-ecs --version) == "cf-ecs $version" ]]
  for profile in sekoia elastic; do
    "${inside[@]}" /bin/cf-ecs -p "$profile" /samples/firewall_events.ndjson.gz |
      cmp - <(gzip -dc "$root/samples/firewall_events.$profile.ndjson.gz")
  done
  echo "In a root with these only: both profiles give the documents of the samples."
else
  # As while an image is built.
  echo "SKIPPED: nothing may be mounted here, so the root was not tried."
fi

echo "Program: $(stat -c %s "$tree/bin/cf-ecs") bytes; archive: $(stat -c %s "$output/$name.tar.gz") bytes."
if command -v python3 >/dev/null; then
  python3 - "$tree/bin/cf-ecs" "$root/$documents/cf-ecs.cdx.json" <<'PYTHON'
import hashlib, json, os, statistics, sys, time
bill = json.load(open(sys.argv[2]))
program = bill["metadata"]["component"]
digest = hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest()
assert program["hashes"][0]["content"] == digest, "the bill of materials is another program's"
names = {component["bom-ref"] for component in bill["components"]}
assert names == set(bill["dependencies"][0]["dependsOn"]) and len(names) >= 5, names
print(f"Bill of materials: {program['name']} {program['version']} and {len(names)} components.")
def run(program, *arguments):
    began = time.perf_counter()
    os.waitpid(os.posix_spawn(program, [program, *arguments], os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]), 0)
    return (time.perf_counter() - began) * 1e3
# In turn, so that both see the same machine.
pairs = [(run(sys.argv[1], "--version"), run("/bin/true")) for _ in range(200)]
for name, times in zip(["cf-ecs --version", "true"], zip(*pairs)):
    print(f"Start of {name}: {min(times):.2f} ms at best, {statistics.median(times):.2f} ms in the middle.")
PYTHON
fi
cat "$output/SHA256SUMS"
