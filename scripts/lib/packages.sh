# shellcheck shell=sh
# What tests need besides a JDK, from Debian's packages: the loader of OpenCL and three independent implementations that
# run on the machine's processor; what checks SPIR-V and translates it back for the host to run; a C compiler for the
# stand-ins of libraries; a linter of scripts. Tests use what is installed; this installs what is missing where it may.
# NVIDIA's assembler (ptxas) is in no package of Debian's main archive: it comes with NVIDIA's CUDA toolkit.

test_packages="ocl-icd-libopencl1 pocl-opencl-icd mesa-opencl-icd oclgrind spirv-tools gcc libc6-dev shellcheck"

# The translator's package has the version of its LLVM in its name: which one there is depends on Debian's release.
translator_packages="llvm-spirv-15 llvm-spirv-16 llvm-spirv-17 llvm-spirv-18 llvm-spirv-19 llvm-spirv-14"

# package_installed NAME
package_installed() {
    case $(dpkg-query -W -f '${Status}' "$1" 2>/dev/null) in
        "install ok installed") true ;;
        *) false ;;
    esac
}

# translator_package: the translator's package that is installed, or else the first that can be.
translator_package() {
    for package in $translator_packages; do
        if package_installed "$package"; then
            echo "$package"
            return 0
        fi
    done
    for package in $translator_packages; do
        if apt-cache show "$package" >/dev/null 2>&1; then
            echo "$package"
            return 0
        fi
    done
    echo "${translator_packages%% *}"
}

# packages_missing: the packages that are not installed, one a line; on systems without dpkg, nothing is known.
packages_missing() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    for package in $test_packages $(translator_package); do
        package_installed "$package" || echo "$package"
    done
}

# packages_install: installs what is missing, as root on a system with apt-get, unless SIROCCO_NO_INSTALL is set.
# Prints what remains missing and why, a line each.
packages_install() {
    missing=$(packages_missing)
    if [ -n "$missing" ]; then
        if [ -n "${SIROCCO_NO_INSTALL:-}" ]; then
            why="SIROCCO_NO_INSTALL is set"
        elif ! command -v apt-get >/dev/null 2>&1; then
            why="there is no apt-get here"
        elif [ "$(id -u)" -ne 0 ]; then
            why="only root may install it: sudo apt-get install $(echo "$missing" | tr '\n' ' ')"
        else
            # The lists may be older than the packages, or absent.
            # shellcheck disable=SC2046
            DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $(packages_missing) >/dev/null 2>&1 ||
                { apt-get update >/dev/null 2>&1 &&
                    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $(packages_missing) >/dev/null 2>&1; } ||
                true
            missing=$(packages_missing)
            why="apt-get could not install it"
        fi
        for package in $missing; do
            echo "tests that need $package: $why"
        done
    fi
    command -v ptxas >/dev/null 2>&1 ||
        echo "tests that need ptxas: it is not on the PATH; NVIDIA's CUDA toolkit has it, Debian's main archive does not"
}
