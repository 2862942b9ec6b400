# shellcheck shell=sh
# Finds the JDK to build and run with. Sourced by the scripts; needs no program but the shell.
#
# JDK 25 is what the project is built, tested and paired with a TornadoVM SDK on, so the first JDK 25 wins over a newer
# one, and the newest stands in where there is no 25. SIROCCO_JAVA_HOME is taken at its word; JAVA_HOME only if it fits,
# because it often names the JDK of some other project.

jdk_wanted=25

# jdk_version DIR: sets jdk_version and jdk_major; fails where DIR is no JDK (a JRE cannot build).
jdk_version() {
    jdk_version=
    jdk_major=
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS='=' read -r jdk_key jdk_value; do
        if [ "$jdk_key" = JAVA_VERSION ]; then
            jdk_version=${jdk_value#\"}
            jdk_version=${jdk_version%%\"*}
        fi
    done <"$1/release"
    jdk_major=${jdk_version%%[!0-9]*}
    [ -n "$jdk_major" ]
}

# jdk_consider DIR: remembers DIR if it is a better choice than what was seen so far.
jdk_consider() {
    jdk_version "$1" || return 0
    if [ "$jdk_major" -lt "$jdk_wanted" ]; then
        jdk_too_old="$jdk_version in $1"
    elif [ "$jdk_best_major" -eq "$jdk_wanted" ]; then
        :
    elif [ "$jdk_major" -eq "$jdk_wanted" ] || [ "$jdk_major" -gt "$jdk_best_major" ]; then
        jdk_best=$1
        jdk_best_major=$jdk_major
    fi
}

# jdk_find: exports JAVA_HOME and sets jdk_version, or prints one line and fails.
jdk_find() {
    jdk_best=
    jdk_best_major=0
    jdk_too_old=
    if [ -n "${SIROCCO_JAVA_HOME:-}" ]; then
        if ! jdk_version "$SIROCCO_JAVA_HOME"; then
            jdk_major=0
            jdk_version='no JDK'
        fi
        if [ "$jdk_major" -lt "$jdk_wanted" ]; then
            printf 'sirocco: SIROCCO_JAVA_HOME=%s holds %s: set it to the home folder of a JDK %s\n' \
                "$SIROCCO_JAVA_HOME" "$jdk_version" "$jdk_wanted" >&2
            return 1
        fi
        jdk_best=$SIROCCO_JAVA_HOME
    elif [ -n "${JAVA_HOME:-}" ] && jdk_version "$JAVA_HOME" && [ "$jdk_major" -ge "$jdk_wanted" ]; then
        jdk_best=$JAVA_HOME
    else
        for jdk_dir in /usr/lib/jvm/* /opt/java/* /opt/jdk* "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* \
            "${HOME:-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
            jdk_consider "$jdk_dir"
        done
        if [ "$jdk_best_major" -ne "$jdk_wanted" ] && jdk_javac=$(command -v javac); then
            jdk_javac=$(readlink -f "$jdk_javac") && jdk_consider "${jdk_javac%/bin/javac}"
        fi
    fi
    if [ -z "$jdk_best" ]; then
        printf 'sirocco: no JDK %s found in JAVA_HOME, /usr/lib/jvm, ~/.sdkman or PATH%s: install one (for example Temurin %s from adoptium.net, or: sdk install java %s-tem) or set SIROCCO_JAVA_HOME\n' \
            "$jdk_wanted" "${jdk_too_old:+ (only $jdk_too_old)}" "$jdk_wanted" "$jdk_wanted" >&2
        return 1
    fi
    jdk_version "$jdk_best"
    JAVA_HOME=$jdk_best
    export JAVA_HOME
}
