# shellcheck shell=bash
# What ./run and ./test share: find or install what is missing, fetch the browser assets, build when sources changed.
# Sourced. Says one line per slow step and nothing else; a step's output is shown only when it fails.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
scratch=$root/artifacts # git-ignored

die() { printf '%s\n' "$*" >&2; exit 1; }
say() { printf '%s\n' "$*" >&2; }

# quietly LOGNAME COMMAND...: output goes to a file; 9 is the build's lock, which a compiler server must not inherit.
quietly() {
    local log=$scratch/$1.log
    shift
    "$@" >"$log" 2>&1 9>&-
}

make_scratch() {
    mkdir -p "$scratch" 2>/dev/null && [ -w "$scratch" ] && return
    die "The user $(id -un) may not write to $root (built by another user?). Type: sudo chown -R $(id -un) '$root'"
}

# install_packages WHAT PACKAGE...
install_packages() {
    local what=$1
    shift
    local become=()
    command -v apt-get >/dev/null || die "$what is missing. Install it with your system's package manager (on Debian: $*)."
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || die "$what is missing. Type: sudo apt-get install -y $*"
        become=(sudo -n)
    fi
    say "Installing $what"
    quietly apt "${become[@]}" apt-get update -qq || true # an index that is there may still do
    quietly apt "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" ||
        die "$what could not be installed: $(grep -m1 '^E: ' "$scratch/apt.log" || tail -n1 "$scratch/apt.log")"
}

need_dotnet() {
    local candidate
    for candidate in dotnet "${DOTNET_ROOT:-/none}/dotnet" "${HOME:-/none}/.dotnet/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
        # From here, so that global.json has its say about the version.
        if sdk=$(cd "$root" && "$candidate" --version 2>/dev/null); then
            dotnet=$candidate
            return
        fi
    done
    die "The .NET SDK 10.0 is missing. Get it from https://dotnet.microsoft.com/download/dotnet/10.0 (Debian and Ubuntu with Microsoft's feed: sudo apt-get install -y dotnet-sdk-10.0)."
}

has_postgres() {
    local bin major
    for bin in /usr/lib/postgresql/*/bin ${PATH//:/ }; do
        if [ ! -x "$bin/initdb" ] || [ ! -x "$bin/postgres" ]; then continue; fi
        major=$("$bin/postgres" --version 2>/dev/null | sed -n 's/.*(PostgreSQL) \([0-9]*\).*/\1/p')
        [ "${major:-0}" -ge 15 ] && return
    done
    return 1
}

need_postgres() {
    has_postgres && return
    install_packages "PostgreSQL 15 or later" postgresql
    has_postgres || die "This system's package of PostgreSQL is older than 15. Newer ones: https://www.postgresql.org/download/"
}

# A broker for the tests of messages between groups of hosts, which start it themselves. Without one they are skipped, and say so.
# Its package starts a service wherever nothing forbids that, so that is forbidden for this moment; the port mapper of its language too.
need_rabbit() {
    ls -d /usr/lib/rabbitmq/lib/rabbitmq_server-* >/dev/null 2>&1 && return
    (
        policy=/usr/sbin/policy-rc.d
        [ "$(id -u)" -eq 0 ] || exit 1 # a developer's own machine is not changed for this
        if [ ! -e "$policy" ]; then
            printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
            trap 'rm -f "$policy"' EXIT
        fi
        install_packages "RabbitMQ" rabbitmq-server
        ! command -v systemctl >/dev/null || systemctl disable rabbitmq-server epmd.socket epmd.service >/dev/null 2>&1 || true
    ) || say "Tests with a message broker are skipped: RabbitMQ is not installed (as root: apt-get install rabbitmq-server)."
}

# PDFs of prints are set in a font of the machine. Without one everything else works, so this never ends a start.
need_font() {
    local file
    for file in /usr/share/fonts /usr/local/share/fonts /Library/Fonts /System/Library/Fonts/Supplemental; do
        [ -d "$file" ] && [ -n "$(find "$file" \( -name LiberationSans-Regular.ttf -o -name DejaVuSans.ttf -o -name Arial.ttf \) -print -quit 2>/dev/null)" ] && return
    done
    (install_packages "a font for PDFs" fonts-dejavu-core) || say "Prints will not be there as PDF until a font is."
}

# A linked node_modules belongs to another checkout, whose business its state is.
need_assets() {
    if [ ! -L "$root/node_modules" ] && ! cmp -s "$root/package-lock.json" "$root/node_modules/.installed-lock.json"; then
        command -v npm >/dev/null || install_packages "npm" nodejs npm
        say "Fetching browser assets"
        quietly npm npm ci --prefix "$root" --no-audit --no-fund --ignore-scripts --loglevel=error ||
            die "npm could not fetch the browser assets: $(grep -vE '^$|complete log' "$scratch/npm.log" | sed -E 's/^npm (error|ERR!) //' | head -n 3 | paste -sd ' ' | cut -c 1-250) (all of it: $scratch/npm.log)"
        cp "$root/package-lock.json" "$root/node_modules/.installed-lock.json"
    fi
}

# Names, sizes and times of everything a build reads: also notices a file that went away.
fingerprint() {
    printf '%s\n' "$sdk"
    (cd "$root" && find . \( -name bin -o -name obj -o -name node_modules -o -name artifacts -o -name .git -o -name TestResults \) -prune \
        -o -type f -printf '%p %s %T@\n') | LC_ALL=C sort
}

# shellcheck disable=SC2034 # used by those who source this
host_dll=$root/host/bin/Release/net10.0/Modular.Host.dll

# build_with ARGS...: dotnet build, whose errors are told in short when it fails.
build_with() (
    flock 9
    cd "$root" || exit 1
    # The compiler server halves the time. One that served other builds before was seen to fail on good views (RZ1021, CS0501, by
    # the hundred), so this build has its own; the compiler alone never failed, so it has the last word.
    quietly build "$dotnet" build "$@" -c Release -v q --nologo -p:UseSharedCompilation=true "-p:SharedCompilationId=modular.$$" ||
        quietly build "$dotnet" build "$@" -c Release -v q --nologo -p:UseSharedCompilation=false || {
        grep -E ': error ' "$scratch/build.log" | sed 's/ \[[^][]*\]$//' | sort -u | head -n 20 >&2
        die "The build failed (all of it: $scratch/build.log)."
    }
) 9>"$scratch/build.lock"

# build_one PROJECT ARGS...: that and what it refers to.
build_one() { say "Building $1"; build_with "$@"; }

# need_build FILE...: builds when a source changed or one of the files is not there.
need_build() {
    local before file missing=
    before=$(fingerprint | sha256sum)
    for file in "$@"; do
        [ -f "$file" ] || missing=1
    done
    [ -z "$missing" ] && [ "$before" = "$(cat "$scratch/built" 2>/dev/null)" ] && return
    say "Building"
    build_with Modular.slnx
    # As it was before: what somebody changed during the build was not built.
    printf '%s\n' "$before" >"$scratch/built"
}
