# shellcheck shell=sh disable=SC2154 # root and jdk_version come from the script that sources this
# Builds a module's program when its sources changed, and starts it. Sourced after jdk.sh, with `root` set.
#
# A build ends in build/MODULE/: the jars, their order on the class path, a stamp as old as the start of the build, and
# an archive of parsed classes for the JVM. A new build makes a new folder and renames it into place, so a program
# that is running keeps its jars; nor does mvn clean touch them.

# app_stale MODULE OTHER: true where MODULE is not built, or a source is newer than its build. Sources below OTHER, which
# MODULE does not depend on, do not count. One find and no Maven: this is paid at every start.
app_stale() {
    [ -f "$root/build/$1/stamp" ] || return 0
    [ -n "$(cd "$root" && find pom.xml .mvn/maven.config ./*/pom.xml ./*/src/main -newer "build/$1/stamp" \
        ! -path "./$2/*" -print 2>&1)" ]
}

# app_compile MODULE: one Maven run into build/MODULE.new, then the rename.
app_compile() {
    app_new=$root/build/$1.new
    app_old=$root/build/$1.old
    rm -rf "$app_new" "$app_old" && mkdir -p "$app_new/lib" && : >"$app_new/stamp" || return 1
    (cd "$root" && ./mvnw -pl "$1" -am package -Dmaven.test.skip=true -Dsirocco.lib="$app_new/lib") || return 1
    cp "$root/$1/target/$1"-[0-9]*.jar "$app_new/lib/" || return 1
    for app_jar in "$app_new"/lib/*.jar; do
        printf '%s\n' "${app_jar##*/}"
    done >"$app_new/class-path" || return 1
    if [ -d "$root/build/$1" ]; then
        mv "$root/build/$1" "$app_old" || return 1
    fi
    mv "$app_new" "$root/build/$1" && rm -rf "$app_old"
}

# app_lock MODULE: waits until no other process builds MODULE; the lock ends with the calling (sub)shell.
app_lock() {
    app_waiting='sirocco: waiting for another process that is building'
    if command -v flock >/dev/null; then
        exec 9>"$root/build/$1.lock"
        flock -n 9 || { echo "$app_waiting" >&2 && flock 9; }
    else
        app_lock=$root/build/$1.lock.d
        until mkdir "$app_lock" 2>/dev/null; do
            [ -z "$app_waiting" ] || echo "$app_waiting (if there is none, remove $app_lock)" >&2
            app_waiting=
            sleep 1
        done
        trap 'rmdir "$app_lock"' EXIT
        trap 'exit 130' INT
        trap 'exit 143' TERM HUP
    fi
}

# app_build MODULE OTHER: brings build/MODULE up to date, one process at a time. Standard output stays empty; a line on
# standard error says what takes so long; Maven's output is shown only when it fails.
app_build() {
    app_stale "$1" "$2" || return 0
    case $root in
        *:*)
            echo "sirocco: $root has a colon in its path, which Java takes as a separator: move it" >&2
            return 1
            ;;
    esac
    if ! mkdir -p "$root/build" 2>/dev/null || [ ! -w "$root/build" ]; then
        echo "sirocco: $root must be built but cannot be written to: run it once as the owner" >&2
        return 1
    fi
    app_log=$root/build/$1.log
    (
        app_lock "$1"
        app_stale "$1" "$2" || exit 0
        if [ -d "$root/build/$1" ]; then
            echo "sirocco: sources changed, building (about half a minute)" >&2
        else
            echo "sirocco: building (a minute or two; the first time on this machine also downloads some 200 MB)" >&2
        fi
        app_compile "$1" </dev/null >"$app_log" 2>&1 9>&- || exit 1
        if [ "$1" = cli ]; then
            app_prepare cli
            app_train dev.sirocco.cli.Rehearsal generate -p mistral: -n 8 -- devices -- kernels export \
                --device-profile opencl-cpu --out "$root/build/$1/rehearsal" </dev/null >>"$app_log" 2>&1 9>&-
            rm -rf "$root/build/$1/rehearsal"
        fi
    ) && return 0
    # Maven closes with advice on its own options; what comes before is what matters.
    sed -n '/^\[ERROR\] *-> \[Help/q; /re-run Maven/q; /^\[ERROR\]/p; /^\[WARNING\].*[.]java:/p; /^[^[]/p' "$app_log" |
        tail -n 60 >&2
    echo "sirocco: the build failed; all of its output is in $app_log" >&2
    return 1
}

# app_prepare MODULE: sets app_class_path, app_archive and app_options, and a locale in which any text can be printed.
app_prepare() {
    app_class_path=
    while read -r app_jar; do
        app_class_path=$app_class_path${app_class_path:+:}$root/build/$1/lib/$app_jar
    done <"$root/build/$1/class-path"
    # The JVM checks the archive against itself and the jars, and does without it where they differ.
    app_archive=$root/build/$1/classes-$jdk_version.jsa
    # Serial: the heap is small, and the processors belong to the kernels.
    app_options='--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC'
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
        '' | C | POSIX)
            LC_ALL=C.UTF-8
            export LC_ALL
            ;;
    esac
}

# app_train MAIN ARGUMENT…: archives the classes that one run of a program loads, after app_prepare. A failure costs
# start-up time and nothing else. (JDK 25's AOT cache in its place is no faster here.)
app_train() {
    # shellcheck disable=SC2086 # holds several options
    "$JAVA_HOME/bin/java" $app_options -Xlog:disable "-XX:ArchiveClassesAtExit=$app_archive.new" \
        -Dsirocco.home="$root" -cp "$app_class_path" "$@" && mv "$app_archive.new" "$app_archive"
    rm -f "$app_archive.new"
}

# app_exec MODULE MAIN ARGUMENT…: becomes the program.
app_exec() {
    app_prepare "$1"
    app_module=$1
    app_main=$2
    shift 2
    # Processor time belongs to the kernels too: the optimising compiler would take as long as a short answer does, and
    # pays only where kernels run as Java, where Java makes the weights, or where it is what is measured.
    case "$app_module $*" in
        benchmarks* | *reference* | cli\ convert* | cli\ quantize*) ;;
        *) app_options="$app_options -XX:TieredStopAtLevel=1" ;;
    esac
    set -- -cp "$app_class_path" "$app_main" "$@"
    if [ -f "$app_archive" ]; then
        set -- "-XX:SharedArchiveFile=$app_archive" -Xlog:cds=off -Xlog:cds+dynamic=off "$@"
    fi
    set -f
    # shellcheck disable=SC2086 # both hold several options
    exec "$JAVA_HOME/bin/java" $app_options ${SIROCCO_JAVA_OPTS:-} -Dsirocco.home="$root" "$@"
}
