# shellcheck shell=sh
# shellcheck disable=SC2034 # Who sources this file uses the variables.
#
# What the launchers, which source this file, have in common: they run Java.
#
# find_jdk reads the `release` file of each candidate instead of running it, so the search takes a few milliseconds. It
# sets jdk_home, jdk_version and jdk_major. With no JDK that is new enough, jdk_home is empty and jdk_seen lists
# those that are too old, a line for each.

jdk_oldest=21

jdk_home=
jdk_version=
jdk_major=0
jdk_rank=0
jdk_seen=

# Sets jdk_read to the version of the JDK in a folder, or to nothing if there is none.
jdk_read_version() {
    jdk_read=
    [ -n "$1" ] && [ -x "$1/bin/javac" ] || return 0
    if [ -r "$1/release" ]; then
        while IFS='=' read -r jdk_key jdk_value; do
            if [ "$jdk_key" = JAVA_VERSION ]; then
                jdk_read=${jdk_value#\"}
                jdk_read=${jdk_read%%\"*}
                break
            fi
        done <"$1/release"
    fi
    if [ -z "$jdk_read" ]; then
        jdk_read=$("$1/bin/javac" -version 2>&1) || jdk_read=
        jdk_read=${jdk_read##* }
    fi
}

# Keeps the JDK in a folder if it is new enough and newer than the one kept so far.
jdk_consider() {
    jdk_read_version "$1"
    [ -n "$jdk_read" ] || return 0

    # 21.0.8 -> 21 0 8; 26-ea -> 26; 1.8.0_202 -> 8 0
    jdk_numbers=${jdk_read%%[!0-9.]*}
    jdk_numbers=${jdk_numbers#1.}
    jdk_ifs=$IFS
    IFS=.
    # shellcheck disable=SC2086 # The split at the dots is what is wanted.
    set -- "$1" $jdk_numbers
    IFS=$jdk_ifs
    jdk_this_rank=$((${2:-0} * 1000000 + ${3:-0} * 1000 + ${4:-0}))

    if [ "${2:-0}" -lt "$jdk_oldest" ]; then
        case $jdk_seen in
            *" in $1"*) ;;
            *) jdk_seen="$jdk_seen
  JDK $jdk_read in $1" ;;
        esac
    elif [ "$jdk_this_rank" -gt "$jdk_rank" ]; then
        jdk_home=$1
        jdk_version=$jdk_read
        jdk_major=$2
        jdk_rank=$jdk_this_rank
    fi
}

find_jdk() {
    # A JAVA_HOME that will do is a decision of the user's.
    if [ -n "${JAVA_HOME:-}" ]; then
        jdk_consider "$JAVA_HOME"
        [ -z "$jdk_home" ] || return 0
    fi

    # The names that CI services give: JAVA_HOME_21, JAVA_HOME_21_X64, JAVA21_HOME.
    jdk_number=$jdk_oldest
    while [ "$jdk_number" -lt 50 ]; do
        for jdk_variable in "JAVA_HOME_$jdk_number" "JAVA_HOME_${jdk_number}_X64" "JAVA_HOME_${jdk_number}_ARM64" "JAVA${jdk_number}_HOME"; do
            eval "jdk_candidate=\${$jdk_variable:-}"
            [ -z "$jdk_candidate" ] || jdk_consider "$jdk_candidate"
        done
        jdk_number=$((jdk_number + 1))
    done

    for jdk_candidate in \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/openjdk-* /opt/java/* /opt/jdk* /opt/*-jdk* \
        "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
        "${HOME:-}"/.local/share/mise/installs/java/* "${HOME:-}"/.asdf/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
        jdk_consider "$jdk_candidate"
    done

    if jdk_candidate=$(command -v javac); then
        jdk_candidate=$(readlink -f "$jdk_candidate" 2>/dev/null) || jdk_candidate=
        jdk_consider "${jdk_candidate%/bin/javac}"
    fi

    # What is on the PATH may be a version manager's stand-in, which only tells where it leads when it runs.
    if [ -z "$jdk_home" ] && command -v java >/dev/null; then
        jdk_consider "$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')"
    fi
}

# Says what is missing and ends the script whose name is given.
no_jdk() {
    {
        echo "$1: this project needs a JDK $jdk_oldest or newer, and there is none in JAVA_HOME, in the usual folders or on the PATH."
        if [ -n "$jdk_seen" ]; then
            echo "Too old:$jdk_seen"
        fi
        echo "Install one, for example from https://adoptium.net or with one of these, or set JAVA_HOME to it:"
        echo "  sdk install java        (SDKMAN)"
        echo "  brew install openjdk    (macOS)"
        echo "  apt install openjdk-21-jdk-headless    (Debian 13, Ubuntu 22.04 and later)"
    } >&2
    exit 69
}

# Java takes the names of files for ASCII where the locale is C, or one that is not installed.
name_files_in_utf8() {
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
        C | POSIX | *.[Uu][Tt][Ff]8 | *.[Uu][Tt][Ff]-8)
            LC_ALL=C.UTF-8
            export LC_ALL
            ;;
    esac
}
