# shellcheck shell=sh
# OpenCL on any machine: the loader and three independent implementations that run on its processor, from Debian's
# packages. Tests use what is installed; this installs what is missing where it may.

opencl_packages="ocl-icd-libopencl1 pocl-opencl-icd mesa-opencl-icd oclgrind"

# opencl_missing: the packages that are not installed, one a line; on systems without dpkg, nothing is known.
opencl_missing() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    for package in $opencl_packages; do
        case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
            "install ok installed") ;;
            *) echo "$package" ;;
        esac
    done
}

# opencl_install: installs what is missing, as root on a system with apt-get, unless SIROCCO_NO_INSTALL is set.
# Prints what remains missing and why, a line each.
opencl_install() {
    missing=$(opencl_missing)
    [ -n "$missing" ] || return 0
    if [ -n "${SIROCCO_NO_INSTALL:-}" ]; then
        why="SIROCCO_NO_INSTALL is set"
    elif ! command -v apt-get >/dev/null 2>&1; then
        why="there is no apt-get here"
    elif [ "$(id -u)" -ne 0 ]; then
        why="only root may install it: sudo apt-get install $(echo "$missing" | tr '\n' ' ')"
    else
        # The lists may be older than the packages, or absent.
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >/dev/null 2>&1 ||
            { apt-get update >/dev/null 2>&1 &&
                DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >/dev/null 2>&1; } ||
            true
        missing=$(opencl_missing)
        why="apt-get could not install it"
    fi
    for package in $missing; do
        echo "OpenCL tests that need $package: $why"
    done
}
